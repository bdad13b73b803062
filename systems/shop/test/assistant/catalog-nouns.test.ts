import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { knowsNouns, openVocabulary, VocabularyCounter } from '../../src/catalog/vocabulary.ts'
import type { ConversationState } from '../../src/assistant/conversations/tables.ts'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { languageOf } from '../../src/language/language.ts'
import { english } from '../../src/language/lexicon.ts'
import { shelfNouns, titleNouns } from '../../src/language/nouns.ts'
import { understand } from '../../src/understand/understand.ts'
import { product } from './fixture.ts'

const item = (
  id: string,
  title: string,
  dollars: number,
  attributes: Product['attributes'] = {},
  categories: string[] = [],
): Product => {
  const made = product(id, { title, brand: null, categories, attributes })
  const price = { minor: dollars * 100, currency: 'USD' }
  return { ...made, variants: made.variants.map((variant) => ({ ...variant, options: {}, price })) }
}

const towels = ['Towels', 'Bath Towels & Washcloths']
/** No shelves but for the towels: what things are called stands in their titles. */
const products = [
  ...[26, 18, 22].map((dollars, at) => item(`shampoo-${at}`, `Fen Herb Shampoo No. ${at}`, dollars)),
  ...[12, 9, 31].map((dollars, at) => item(`cream-${at}`, `Oat Hand Cream (7${at} ml)`, dollars)),
  item('cream-set', 'Hand Cream Set', 40),
  ...['Silver', 'Gilt'].map((metal, at) => item(`cat-ring-${at}`, `${metal} Cat Ring`, 80 + at)),
  ...['Moon', 'Tail'].map((name, at) => item(`cat-necklace-${at}`, `Cat ${name} Necklace`, 60 + at)),
  ...['Bar', 'Leaf', 'Shell'].map((name, at) => item(`necklace-${at}`, `${name} Necklace`, 50 + at)),
  ...['Black', 'White', 'Grey', 'Black', 'Red'].map((colour, at) =>
    item(`cable-${at}`, `Tarn Patch Cable ${colour} ${at + 1} m`, 4 + at, {
      colour: [colour],
      cable_length: [`${at + 1} m`],
    }),
  ),
  ...[60, 40, 100, 25, 15].map((watts, at) =>
    item(`lamp-${at}`, `Ondo Desk Lamp ${at}`, 30 + at, { wattage: [`${watts} W`], colour: ['Black'] }),
  ),
  ...[45, 55].map((dollars, at) => item(`towel-${at}`, `Reed Bath Towel ${at}`, dollars, {}, towels)),
  ...[5, 6].map((dollars, at) => item(`cloth-${at}`, `Reed Washcloth ${at}`, dollars, {}, towels)),
]

let folder: string
let store: Awaited<ReturnType<typeof openMemoryStore>>
const { signal } = new AbortController()
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-nouns-'))
  store = await openMemoryStore({ products, folder, signal })
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

async function talk(...messages: string[]) {
  const talker = new Talker({ name: 'nouns', store, policies: [] }, signal)
  let state: ConversationState = {}
  const answers = []
  for (const message of messages) {
    const said = await talker.say(message, null, state)
    state = said.state
    answers.push({
      text: said.answer.text,
      ids: said.answer.cards.map(({ productId }) => productId),
    })
  }
  const last = answers.at(-1)
  if (last === undefined) throw new Error('Nothing was said.')
  return last
}

test('a title calls its product by the noun of each phrase, and by what stands before its colour [SHOP-UNDERSTAND-09]', () => {
  const { language } = english
  expect([...titleNouns('VITO 8 Pack Ballpoint Pens, 1.0mm', 'VITO', language)]).toContain('pens')
  // What a slash joins is of one phrase, also where it only says what something is for.
  expect([...titleNouns('Clip Light for PRAM/STROLLER frames', null, language)]).toEqual(['light'])
  expect([...titleNouns('Bench/Table Leg Kit', null, language)]).toEqual(['kit'])
  expect([...titleNouns('Spare Leg Bench/Table', null, language)]).toEqual(['bench', 'table'])
  expect([...titleNouns('Moss T-Shirt', null, language)]).toEqual(['t-shirt', 'shirt'])
  expect([...titleNouns('Patch Cable Black', null, language, (word) => word === 'black')]).toEqual([
    'black',
    'cable',
  ])
  expect([...titleNouns('Sun Stick (50 ml) for kids', null, language)]).toEqual(['stick'])
  expect([...titleNouns('Aceite de oliva virgen', null, languageOf('es'))]).toEqual(['aceite'])
  expect(shelfNouns('Pots & pans for gas', language)).toEqual(['pots', 'pans'])
  expect(shelfNouns('Töpfe sowie Pfannen FÜR Gas', languageOf('de'))).toEqual(['topfe', 'pfannen'])
  expect(shelfNouns('Scarpe da uomo ed Abiti per donna', languageOf('it'))).toEqual(['scarpe', 'abiti'])
})

