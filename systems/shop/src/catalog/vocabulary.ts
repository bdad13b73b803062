import type { FacetVocabulary, NounUse } from '../domain/constraints.ts'
import { noPrice } from '../domain/money.ts'
import type { Product } from '../domain/product.ts'
import type { Language } from '../language/language.ts'
import { lexiconOf } from '../language/lexicon.ts'
import { shelfNouns, titleNouns } from '../language/nouns.ts'
import { facetName, facetValue } from '../search/constraints/facets.ts'
import { qualitiesOf } from '../understand/nouns.ts'
import type { StoredVocabulary } from './catalog-tables.ts'

function count(counts: Map<string, number>, key: string, by: number): void {
  const now = (counts.get(key) ?? 0) + by
  if (now > 0) counts.set(key, now)
  else counts.delete(key)
}

/** Whether a stored vocabulary knows what its goods are called in a language. */
export const knowsNouns = ({ nouns }: StoredVocabulary, { code }: Language): boolean =>
  nouns?.language === code

/**
 * Counts how many products state each value, and how many are called by each noun. Adding and taking away are exact inverses, so that a version's vocabulary
 * follows from the one before it and what changed.
 */
export class VocabularyCounter {
  readonly #facets = new Map<string, Map<string, number>>()
  readonly #brands = new Map<string, number>()
  readonly #categories = new Map<string, number>()
  readonly #currencies = new Map<string, number>()

  readonly #nouns = new Map<string, NounUse>()
  readonly #language: Language

  /** `from` has to know its nouns in the language: see `knowsNouns`. */
  constructor(from: StoredVocabulary | null, language: Language) {
    this.#language = language
    if (from === null) return
    for (const [noun, products, facets] of from.nouns?.words ?? [])
      this.#nouns.set(noun, {
        products,
        facets: new Map(facets.map(([at, count_]) => [from.facets[at]?.[0] ?? '', count_])),
      })
    for (const [name, values] of from.facets) this.#facets.set(name, new Map(values))
    this.#brands = new Map(from.brands)
    this.#categories = new Map(from.categories)
    // The catalog's currency stays unless what is added outweighs it.
    if (from.currency !== '') this.#currencies.set(from.currency, 1)
  }

  add(product: Product): void {
    this.#change(product, 1)
  }

  remove(product: Product): void {
    this.#change(product, -1)
  }

  #change(product: Product, by: 1 | -1): void {
    const stated = new Map<string, Set<string>>()
    const state = (name: string, value: string) => {
      const values = stated.get(name)
      if (values === undefined) stated.set(name, new Set([value]))
      else values.add(value)
    }
    for (const [name, values] of Object.entries(product.attributes)) {
      for (const value of values) state(facetName(name), facetValue(value))
    }
    for (const variant of product.variants) {
      for (const [name, value] of Object.entries(variant.options)) state(facetName(name), facetValue(value))
    }
    for (const [name, values] of stated) {
      const counts = this.#facets.get(name) ?? new Map<string, number>()
      for (const value of values) count(counts, value, by)
      if (counts.size === 0) this.#facets.delete(name)
      else this.#facets.set(name, counts)
    }
    if (product.brand !== null) count(this.#brands, product.brand, by)
    for (const category of new Set(product.categories)) count(this.#categories, category, by)
    const currency = product.variants[0]?.price.currency
    if (currency !== undefined && currency !== noPrice.currency) count(this.#currencies, currency, by)
    this.#changeNouns(product, stated.keys(), by)
  }

  #changeNouns(product: Product, facets: Iterable<string>, by: 1 | -1): void {
    const { title, brand, categories } = product
    const isQuality = qualitiesOf(product, lexiconOf(this.#language.code))
    const nouns = new Set([
      ...titleNouns(title, brand, this.#language, isQuality),
      ...categories.flatMap((name) => shelfNouns(name, this.#language)),
    ])
    const names = [...facets]
    for (const noun of nouns) {
      const use = this.#nouns.get(noun) ?? { products: 0, facets: new Map<string, number>() }
      use.products += by
      for (const name of names) count(use.facets, name, by)
      if (use.products > 0) this.#nouns.set(noun, use)
      else this.#nouns.delete(noun)
    }
  }

  stored(): StoredVocabulary {
    const currency = [...this.#currencies].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'USD'
    const places = new Map([...this.#facets.keys()].map((name, at) => [name, at]))
    return {
      facets: [...this.#facets].map(([name, values]) => [name, [...values]]),
      brands: [...this.#brands],
      categories: [...this.#categories],
      currency,
      nouns: {
        language: this.#language.code,
        words: [...this.#nouns].map(([noun, { products, facets }]) => [
          noun,
          products,
          [...facets].flatMap(([name, count_]): [number, number][] => {
            const at = places.get(name)
            return at === undefined ? [] : [[at, count_]]
          }),
        ]),
      },
    }
  }
}

export function openVocabulary(stored: StoredVocabulary): FacetVocabulary {
  return {
    facets: new Map(stored.facets.map(([name, values]) => [name, new Map(values)])),
    brands: new Map(stored.brands),
    categories: new Map(stored.categories),
    currency: stored.currency,
    ...(stored.nouns
      ? {
          nouns: new Map(
            stored.nouns.words.map(([noun, products, facets]) => [
              noun,
              {
                products,
                facets: new Map(facets.map(([at, count_]) => [stored.facets[at]?.[0] ?? '', count_])),
              },
            ]),
          ),
        }
      : {}),
  }
}
