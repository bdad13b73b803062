import { expect, test } from 'vitest'
import type { Product } from '../../src/domain/product.ts'
import { english } from '../../src/language/lexicon.ts'
import { measureLimits } from '../../src/understand/measure-limits.ts'
import { tokenize } from '../../src/understand/text.ts'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const pump = (id: string, title: string, dollars: number, description = ''): Product => ({
  ...product(id, { title, categories: ['Pumps'], priceMinor: dollars * 100, sizes: ['One size'] }),
  description,
})
const say = talkingOf([
  pump('p-4', 'Heron Pump 4 kW', 400),
  pump('p-9', 'Otter Pump 9kW', 900, 'It has 5 kW more than the Heron.'),
  pump('p-12', 'Moor Pump 12 kW', 1200),
  pump('p-0', 'Fen Pump 800 W', 200),
  pump('p-x', 'Reed Pump', 300, 'A quiet one.'),
  ...['Tarn', 'Rill', 'Brook'].map((name, at) => ({
    ...product(`jug-${at}`, {
      title: `${name} Jug (${at + 1}00 ml)`,
      categories: ['Jugs'],
      priceMinor: 1000 + at * 100,
      sizes: ['One size'],
    }),
    brand: at === 2 ? 'Kilnworks' : 'Marshware',
  })),
])
const ids = ({ cards }: { cards: readonly { productId: string }[] }) => cards.map((card) => card.productId)

test('bounds with a unit are read on either side of the number, and turned by a "no" before them', () => {
  const read = (text: string) =>
    measureLimits(tokenize(text, english), english).map(
      ({ side, dimension, value }) => `${side} ${dimension} ${value}`,
    )
  expect(read('at least 9 kW')).toEqual(['least power 9000'])
  expect(read('a pump with less than 1 kW')).toEqual(['below power 1000'])
  expect(read('no more than 2 kg')).toEqual(['most mass 2000'])
  expect(read('5 l or more')).toEqual(['least volume 5000'])
  expect(read('a pump of 4 kW')).toEqual([])
})

test('a measure that is bounded leaves those whose titles keep it, of what was looked for [SHOP-TALK-09]', async () => {
  expect(ids(await say('pump', 'at least 9 kW')).toSorted()).toEqual(['p-12', 'p-9'])
  expect(ids(await say('pump', 'less than 1 kW'))).toEqual(['p-0'])
  expect(ids(await say('pump no more than 4 kW')).toSorted()).toEqual(['p-0', 'p-4'])
})

test('what a title says to have one measure is not of another that its prose names [SHOP-TALK-09]', async () => {
  const { text } = await say('5 kW pump')
  expect(text).toContain('None of these listings mentions “5 kW”')
})

test('the biggest and the smallest of what was looked for are told by what titles state [SHOP-TALK-09]', async () => {
  expect(ids(await say('jug', 'the smallest one please'))[0]).toBe('jug-0')
  expect(ids(await say('jug', "what's the biggest one you have?"))[0]).toBe('jug-2')
})

test('how big something is may stand in its title alone, and who makes it in its brand [SHOP-ANSWER-11]', async () => {
  expect((await say('jug', 'how big is the first one?')).text).toContain('100 ml')
  expect((await say('Brook Jug', 'who makes it?')).text).toContain('Kilnworks')
  expect((await say('jug', 'who makes the second one?')).text).toMatch(/Marshware|Kilnworks/)
  expect((await say('which brands do you have?')).text).toContain('Marshware')
})
