import { describe, expect, it } from 'vitest'
import type { Constraint, FacetVocabulary } from '../src/domain/constraints.ts'
import { lexiconOf } from '../src/language/lexicon.ts'
import { beyondPrice, joinConstraints, startsAnew } from '../src/understand/follow-up.ts'
import { understand } from '../src/understand/understand.ts'

const counts = (...values: string[]): Map<string, number> => new Map(values.map((value) => [value, 40]))
const vocabulary: FacetVocabulary = {
  facets: new Map([
    ['color', counts('Red', 'Blue', 'Black')],
    ['material', counts('leather', 'mesh')],
    ['waterproof', counts('yes', 'no')],
  ]),
  brands: counts('Northolm'),
  categories: counts('Hiking boots', 'Headphones'),
  currency: 'USD',
}
const read = (text: string) => understand(text, { vocabulary })
const first = read('red hiking boots made of leather under $100')

const labels = (constraints: readonly Constraint[]) =>
  constraints
    .map((one) => {
      if (one.kind === 'facet') return `${one.negated ? 'not ' : ''}${one.name}=${one.values.join('|')}`
      if (one.kind === 'price') return `price ${one.min}–${one.max}`
      return one.kind
    })
    .toSorted((a, b) => a.localeCompare(b))
const joined = (text: string) => labels(joinConstraints(first.constraints, read(text).constraints))

describe('joinConstraints', () => {
  it('replaces a colour and a price [SHOP-UNDERSTAND-03]', () => {
    expect(joined('in blue instead')).toEqual(['color=Blue', 'material=leather', 'price null–100'])
    expect(joined('under $60')).toEqual(['color=Red', 'material=leather', 'price null–60'])
  })

  it('adds what is new', () => {
    expect(joined('and waterproof')).toEqual([
      'color=Red',
      'material=leather',
      'price null–100',
      'waterproof=yes',
    ])
    expect(joined('not mesh')).toEqual([
      'color=Red',
      'material=leather',
      'not material=mesh',
      'price null–100',
      'unnamed',
    ])
  })

  it('takes a value back that is now unwanted', () => {
    expect(joined('not red')).toEqual(['material=leather', 'not color=Red', 'price null–100', 'unnamed'])
  })
})

describe('beyondPrice', () => {
  it('asks for less than what was shown', () => {
    expect(labels(beyondPrice(first.constraints, 'cheaper', 40))).toEqual([
      'color=Red',
      'material=leather',
      'price null–40',
    ])
  })

  it('asks for more than what was shown within the old limit', () => {
    expect(labels(beyondPrice(first.constraints, 'pricier', 90))).toEqual([
      'color=Red',
      'material=leather',
      'price 90–100',
    ])
  })

  it('drops an old limit that can no longer hold', () => {
    expect(labels(beyondPrice(first.constraints, 'pricier', 120))).toEqual([
      'color=Red',
      'material=leather',
      'price 120–null',
    ])
  })
})

describe('startsAnew', () => {
  it.each([
    ['black headphones', true],
    ['in blue instead', false],
    ['cheaper', false],
    ['and waterproof', false],
  ])('%s: %s', (text, expected) => {
    expect(startsAnew(first, read(text))).toBe(expected)
  })

  it.each([
    ['de', 'gibts das auch günstiger?'],
    ['fr', 'une moins chère ?'],
    ['es', 'tienes algo más económico'],
    ['it', 'troppo caro'],
    ['pt', 'mais em conta'],
    ['nl', 'heb je iets goedkopers'],
    ['sv', 'det är för dyrt'],
  ] as const)('wishes for less to pay in %s: “%s” [SHOP-UNDERSTAND-03]', (code, text) => {
    const said = understand(text, { vocabulary, lexicon: lexiconOf(code), context: { shown: true } })
    expect(said).toMatchObject({ reference: { kind: 'relative', direction: 'cheaper' }, productType: null })
  })

  it('compares a price with what is named, and wishes for none that is lower', () => {
    const said = understand('est-ce que c’est moins cher que Priorities ?', {
      vocabulary,
      lexicon: lexiconOf('fr'),
      context: { shown: true },
    })
    expect(said.reference?.kind).not.toBe('relative')
  })
})
