import { describe, expect, test } from 'vitest'
import { english } from '../../src/language/lexicon.ts'
import { AspectCache } from '../../src/assistant/aspects/aspect-cache.ts'
import { inEnglish } from '../../src/assistant/phrases.ts'
import { compose } from '../../src/assistant/compose/compose.ts'
import { citedNumbers } from '../../src/assistant/compose/writer.ts'
import { runPlan } from '../../src/assistant/execute.ts'
import { makePlan } from '../../src/assistant/plan/planner.ts'
import type { PlanContext } from '../../src/assistant/plan/plan.ts'
import type { Understanding } from '../../src/domain/constraints.ts'
import type { BrandPages, StoreTools } from '../../src/domain/ports.ts'
import {
  bolt,
  facet,
  kettle,
  memoryCatalog,
  memorySearch,
  planContext,
  swift,
  under,
  understanding,
} from './fixture.ts'

const products = [swift, bolt, kettle]

async function answer(
  message: string,
  understood: Understanding,
  context: PlanContext,
  extra: { tools?: StoreTools; brandPages?: BrandPages } = {},
) {
  const plan = makePlan(message, understood, context)
  const { facts } = await runPlan(plan, {
    message,
    tenantId: 't',
    lexicon: english,
    phrases: inEnglish,
    catalog: memoryCatalog(products),
    search: memorySearch(products),
    memory: null,
    tools: extra.tools ?? null,
    aspects: new AspectCache(),
    brandPages: extra.brandPages ?? null,
    shopperId: 's',
    conversationId: 'c',
    turnId: 'turn',
    currency: 'USD',
    variantIds: new Map(),
    monotonicMs: () => 0,
    signal: new AbortController().signal,
  })
  const composition = compose(message, plan, facts, 0)
  return { ...composition, text: composition.sentences.join(' ') }
}

const boots = (constraints = [facet('color', 'red')]) =>
  understanding({ searchText: 'football boots', productType: 'football boots', constraints })

describe('compose', () => {
  test('names the best match with reasons, price and what one trades [SHOP-ANSWER-02]', async () => {
    const { text, parts, shownIds } = await answer(
      'red football boots under $60',
      boots([facet('color', 'red'), under(60)]),
      planContext(),
    )
    expect(shownIds).toEqual(['swift', 'bolt'])
    expect(text).toContain('Swift FG Kids Football Boots Red')
    expect(text).toContain('at $49.99: red, under $60 and rated 4.4 from 5 reviews.')
    expect(text).toMatch(/Bolt AG Junior Football Boots Red .*\$10\.99 less.*, rated 4\.8 from 6 reviews\./)
    expect(parts[0]).toMatchObject({
      type: 'data-products',
      data: { cards: [{ productId: 'swift' }, { productId: 'bolt' }] },
    })
  })

  test('says which condition it left out', async () => {
    const { text } = await answer('boots under $10', boots([facet('color', 'red'), under(10)]), planContext())
    expect(text).toMatch(/^Nothing of that kind here is under \$10\. .* from \$39\.00\./)
  })

  test('counts what reviews say on the aspect asked, with a quote of each side [SHOP-ANSWER-02]', async () => {
    const asked = understanding({
      intent: 'review-question',
      searchText: 'rain',
      reference: { kind: 'those' },
    })
    const { text, citations, parts } = await answer(
      'how do they do in the rain?',
      asked,
      planContext({ shown: [swift], focusId: 'swift' }),
    )
    expect(text).toMatch(/^3 of 5 reviews mention wet grip; 2 say good and 1 says bad\./)
    expect(text).toContain('“Poor grip on wet grass.”')
    expect(parts).toContainEqual(expect.objectContaining({ type: 'data-review-summary' }))
    expect(citedNumbers(text).every((n) => citations.some((citation) => citation.number === n))).toBe(true)
  })

  test.each([
    ['what material is it?', 'material: synthetic [1].'],
    ['can I replace the studs?', 'No, the studs are moulded to the sole.'],
    ['does it shed water?', 'The synthetic upper sheds water.'],
    ['which sizes are there?', 'In stock it comes in size EU 33 and EU 34 [1].'],
    ['how much is it?', 'It costs $49.99 [1].'],
  ])('answers %s from the listing or its answers', async (question, expected) => {
    const asked = understanding({
      intent: 'product-question',
      searchText: question,
      reference: { kind: 'this' },
    })
    expect((await answer(question, asked, planContext({ page: swift }))).text).toContain(expected)
  })

  test('says that it does not know what no source says, and quotes what comes nearest', async () => {
    const asked = understanding({
      intent: 'product-question',
      searchText: 'bluetooth',
      reference: { kind: 'this' },
    })
    const { text, citations } = await answer('does it have bluetooth?', asked, planContext({ page: swift }))
    expect(text).toMatch(
      /^Swift FG Kids Football Boots Red: I do not know for sure: the listing does not say it in so many words, and none of its 5 reviews mentions it\./,
    )
    expect(citations.map(({ source }) => source.kind)).toEqual(citations.map(() => 'product'))
    expect(citations.length).toBeGreaterThan(0)
  })

  test('reads the brand’s own page where the listing leaves a question open, and cites it', async () => {
    const read: string[] = []
    const brandPages: BrandPages = {
      async read(product) {
        read.push(product.id)
        return {
          url: 'https://brand.example/care',
          sentences: ['Wash by hand in cold water.', 'Made with love.'],
        }
      },
    }
    const asked = understanding({
      intent: 'product-question',
      searchText: 'wash',
      reference: { kind: 'this' },
    })
    const page = planContext({ page: kettle })
    const { text, citations } = await answer('how do I wash it?', asked, page, { brandPages })
    expect(read).toEqual([kettle.id])
    expect(text).toContain('The brand’s own page says: “Wash by hand in cold water.” [1]')
    expect(citations[0]?.source).toEqual({ kind: 'page', url: 'https://brand.example/care' })
  })

  test('compares with a table and a verdict [SHOP-ANSWER-02]', async () => {
    const asked = understanding({ intent: 'compare', reference: { kind: 'those' } })
    const { text, parts } = await answer('compare them', asked, planContext({ shown: [swift, bolt] }))
    expect(parts[0]).toMatchObject({
      type: 'data-comparison',
      data: { rows: expect.arrayContaining([{ label: 'Price', values: ['$49.99', '$39.00'], best: 1 }]) },
    })
    expect(text).toContain('Bolt AG Junior Football Boots Red is cheaper: $39.00 against $49.99.')
  })

  test('asks for the size before it proposes, and proposes nothing meanwhile', async () => {
    const asked = understanding({ intent: 'add-to-cart', reference: { kind: 'this' } })
    const refuse = () => Promise.reject(new Error('nothing may be proposed yet'))
    const tools = { propose: refuse } as unknown as StoreTools
    const { text, pills } = await answer('add it to my cart', asked, planContext({ page: swift }), { tools })
    expect(text).toBe(
      'Swift FG Kids Football Boots Red comes in more than one size: EU 33 or EU 34. Which one would you like?',
    )
    expect(pills).toEqual(['EU 33', 'EU 34'])
  })
})
