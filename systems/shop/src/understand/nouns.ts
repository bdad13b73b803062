import type { NounUse } from '../domain/constraints.ts'
import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { lexemesOf } from '../language/lexemes.ts'
import { conceptOf, cuesOf } from './facet.ts'
import type { Concept } from './facet.ts'
import type { CompiledVocabulary } from './vocabulary.ts'

/** Fewer products that are called by a word do not make it a kind of goods. */
const leastCalled = 2
/** Fewer do not say which facets a kind has. */
const leastTelling = 5

/** What a property is: a word for it alone can ask for it, and it names no goods: "red", "size 10", "for kids". */
export const properties: ReadonlySet<Concept> = new Set<Concept>([
  'color',
  'size',
  'material',
  'pattern',
  'audience',
  'age',
  'count',
])

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

/** What the goods of a catalog are called, by meaning: two words of one meaning are one noun. */
export function nounsByMeaning(
  nouns: ReadonlyMap<string, NounUse>,
  lexicon: Lexicon,
): Map<string, NounUse> {
  const found = new Map<string, NounUse>()
  for (const [noun, { products, facets }] of nouns) {
    const stem = noun
      .split('-')
      .map((part) => lexicon.meaning(part))
      .join('-')
    const use = found.get(stem) ?? { products: 0, facets: new Map<string, number>() }
    use.products += products
    for (const [name, count] of facets) use.facets.set(name, (use.facets.get(name) ?? 0) + count)
    found.set(stem, use)
  }
  return found
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

/** Whether goods of the catalog are called by a word: `cable`, and neither `black` nor `size`, which only end some titles. */
export function isNoun(stem: string, vocabulary: CompiledVocabulary): boolean {
  const products = vocabulary.nouns?.get(stem)?.products ?? 0
  if (products < leastCalled || vocabulary.propertyCues.has(stem)) return false
  // More goods are called paper than are made of it.
  return !isProperty(stem, vocabulary) || products > statedAsProperty(stem, vocabulary)
}

/** The facets that products called by a noun state; null where too few are to say. */
export function facetsOf(stem: string, vocabulary: CompiledVocabulary): ReadonlyMap<string, number> | null {
  const use = vocabulary.nouns?.get(stem)
  return use !== undefined && use.products >= leastTelling && isNoun(stem, vocabulary) ? use.facets : null
}