test('what goods are called is counted, and taken back exactly [SHOP-UNDERSTAND-09]', () => {
  const counter = new VocabularyCounter(null, english.language)
  const [first, ...others] = products
  for (const each of others) counter.add(each)
  const before = counter.stored()
  const again = new VocabularyCounter(before, english.language)
  if (first) {
    again.add(first)
    again.remove(first)
  }
  expect(openVocabulary(again.stored())).toEqual(openVocabulary(before))
  expect(openVocabulary(before).nouns?.get('cable')).toEqual({
    products: 5,
    facets: new Map([
      ['colour', 5],
      ['cable_length', 5],
    ]),
  })
  expect(knowsNouns(before, english.language)).toBe(true)
  expect(knowsNouns(before, languageOf('de'))).toBe(false)
})

test('a facet that no product of the kind states is none of what is asked [SHOP-UNDERSTAND-09]', () => {
  const named = (message: string) =>
    understand(message, { vocabulary: store.vocabulary, lexicon: english }).constraints.flatMap((one) =>
      one.kind === 'facet' ? one.name : [],
    )
  expect(named('patch cable with 40 W')).toEqual([])
  expect(named('desk lamp with 40 W')).toEqual(['wattage'])
})

test('another kind of goods begins anew, without shelves too [SHOP-TALK-03]', async () => {
  const { ids, text } = await talk('shampoo', 'and a hand cream, not a set')
  expect(ids.toSorted()).toEqual(['cream-0', 'cream-1', 'cream-2'])
  expect(text).not.toMatch(/shampoo/i)
})

test('only those of a kind among what was asked for [SHOP-TALK-03]', async () => {
  const { ids } = await talk('something with cats for my niece', 'only necklaces')
  expect(ids.slice(0, 2).toSorted()).toEqual(['cat-necklace-0', 'cat-necklace-1'])
})

test('whom it is for, and what they do, is nothing that a listing lacks [SHOP-TALK-08]', async () => {
  for (const message of ['something with cats for my niece', 'a present, she loves a necklace']) {
    const { text } = await talk(message)
    expect(text).not.toMatch(/niece|loves/)
  }
  expect((await talk('a teal necklace')).text).toContain('teal')
})

test('a gift for somebody who likes something is that [SHOP-UNDERSTAND-09]', async () => {
  const { ids } = await talk('a present for my sister, she likes hand cream, max 15')
  expect(ids.toSorted()).toEqual(['cream-0', 'cream-1'])
})

test('how goods are cared for is no question which of them, whatever a facet is called [SHOP-TALK-01]', async () => {
  const { ids, text } = await talk('How do I clean patch cable?')
  expect(ids).toEqual([])
  expect(text).toMatch(/do(?:es)? not say/)
})

test('a greeting before goods asks for those [SHOP-UNDERSTAND-09]', async () => {
  const { ids } = await talk('Hello, could you help me pick patch cable?')
  expect(ids[0]).toMatch(/^cable/)
})

test('cheaper towels are no washcloths, which lie on the same shelf [SHOP-TALK-03]', async () => {
  const { ids, text } = await talk('bath towels', 'anything cheaper?')
  expect(ids).toEqual([])
  expect(text).toContain('$45.00')
})

test('a list of one is the list that places count in [SHOP-TALK-03]', async () => {
  const { ids } = await talk('hand cream', 'under 10', 'the first one')
  expect(ids).toEqual(['cream-1'])
})

test('a question about one of several names it [SHOP-TALK-09]', async () => {
  const { text } = await talk('desk lamp', 'how much is it?')
  expect(text).toMatch(/^Ondo Desk Lamp \d: It costs/)
})

test('how many fit is said only where each was looked at [SHOP-TALK-09]', async () => {
  const { text } = await talk('hand cream or necklace or cable or lamp for the desk')
  expect(text).not.toMatch(/fit in all/)
})

test('what many are called names none of them [SHOP-TALK-09]', async () => {
  const { ids } = await talk('tell me about the patch cable')
  expect(ids.length).toBeGreaterThan(1)
  expect((await talk('tell me about the gilt cat ring')).ids).toEqual(['cat-ring-1'])
})

test('a word that nothing is called by, said alone, is not taken for what is shown [SHOP-TALK-08]', async () => {
  expect((await talk('desk lamp', 'kettle')).text).toMatch(/kettle/)
})

test('a verb that is written much like a shelf asks for none of it [SHOP-TALK-09]', async () => {
  const folderOf = await mkdtemp(join(tmpdir(), 'heavylift-fit-'))
  const own = [
    ...[1, 2, 3].map((at) => item(`bike-${at}`, `Tarn Fitness Bike ${at}`, 200 + at, {}, ['Fitness Bikes'])),
    ...[1, 2].map((at) => item(`pack-${at}`, `Vol Laptop Backpack ${at}`, 60 + at, {}, ['Laptop Backpacks'])),
  ]
  const fitting = await openMemoryStore({ products: own, folder: folderOf, signal })
  const talker = new Talker({ name: 'fit', store: fitting, policies: [] }, signal)
  const first = await talker.say('laptop backpack', null, {})
  const { answer } = await talker.say('will it fit a 15.6 inch laptop?', null, first.state)
  expect(answer.text).toMatch(/^I do not know/)
  expect(answer.cards.some(({ productId }) => productId.startsWith('bike'))).toBe(false)
  await rm(folderOf, { recursive: true, force: true })
})

test('what goes back if it does not fit is no wish for what does not fit [SHOP-TALK-01]', async () => {
  const { ids, text } = await talk('desk lamp', 'can I return it if it does not fit?')
  expect(ids).toEqual([])
  expect(text).toMatch(/returns/)
})
