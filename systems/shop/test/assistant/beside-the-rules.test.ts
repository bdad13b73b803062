import { expect, test } from 'vitest'
import { basesOf } from '../../src/language/degrees.ts'
import { lessOf } from '../../src/assistant/plan/less-of.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { readIntent } from '../../src/understand/read-intent.ts'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const below = (place: string) => `Sent out in 2 to 4 working days from our ${place}.`

const item = (
  id: string,
  title: string,
  shelf: string,
  dollars: number,
  description: string,
  sizes = ['One'],
) => ({
  ...product(id, {
    title,
    brand: null,
    categories: [shelf],
    attributes: {},
    priceMinor: dollars * 100,
    sizes,
  }),
  description,
})

const sizes = ['Small', 'Large', 'Giant']
const stating = (one: ReturnType<typeof item>, attributes: Record<string, string[]>) => ({
  ...one,
  attributes,
})

const talk = talkingOf([
  item(
    'fig',
    'Fig Lantern',
    'Lanterns',
    24,
    `Sweet fig and cream.\nSmall glows for 20 hours, Large for 35 hours, Giant for 60 hours.\nShipping: ${below('shed')}`,
    sizes,
  ),
  item(
    'moss',
    'Moss Lantern',
    'Lanterns',
    31,
    `Bitter moss and rain.\nShipping: ${below('old shed')}`,
    sizes,
  ),
  item(
    'plum',
    'Plum Lantern',
    'Lanterns',
    18,
    `Sweet plum, very ripe.\nShipping: ${below('shed by the sea')}`,
    sizes,
  ),
  item(
    'wick',
    'Wick Trimmer',
    'Tools',
    9,
    `Steel.\nRefrigerate it upon receipt.\nShipping: ${below('shed')}`,
  ),
  stating(item('dock', 'Dock Satchel', 'Satchels', 40, 'Canvas.'), { card_slots: ['0'], fits: ['Tarn 4'] }),
  stating(item('kelp', 'Kelp Satchel', 'Satchels', 55, 'Waxed canvas with live cultures of moss.'), {
    card_slots: ['6'],
    fits: ['Tarn 4'],
    cuts: ['Slim', 'Wide'],
  }),
  stating(item('reef', 'Reef Satchel', 'Satchels', 60, 'Felt, quiet in use.'), {
    card_slots: ['8'],
    fits: ['Tarn 9'],
  }),
])

test('who asks for a bigger size is told which there are', async () => {
  const { text } = await talk('tell me about the fig lantern', 'does it come in a bigger size?')
  expect(text).toContain('Small, Large and Giant')
  expect(text).not.toMatch(/^Not in/)
})

test('a question that names a size is answered by the line that says what it asks', async () => {
  expect((await talk('how long does the large fig lantern glow for?')).text).toContain('Large for 35 hours')
})

test('what most listings say of the delivery is told where the store has stated no rule', async () => {
  expect((await talk('how soon would you ship it to hobart?')).text).toContain('2 to 4 working days')
})

test('what only sounds like the delivery is told from the listing in sight', async () => {
  const { text } = await talk(
    'tell me about the wick trimmer',
    'does the wick trimmer need refrigerating when it arrives?',
  )
  expect(text).toContain('Refrigerate it upon receipt')
})

test('less of something leaves out what names it', async () => {
  const { cards } = await talk('show me lanterns', 'something less sweet please')
  expect(cards.map(({ title }) => title)).toEqual(['Moss Lantern'])
})

test('what costs less than what is named is looked for below its price', async () => {
  const { cards } = await talk('do you have a lantern that is cheaper than the moss lantern?')
  expect(cards.map(({ title }) => title).toSorted()).toEqual(['Fig Lantern', 'Plum Lantern'])
})

test('who may have none of something, and names no goods, is told which listings name it', async () => {
  expect((await talk('i am allergic to plum, which one can i have?')).text).toContain('Plum Lantern')
})

test.each<[LanguageCode, string, string | null]>([
  ['en', 'something less sweet please', 'sweet'],
  ['en', 'something less expensive', null],
  ['en', 'do you have any that are not so expensive?', null],
  ['en', 'one that weighs less than the others', null],
  ['fr', 'et un moins sucré ?', 'sucré'],
  ['fr', 'un moins cher ?', null],
  ['de', 'und etwas weniger scharf?', 'scharf'],
  ['es', 'y uno menos dulce', 'dulce'],
  ['nl', 'iets minder zoet', 'zoet'],
])('%s: what “%s” wants less of: %s', (code, text, what) => {
  expect(lessOf(text, lexiconOf(code))).toBe(what)
})

test('what somebody is prone to, beside a wish, is no emergency; what happens now is one', () => {
  const read = (text: string) => readIntent(text).intent
  expect(read('something to cover my shoulders, i burn easily')).not.toBe('care')
  expect(read('my hand is burning badly')).toBe('care')
})

test('a wish of somebody who breastfeeds is met, with a word of caution', async () => {
  const { text, cards } = await talk('i am breastfeeding, which lantern smells least?')
  expect(cards.length).toBeGreaterThan(0)
  expect(text).toMatch(/doctor or a pharmacist/)
  expect((await talk('i am breastfeeding, can i use the fig lantern?')).text).toMatch(
    /doctor or a pharmacist/,
  )
})

test('goods of another kind that are asked for by "which" are looked for', async () => {
  const { cards } = await talk('show me lanterns', 'and which satchel goes with it?')
  expect(cards[0]?.title).toMatch(/Satchel$/)
})

test('a field that says that there is none holds no wish, and what is for another thing grants none', async () => {
  const { cards } = await talk('a tarn 4 satchel with card slots')
  expect(cards[0]?.title).toBe('Kelp Satchel')
})

test('the line that holds all that is asked beside the name answers', async () => {
  expect((await talk('does the kelp satchel contain cultures?')).text).toContain('live cultures of moss')
  expect((await talk('does the kelp satchel contain acrylic?')).text).toMatch(/do not know/)
})

test.each<[LanguageCode, string, boolean, string]>([
  ['en', 'easiest', false, 'easy'],
  ['en', 'sweeter', true, 'sweet'],
  ['de', 'wärmste', false, 'warm'],
  ['nl', 'stilste', false, 'stil'],
  ['sv', 'mjukare', true, 'mjuk'],
])('%s: “%s” is a degree of its base', (code, word, isCompared, base) => {
  expect(basesOf(word, code, isCompared)).toContain(base)
})

test('which of two is more of something is told by what each says of it', async () => {
  const { text } = await talk('which is sweeter, the fig lantern or the plum lantern?')
  expect(text).toContain('Sweet fig and cream')
  expect(text).toContain('Sweet plum, very ripe')
})

test('a printer is no more of a print', () => {
  expect(basesOf('printer', 'en', false)).toEqual([])
})
