import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { isKindOf } from '../language/joined.ts'
import { joinedNouns } from '../language/languages.ts'
import { lexemesOf } from '../language/lexemes.ts'
import { conceptOf, cuesOf, properties } from './facet.ts'
import type { Concept } from './facet.ts'
import type { CompiledVocabulary } from './vocabulary.ts'

/** Fewer products that are called by a word do not make it a kind of goods. */
const leastCalled = 2
/** Fewer letters are units, sizes and series. */
const shortestNoun = 3
/** Fewer do not say which facets a kind has. */
const leastTelling = 5

/** Properties whose words stand behind the noun in titles: "Patch Cable Black", "inkjet printer Colour". */
const trailing: readonly Concept[] = ['color', 'size', 'material', 'audience', 'age']

/** Tells the words that say which of its kind a product is, by what it states of its colour, size and the like. */
export function qualitiesOf(
  { attributes, variants }: Pick<Product, 'attributes' | 'variants'>,
  lexicon: Lexicon,
): (word: string) => boolean {
  const stated = [
    ...Object.entries(attributes),
    ...variants.flatMap(({ options }) =>
      Object.entries(options).map(([name, value]): [string, string[]] => [name, [value]]),
    ),
  ].filter(([name]) => trailing.includes(conceptOf(name, lexicon)))
  const meanings = new Set([
    ...trailing.flatMap((concept) => cuesOf(concept, lexicon)),
    ...stated.flatMap(([, values]) =>
      values.flatMap((value) => lexemesOf(value).map(({ word }) => lexicon.meaning(word))),
    ),
  ])
  return (word) => meanings.has(lexicon.meaning(word))
}

/** How many products state a word as a property. */
const statedAsProperty = (stem: string, { concepts }: CompiledVocabulary): number =>
  [...(concepts.get(stem) ?? [])].reduce(
    (sum, [concept, count]) => sum + (properties.has(concept) ? count : 0),
    0,
  )

/** Whether the catalog states a word as a property more than as anything else: `black`, `women`. */
export function isProperty(stem: string, vocabulary: CompiledVocabulary): boolean {
  const counts = [...(vocabulary.concepts.get(stem)?.values() ?? [])]
  return statedAsProperty(stem, vocabulary) * 2 > counts.reduce((sum, count) => sum + count, 0)
}

const joined = new WeakMap<CompiledVocabulary, Map<string, number>>()

/** How many products are called by a word, or by one that it heads: a `Gartenstuhl` is a `Stuhl`. */
function calledBy(stem: string, vocabulary: CompiledVocabulary): number {
  const own = vocabulary.nouns?.get(stem)?.products ?? 0
  if (vocabulary.nouns === null || joinedNouns[vocabulary.language] === undefined) return own
  const known = joined.get(vocabulary) ?? new Map<string, number>()
  joined.set(vocabulary, known)
  let products = known.get(stem)
  if (products === undefined) {
    products = 0
    for (const [noun, use] of vocabulary.nouns)
      if (isKindOf(noun, stem, vocabulary.language)) products += use.products
    known.set(stem, products)
  }
  return products
}

/** Whether goods of the catalog are called by a word: `cable`, and neither `black` nor `size`, which only end some titles. */
export function isNoun(stem: string, vocabulary: CompiledVocabulary): boolean {
  const products = calledBy(stem, vocabulary)
  if (products < leastCalled || stem.length < shortestNoun || vocabulary.propertyCues.has(stem)) return false
  if (!isProperty(stem, vocabulary)) return true
  // Paper is a material, and goods are called so. What is black is only said to be.
  const asMaterial = vocabulary.concepts.get(stem)?.get('material') ?? 0
  return products * 4 > asMaterial && products > statedAsProperty(stem, vocabulary) - asMaterial
}

/** The facets that products called by a noun state; null where too few are to say. */
export function facetsOf(stem: string, vocabulary: CompiledVocabulary): ReadonlyMap<string, number> | null {
  const use = vocabulary.nouns?.get(stem)
  return use !== undefined && use.products >= leastTelling && isNoun(stem, vocabulary) ? use.facets : null
}
