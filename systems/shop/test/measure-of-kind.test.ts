import { expect, test } from 'vitest'
import { VocabularyCounter, openVocabulary } from '../src/catalog/vocabulary.ts'
import { english } from '../src/language/lexicon.ts'
import { understand } from '../src/understand/understand.ts'
import { product } from './assistant/fixture.ts'

const counter = new VocabularyCounter(null, english.language)
const add = (id: string, title: string, attributes: Record<string, string[]>): void =>
  counter.add(product(id, { title, categories: [], sizes: ['One size'], attributes }))
for (let at = 0; at < 12; at++) {
  const weight: Record<string, string[]> = at < 4 ? { weight: ['40'] } : {}
  add(`shelf-${at}`, `Ledge Wall Shelf ${at}`, { maximum_weight: ['40'], color: ['oak'], ...weight })
  add(`chest-${at}`, `Tarn Chest ${at}`, { weight: ['40'], package_weight: ['40'], wall_distance: ['40'] })
  add(`hub-${at}`, `Relay Hub ${at}`, { link_ports_quantity: [String(at % 5)], color: ['black'] })
  add(`port-${at}`, `Brass Link Port`, { color: ['brass'] })
}
const vocabulary = openVocabulary(counter.stored())
const facets = (message: string) =>
  understand(message, { vocabulary, lexicon: english }).constraints.flatMap((one) =>
    one.kind === 'facet' ? [one] : [],
  )

test('a measure is of what most goods of the kind are measured in [SHOP-UNDERSTAND-02]', () => {
  expect(facets('wall shelf for 40 kg')[0]?.name).toBe('maximum_weight')
  expect(facets('is the shelf ok for 40 kg?')[0]?.name).toBe('maximum_weight')
  expect(facets('chest of 40 kg')[0]?.name).toBe('weight')
})

test('a number with a unit is first of all of a facet that is measured in it [SHOP-UNDERSTAND-02]', () => {
  const names = facets('wall chest of 40 kg').flatMap(({ name, alsoNamed = [] }) => [name, ...alsoNamed])
  expect(names.indexOf('weight')).toBeGreaterThanOrEqual(0)
  expect(names.slice(0, names.indexOf('weight') + 1)).not.toContain('wall_distance')
})

test('a limit that a preposition leads in is of what was asked for before, whatever goods are called by its last word [SHOP-UNDERSTAND-02]', () => {
  expect(facets('with at least 3 link ports')).toMatchObject([
    { name: 'link_ports_quantity', values: ['3', '4'] },
  ])
})
