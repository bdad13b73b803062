import { expect, test } from 'vitest'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (id: string, title: string, shelf: string, description: string) => ({
  ...product(id, { title, categories: [shelf], sizes: ['One'], description }),
  brand: null,
})
const talk = talkingOf([
  item(
    'loom',
    'Tarrow Table Loom',
    'Looms',
    'Folds flat. Never use on glass tables. Comes with one wooden shuttle. Weaves up to 40 cm wide.',
  ),
  item('floor', 'Tarrow Floor Loom', 'Looms', 'Four pedals. Weaves up to 90 cm wide.'),
  item('shuttle', 'Wooden Shuttle 30 cm', 'Shuttles', 'For table looms.'),
  item('heddle', 'Tarrow Heddle', 'Heddles', 'For table looms, 40 cm.'),
  item('yarn', 'Undyed Warp Yarn', 'Yarn', 'Cotton, 200 g.'),
])

test.each([
  ['ok, and a second shuttle so i can use two colours?', 'Wooden Shuttle'],
  ["with that i'd want one more shuttle", 'Wooden Shuttle'],
  ['hm then i need some warp yarn as well', 'Undyed Warp Yarn'],
])('“%s” beside a loom wishes for other goods', async (say, wanted) => {
  const { cards } = await talk({ page: 'loom', say: 'does it fold?' }, say)
  expect(cards[0]?.title).toContain(wanted)
})

test.each([
  ['how wide can it weave?', /40 cm/],
  ['is a shuttle included?', /one wooden shuttle/],
])('“%s” is asked of the loom', async (say, said) => {
  const { text, cards } = await talk({ page: 'loom', say: 'does it fold?' }, say)
  expect(text).toMatch(said)
  expect(cards).toEqual([])
})

test('what a listing forbids is told, whatever else is wished for', async () => {
  const { text } = await talk(
    { page: 'loom', say: 'does it fold?' },
    'and i want it on some glass tables, may i?',
  )
  expect(text).toContain('Never use on glass tables')
})
