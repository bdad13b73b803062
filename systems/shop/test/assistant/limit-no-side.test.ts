import { expect, test } from 'vitest'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const made = (id: string, title: string, category: string) =>
  product(id, {
    title,
    description: 'Made of glass.',
    brand: 'Fen',
    categories: [category],
    attributes: {},
    sizes: ['One'],
  })

const say = talkingOf([
  made('small', 'Fen Mat Warmer 25 W', 'Warmers'),
  made('large', 'Fen Mat Warmer 100 W', 'Warmers'),
  made('tray', 'Fen Seed Tray 64 Litres', 'Trays'),
])

test('a limit holds no goods against each other: “not more expensive than 25 dollars”', async () => {
  const { comparison, cards } = await say(
    'now a warmer for the tray of 64 litres, but not more expensive than $25',
  )
  expect(comparison).toBeNull()
  expect(cards.length).toBeGreaterThan(0)
})
