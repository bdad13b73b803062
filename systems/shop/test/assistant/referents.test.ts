import { expect, test } from 'vitest'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (id: string, title: string, shelf: string, description: string) => ({
  ...product(id, { title, categories: [shelf], sizes: ['One'], description }),
  brand: null,
})

const talk = talkingOf(
  [
    item(
      'glas',
      'Halden Kocher Glas',
      'Wasserkocher',
      'Doppelwandig, bleibt außen kühl. Mit Temperaturwahl.',
    ),
    item(
      'stahl',
      'Halden Kocher Stahl',
      'Wasserkocher',
      'Gehäuse wird heiß, nicht in Reichweite von Kindern.',
    ),
    item('liege', 'Brise Liegestuhl', 'Liegen', 'Lehne in fünf Stufen, Kissen nicht dabei.'),
    item('kissen', 'Brise Kissen für Liegestuhl', 'Kissen', 'Bezug waschbar.'),
  ],
  undefined,
  'de',
)

test('the first of a list is asked about, though another holds more of the words', async () => {
  const { text } = await talk(
    'Wasserkocher mit Temperaturwahl',
    'Wir haben ein Krabbelkind, wird der außen heiß?',
  )
  expect(text).not.toContain('Gehäuse wird heiß')
}, 120_000)

test('what was looked at before is gone back to by the end of its name', async () => {
  const { text, cards } = await talk(
    'Liegestuhl',
    'Kissen für den Liegestuhl',
    'wie viele Stufen hat der Stuhl?',
  )
  expect(text).toContain('Lehne in fünf Stufen')
  expect(cards.map(({ title }) => title)).toEqual(['Brise Liegestuhl'])
})
