import { expect, test } from 'vitest'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (id: string, title: string, description: string) => ({
  ...product(id, { title, brand: null, categories: ['Kitchen'], attributes: {}, sizes: ['One'] }),
  description,
})

const long = [
  'Stands on four feet of cork and fits below most shelves.',
  'Its drum turns slowly, so that herbs keep their colour while they dry.',
  'Delicate leaves want the lowest step, mushrooms and slices of apple the highest of all five.',
  'Made by two sisters in a valley where every roof has its own rack of thyme.',
  'Gives off no smell after the first evening, when it has to stand by an open window.',
].join('\n')
const say = talkingOf([
  item('drum', 'Selvo Herb Drum', long),
  item('rack', 'Selvo Herb Rack', 'Folds flat. Only for the oven up to 60 °C.'),
  item('mill', 'Torun Seed Mill', long.replace('slices', '2 slices')),
])

test('of a short listing, all that it says follows where nothing is known to answer', async () => {
  const { text } = await say('Selvo Herb Rack', 'would it survive the barbecue?')
  expect(text).toMatch(/^Selvo Herb Rack: I do not know for sure/)
  expect(text).toContain('“Only for the oven up to 60 °C.”')
})

test('of a long one, no more than what is likeliest to answer', async () => {
  const { text } = await say('Selvo Herb Drum', 'would the neighbours mind its smell?')
  expect(text).toContain('open window')
  expect(text).not.toContain('two sisters')
})

test('where a number is asked for, what gives none in such a unit is not quoted', async () => {
  const { text } = await say('Torun Seed Mill', 'how many kilos does it weigh?')
  expect(text).toBe('I do not know: the listing does not say.')
})
