import { silentLogger } from '@heavylift/core'
import type { Complete } from '@heavylift/models'
import { expect, test } from 'vitest'
import { AspectCache } from '../../src/assistant/aspects/aspect-cache.ts'
import { askModelOf } from '../../src/assistant/by-model/ask-model.ts'
import { ModelPace } from '../../src/assistant/by-model/model-pace.ts'
import { rowLines } from '../../src/assistant/by-model/row-lines.ts'
import { ModelWorth } from '../../src/assistant/model-worth.ts'
import { emptyFacts } from '../../src/assistant/facts.ts'
import { answerTurn, narrateFacts } from '../../src/assistant/turn.ts'
import type { AnswerPart } from '../../src/domain/answer.ts'
import type { Product } from '../../src/domain/product.ts'
import { memoryCatalog, memorySearch, product } from './fixture.ts'

const colours = ['sand', 'slate']

/** In sizes that differ in price, each in two colours that do not. */
const sized = (id: string, title: string, sizes: Record<string, number>): Product => ({
  ...product(id, { title, categories: ['Tubs'], description: `The ${title} is cast by hand.` }),
  variants: Object.entries(sizes).flatMap(([size, price]) =>
    colours.map((colour) => ({
      id: `${id} ${size} ${colour}`,
      options: { size, colour },
      price: { minor: price * 100, currency: 'USD' },
      compareAt: null,
      stock: null,
      image: null,
    })),
  ),
})

const fern = sized('fern', 'Fern Tub', { 'Small 3 l': 20, 'Large 9 l': 60 })
const moss = sized('moss', 'Moss Tub', { 'Small 5 l': 30, 'Large 12 l': 45 })
const plaid = sized('plaid', 'Plaid Throw', { '30 x 40': 20, '50 x 60': 40 })
const goods = [fern, moss, plaid]

interface Asked {
  goods: string[]
  lines: Record<string, string[]>
}
const lineOf = ({ lines }: Asked, of: number, text: string) =>
  Number.parseInt(lines[of]?.find((line) => line.includes(text)) ?? '0', 10)

async function turnOf(message: string, reply: (asked: Asked) => object) {
  const complete: Complete = async function* (messages) {
    const asked = JSON.parse(String(messages[1]?.content)) as Asked
    yield { type: 'text', text: JSON.stringify({ kind: 'find', words: message, fits: [1], ...reply(asked) }) }
    yield { type: 'done', finishReason: 'stop', usage: null }
  }
  const worth = new ModelWorth({ monotonicMs: () => 0 })
  worth.report('m', { firstSentenceMs: 1, kept: 1 })
  const signal = new AbortController().signal
  const turn = answerTurn(
    't',
    1,
    { message, pageProductId: null, device: null, shopperId: null, state: {}, atMs: 0 },
    {
      tenantId: 'main',
      catalog: memoryCatalog(goods, [], []),
      search: memorySearch(goods),
      memory: null,
      brandPages: null,
      tools: null,
      aspects: new AspectCache(),
      shopperId: null,
      conversationId: 'c',
      turnId: 't',
      monotonicMs: () => 0,
      signal,
      narrate: narrateFacts,
      ask: askModelOf({
        model: { name: 'm', complete },
        log: silentLogger,
        worth,
        pace: new ModelPace(),
        mostMs: 10_000,
        stopping: signal,
      }),
      admit: () => Promise.resolve(() => undefined),
    },
  )
  const parts: AnswerPart[] = []
  for (;;) {
    const next = await turn.next()
    if (next.done) break
    parts.push(next.value)
  }
  return {
    text: parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join(''),
    cards: parts.flatMap((part) => (part.type === 'data-products' ? part.data.cards : [])),
  }
}

test('a row tells a price by the choices that decide it, and by no others', () => {
  const rows = rowLines(fern, emptyFacts('USD'))
  expect(rows.map(({ text }) => text)).toEqual(['Small 3 l: $20.00', 'Large 9 l: $60.00'])
  expect(rows[1]?.variantIds).toEqual(['fern Large 9 l sand', 'fern Large 9 l slate'])
})

test('the size that a model points at decides what goods are shown and cost', async () => {
  const { text, cards } = await turnOf('a tub for a tall plant', (asked) => ({
    lines: [lineOf(asked, 1, 'Large 9 l:')],
  }))
  expect(text).toContain('Fern Tub fits: $60.00.')
  expect(cards[0]?.variantId).toBe('fern Large 9 l sand')
  const copied = await turnOf('a tub for a tall plant', () => ({ quotes: [{ of: 1, words: 'Large 9 l' }] }))
  expect(copied.text).toContain('Fern Tub fits: $60.00.')
})

test('where the choice is left open, goods cost what their choices cost', async () => {
  expect((await turnOf('a tub for a plant', () => ({}))).text).toContain('Fern Tub fits: $20.00–$60.00.')
})

test('a size that is not sold has no price', async () => {
  const asked = (message: string) => turnOf(message, () => ({ kind: 'price' }))
  expect((await asked('how much is the fern tub of 6 l in slate')).text).toContain('Not in 6 l: it comes in')
  expect((await asked('how much is the fern tub of 9 l in slate')).text).toContain('$60.00')
})

test('goods are compared in the sizes that a message names, and in price only where it is clear', async () => {
  const compared = (message: string, lines = false) =>
    turnOf(message, (asked) => ({
      kind: 'compare',
      fits: [1, 2],
      lines: lines ? [lineOf(asked, 1, 'Size in stock'), lineOf(asked, 2, 'Size in stock')] : [],
    }))
  const bigger = (await compared('which is bigger, the fern in large or the moss in small?', true)).text
  expect(bigger).toContain('Large 9 l')
  expect(bigger).toContain('Small 5 l')
  expect(bigger).not.toMatch(/Small 3 l|Large 12 l|\$20|\$45/)
  expect((await compared('which is cheaper, the fern in large or the moss in large?')).text).toBe(
    'Moss Tub is cheaper: $45.00 against $60.00.',
  )
  const open = (await compared('which is cheaper, the fern or the moss?')).text
  expect(open).not.toContain('cheaper')
  expect(open).toContain('$20.00–$60.00')
  expect(open).toContain('$30.00–$45.00')
})

test('a size that is named has to keep the limit itself, and one that a model points at has its own price', async () => {
  const dear = await turnOf('a fern tub in large under $50', () => ({}))
  expect(dear.text).toContain('Nothing of that kind here is under $50')
  expect(dear.cards.map(({ variantId }) => variantId)).toEqual(['fern Large 9 l sand'])
  // The number of a limit names no size.
  const limited = await turnOf('a warm plaid under $50', ({ goods: given }) => ({
    fits: [given.findIndex((one) => one.includes('Plaid')) + 1],
  }))
  expect(limited.text).toContain('Plaid Throw fits: $20.00–$40.00')
  const pointed = await turnOf('what would the fern for my tall palm cost', (asked) => ({
    kind: 'price',
    lines: [lineOf(asked, 1, 'Large 9 l:')],
  }))
  expect(pointed.text).toContain('$60.00')
  expect(pointed.text).not.toContain('$20.00')
})
