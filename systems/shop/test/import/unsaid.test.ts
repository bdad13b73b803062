import { describe, expect, it, test } from 'vitest'
import type { FeedPlan } from '../../src/import/feed-plan.ts'
import { readFeed } from '../../src/import/read-feed.ts'
import { viewColumns } from '../../src/import/plan-view.ts'

async function planOf(text: string, currency = 'USD'): Promise<FeedPlan> {
  async function* open() {
    yield new TextEncoder().encode(text)
  }
  const options = { format: null, content: 'products' as const, mapping: {}, currency }
  for await (const events of readFeed(open, options))
    for (const event of events) if (event.kind === 'plan') return event.plan
  throw new Error('no plan')
}

const useOf = (plan: FeedPlan, name: string) => viewColumns(plan).find((each) => each.name === name)?.use

describe('a file whose prices say no currency', () => {
  const assumed = /No price of the file says its currency: all are taken for USD/

  it('is taken for dollars, and that is said with how to change it', async () => {
    const { notes } = await planOf('id,name,price\n1,Apron,120.00\n2,Basket,90.00\n')
    expect(notes.join('\n')).toMatch(assumed)
    expect(notes.join('\n')).toContain('--currency EUR')
  })

  test.each([
    ['id,name,price\n1,Apron,$120.00\n2,Basket,$90.00\n', 'USD'],
    ['id,name,price\n1,Apron,120.00 HNL\n2,Basket,90.00 HNL\n', 'USD'],
    ['id,name,price,currency\n1,Apron,120.00,HNL\n2,Basket,90.00,HNL\n', 'USD'],
    ['id,name,price_eur\n1,Apron,120.00\n2,Basket,90.00\n', 'USD'],
    ['id,name,price\n1,Apron,120.00\n2,Basket,90.00\n', 'HNL'],
    ['id,name\n1,Apron\n2,Basket\n', 'USD'],
  ])('and nothing is said where one is stated, or given: %s', async (text, currency) => {
    const { notes } = await planOf(text, currency)
    expect(notes.join('\n')).not.toMatch(assumed)
  })
})

test('a type of something is no shelf', async () => {
  const plan = await planOf(
    'id,name,skin_type,price\n1,Night cream,Dry,9 EUR\n2,Day cream,Oily,8 EUR\n3,Face wash,Dry,7 EUR\n',
  )
  expect(useOf(plan, 'skin_type')).not.toBe('category')
})

test('the name of a choice that there is calls no variant', async () => {
  const rows = ['Apron', 'Basket', 'Candle'].map((name, at) => ({
    id: at + 1,
    name,
    price: '9 EUR',
    variations: [{ name: 'Warna', value: `Merah ${at}` }],
  }))
  const plan = await planOf(JSON.stringify(rows))
  expect(plan.variantProfiles.has('name')).toBe(true)
  expect(useOf(plan, 'variant.name')).not.toBe('title')
})
