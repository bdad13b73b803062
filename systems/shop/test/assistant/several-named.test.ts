import { expect, test } from 'vitest'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (id: string, title: string, shelf: string, dollars: number) => ({
  ...product(id, { title, categories: [shelf], sizes: ['One'], priceMinor: dollars * 100 }),
  brand: null,
})
const talk = talkingOf([
  item('green', 'Moth Lantern Green', 'Lanterns', 29),
  item('red', 'Moth Lantern Red', 'Lanterns', 31),
  item('tall', 'Tall Moth Lantern Black', 'Lanterns', 41),
  item('kettle', 'Hob Kettle', 'Kettles', 33),
  item('oil', 'Clear Lamp Oil', 'Fuels', 9),
])

test('several are summed by their places, by their names, and with what is looked at', async () => {
  const listed = await talk('lanterns')
  const price = (at: number) => (listed.cards.at(at)?.price.minor ?? 0) / 100
  const { text } = await talk('lanterns', 'how much for the first and the last together?')
  expect(text).toContain(`Together they come to $${price(0) + price(-1)}.00`)
  expect((await talk("I'd take the hob kettle and the lamp oil, how much is that together?")).text).toContain(
    'Together they come to $42.00',
  )
  expect((await talk('clear lamp oil', 'how much is it together with the hob kettle?')).text).toContain(
    'Together they come to $42.00',
  )
})

test('two that a message names, and nothing else, are both shown', async () => {
  const titles = async (message: string) => (await talk(message)).cards.map(({ title }) => title).toSorted()
  expect(await titles('do you have the hob kettle and the clear lamp oil?')).toEqual([
    'Clear Lamp Oil',
    'Hob Kettle',
  ])
  expect(await titles('show me the hob kettle')).toEqual(['Hob Kettle'])
})
