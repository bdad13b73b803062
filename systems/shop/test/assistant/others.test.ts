import { expect, test } from 'vitest'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const names = ['Heron', 'Otter', 'Moor', 'Fen', 'Reed', 'Tarn', 'Rill', 'Brook']
const say = talkingOf([
  ...names.map((name, at) =>
    product(`lamp-${at}`, {
      title: `${name} Desk Lamp`,
      categories: ['Lamps'],
      priceMinor: 2000 + at * 100,
      sizes: ['One size'],
    }),
  ),
  ...['Plum', 'Leek'].map((name, at) =>
    product(`rug-${at}`, {
      title: `${name} Wool Rug`,
      categories: ['Rugs'],
      priceMinor: 9000 + at * 100,
      sizes: ['One size'],
    }),
  ),
])
const ids = ({ cards }: { cards: readonly { productId: string }[] }) => cards.map((card) => card.productId)

test('others are of the kind that was looked for, and none that was shown [SHOP-TALK-09]', async () => {
  const first = ids(await say('desk lamp'))
  const others = ids(await say('desk lamp', 'any others?'))
  expect(first).toHaveLength(6)
  expect(others).toHaveLength(2)
  expect(others.filter((id) => first.includes(id))).toEqual([])
  expect(others.every((id) => id.startsWith('lamp-'))).toBe(true)
})

test('that there are no others is said, and nothing of another kind shown [SHOP-TALK-09]', async () => {
  const { text, cards } = await say('wool rug', 'none of these, show me more')
  expect(text).toBe('There are no others of that kind here.')
  expect(cards).toEqual([])
})

test('the other one is the one of two that was not looked at last [SHOP-TALK-09]', async () => {
  expect(ids(await say('wool rug', 'the first one', 'the other one'))).toEqual(['rug-1'])
  expect(ids(await say('wool rug', 'the second one', 'ok the other one'))).toEqual(['rug-0'])
})
