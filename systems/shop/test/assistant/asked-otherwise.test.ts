import { expect, test } from 'vitest'
import { dimensionsAsked, asksByMeasuring } from '../../src/assistant/dimensions.ts'
import { comparedIn } from '../../src/assistant/plan/compared.ts'
import { keptFrom } from '../../src/understand/kept-from.ts'
import { readIntent } from '../../src/understand/read-intent.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import type { Product } from '../../src/domain/product.ts'
import { talkingOf } from './talking.ts'

const made = (
  id: string,
  title: string,
  description: string,
  minor: number,
  attributes: Product['attributes'] = {},
): Product => ({
  id,
  title,
  brand: null,
  description,
  categories: ['Cakes'],
  attributes,
  variants: [
    { id: `${id}-1`, options: {}, price: { minor, currency: 'GBP' }, compareAt: null, stock: 3, image: null },
  ],
  images: [],
  url: null,
  services: [],
  rating: null,
})

const say = talkingOf([
  made('a', 'Plum Cake', 'A moist cake of plums and almonds.', 1200, { colour: ['green'] }),
  made('b', 'Lemon Cake', 'A light cake with lemon zest and poppy seeds.', 1400, { colour: ['pink'] }),
  made('c', 'Carrot Cake', 'A spiced cake with walnuts and cream cheese.', 1500, { colour: ['white'] }),
  made('d', 'Red Valley Slice', 'A slice of sponge with cherries.', 400),
  made('e', 'Soft Felt Slippers', 'These slippers are made of pure wool felt.', 2500),
  {
    ...made('f', 'Linen Quilt', 'A quilt of washed linen.', 9000),
    variants: ['Queen', 'King'].map((size, at) => ({
      id: `f-${at}`,
      options: { Size: size },
      price: { minor: 9000, currency: 'GBP' },
      compareAt: null,
      stock: 3,
      image: null,
    })),
  },
])

test('what is asked of a product that is named is not answered by showing it', async () => {
  const { text } = await say('is there any rum in the plum cake?')
  expect(text).not.toContain('£12')
  expect(text).toMatch(/do not know/i)
})

test('whether a product is there is answered by showing it', async () => {
  const { cards } = await say('do you have the red valley slice?')
  expect(cards.map(({ title }) => title)).toEqual(['Red Valley Slice'])
})

test('any of those asks which of them', async () => {
  const { text } = await say('cakes', 'do any of those have walnuts?')
  expect(text).toContain('Carrot Cake')
  expect(text).not.toContain('Plum')
})

test('the words that call two sides are no wishes', async () => {
  const { text } = await say('cakes', 'what is the difference between the green one and the pink one?')
  expect(text).not.toMatch(/mention/)
  expect(text).toContain('Plum Cake')
  expect(text).toContain('Lemon Cake')
})

test('colours tell the sides of a comparison, and a verb in any form is none', () => {
  const names = (text: string, code: 'en' | 'es') => comparedIn(text, lexiconOf(code)).names
  expect(names('what is the difference between the green one and the pink one?', 'en')).toEqual([
    'green',
    'pink',
  ])
  expect(names('en qué se diferencian el chico y el grande?', 'es')).toEqual(['chico', 'grande'])
})

test('an allergy in one word with what it is to names that', () => {
  const what = (text: string, code: 'de' | 'sv') =>
    keptFrom(text, lexiconOf(code).language).map((one) => one.what)
  expect(what('meine Tochter hat eine Nussallergie', 'de')).toEqual(['nuss'])
  expect(what('jag har laktosintolerans', 'sv')).toEqual(['laktos'])
})

test('thanks are told by words of thanks, and a question thanks nobody', () => {
  const topic = (text: string, code: 'en' | 'fr') => readIntent(text, lexiconOf(code)).topic
  expect(topic('a present for a friend who bakes, she loves everything gold', 'en')).not.toBe('thanks')
  expect(topic('elles sont imperméables ?', 'fr')).not.toBe('thanks')
  expect(topic('thank you so much', 'en')).toBe('thanks')
})

test('a verb that a question begins with may ask for a measure', () => {
  const es = lexiconOf('es')
  expect(asksByMeasuring('cuánto mide el segundo?', es)).toBe(true)
  expect(asksByMeasuring('cuánto cuesta el grande?', es)).toBe(false)
  expect(dimensionsAsked('cuánto cuesta el grande?', es)).not.toEqual([])
})

test('do you make such things asks for goods', () => {
  const intent = (text: string, code: 'fr' | 'it') => readIntent(text, lexiconOf(code)).intent
  expect(intent("vous faites des tartes d'anniversaire ?", 'fr')).toBe('search')
  expect(intent('fate anche la focaccia?', 'it')).toBe('search')
  expect(intent('vous faites des paquets cadeaux ?', 'fr')).toBe('service')
})

test('what goods that are called are made of is quoted, not searched for', async () => {
  const { text } = await say('what are the felt slippers made of?')
  expect(text).toContain('wool')
})

test('a choice is the same with the word for sizes behind it', async () => {
  const { text } = await say('tell me about the linen quilt', 'does it come in king size?')
  expect(text).toMatch(/^Yes|: Yes/)
  expect(text).not.toContain('Not in')
})
