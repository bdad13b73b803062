import { expect, test } from 'vitest'
import { beyondMeasure, comparativeIn } from '../../src/assistant/by-measure.ts'
import { languageCodes } from '../../src/language/languages.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

const pouch = (id: string, title: string, description = '') => product(id, { title, description })
const small = pouch('small', 'Zip Pouch', 'Details:\n• Dimensions: 8" x 6"')
const others = [
  pouch('huge', 'Travel Pouch', 'Dimensions: 60 cm x 20 cm'),
  pouch('middle', 'Large Zip Pouch', 'Dimensions: 11" x 7"'),
  pouch('tiny', 'Coin Pouch 9 cm'),
  pouch('unsaid', 'Plain Pouch'),
]
const wanted = (message: string) => {
  const found = comparativeIn(message, english)
  if (found === null) throw new Error(`“${message}” compares nothing`)
  return found
}
const ids = (message: string, than = small) =>
  beyondMeasure([small, ...others], than, wanted(message), english).map(({ id }) => id)

test('bigger and smaller ones are told by what listings state, the next to it first [SHOP-TALK-14]', () => {
  expect(ids('a bigger one')).toEqual(['middle', 'huge'])
  expect(ids('something smaller please')).toEqual(['tiny'])
})

test('where a listing states no number, sizes in letters in titles tell, and nothing else does [SHOP-TALK-14]', () => {
  const bags = [pouch('a', 'Felt Bag'), pouch('b', 'Felt Bag Large'), pouch('c', 'Mini Felt Bag S')]
  const [plain] = bags
  if (!plain) throw new Error('no bag')
  const found = (message: string) => beyondMeasure(bags, plain, wanted(message), english).map(({ id }) => id)
  expect(found('a larger one')).toEqual(['b'])
  expect(found('smaller')).toEqual(['c'])
  expect(found('a heavier one')).toEqual([])
})

test.each(languageCodes)('%s compares lengths, weights and noise both ways [SHOP-TALK-14]', (code) => {
  const lexicon = lexiconOf(code)
  for (const line of lexicon.language.comparativeLines) {
    const [name = '', rest = ''] = line.split(' = ')
    for (const word of rest.split(', '))
      expect(comparativeIn(word, lexicon)).toMatchObject({
        said: word,
        measure: name.split(' ')[1],
        isMore: name.startsWith('more'),
      })
  }
  if (code === 'de') expect(comparativeIn('was Leiseres', lexicon)?.plain).toBe('leiser')
  expect(lexicon.language.comparativeLines).toHaveLength(6)
  expect(comparativeIn('123', lexicon)).toBeNull()
})
