import { expect, test } from 'vitest'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (id: string, title: string, shelf: string, description: string) => ({
  ...product(id, { title, categories: [shelf], sizes: ['One'], description }),
  brand: null,
})
const talk = talkingOf([
  item('brook', 'Brook Folding Canoe', 'Canoes', 'Weighs 18 kg. Made of birch wood.'),
  item('mere', 'Mere Folding Canoe', 'Canoes', 'Weighs 23 kg. Made of cedar wood.'),
  item('fjord', 'Fjord Touring Canoe', 'Canoes', 'Weighs 31 kg. Made of larch wood.'),
  item('paddle', 'Brook Paddle', 'Paddles', 'Weighs 900 g. Made of ash wood.'),
  item('oar', 'Mere Paddle', 'Paddles', 'Weighs 700 g. Made of beech wood.'),
])

const opened = (say: string) => ({ page: 'fjord', say })

test.each(['how heavy is it?', 'what does this weigh?', 'and the weight of this one?'])(
  '“%s” is asked of the page that was opened after a list, and not of the first of the list',
  async (say) => {
    const { text } = await talk('do you have folding canoes?', opened(say))
    expect(text).toMatch(/31 kg/)
  },
)

test('the first of the list is not what “it” means there, also where the page says nothing', async () => {
  const { text } = await talk('do you have folding canoes?', opened('is it made of ash?'))
  expect(text).not.toMatch(/Brook|Mere/)
})

test('goods shown while a page stands open are what “it” means from then on', async () => {
  const { text } = await talk(
    opened('how heavy is it?'),
    'ok, do you have paddles?',
    'the brook one, how heavy is it?',
    'what is it made of?',
  )
  expect(text).toMatch(/ash/)
  const listed = await talk(opened('how heavy is it?'), 'ok, show me the paddles', 'how heavy?')
  expect(listed.text).toMatch(/[79]00 g/)
})

test('the page that still stands open is called by its name', async () => {
  const { text } = await talk(
    opened('how heavy is it?'),
    'ok, show me the paddles',
    'and what wood is the touring canoe made of?',
  )
  expect(text).toMatch(/larch/)
})

test('a page that is opened again after others were shown is what “it” means', async () => {
  const { text } = await talk(
    opened('how heavy is it?'),
    'ok, show me the paddles',
    { page: 'mere', say: 'how heavy is it?' },
    opened('and how heavy is it?'),
  )
  expect(text).toMatch(/31 kg/)
})
