import type { Product } from '../../src/domain/product.ts'
import type { Language } from '../../src/language/language.ts'
import { languageCodes } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { listingExamples } from '../../src/language/listing-examples.ts'
import type { ListingExample } from '../../src/language/listing-examples.ts'

/** The places of listings of goods among the examples: not what may stand anywhere. */
export const listingsOf = (language: Language): number[] =>
  listingExamples(language).flatMap(({ goods }, at) => (goods === '…' ? [] : at))

/** Does something while no language knows one of the made listings, as if nobody had seen its store. */
export function withoutListing<Result>(at: number, act: () => Result): Result {
  const languages = languageCodes.map((code) => lexiconOf(code).language)
  const known = languages.map(({ listingLines }) => listingLines)
  for (const language of languages) {
    let place = -1
    const listingLines = language.listingLines.filter((line) => {
      if (line.startsWith('=')) place++
      return place !== at
    })
    Object.assign(language, { listingLines })
  }
  const result = act()
  languages.forEach((language, index) => Object.assign(language, { listingLines: known[index] }))
  return result
}

/** A made listing as a product of a store. */
export function listedProduct({ goods, fields, sentences }: ListingExample): Product {
  return {
    id: 'made',
    title: goods.slice(0, 1).toUpperCase() + goods.slice(1),
    brand: null,
    description: sentences.map(({ text }) => `${text}.`).join('\n'),
    categories: [],
    attributes: Object.fromEntries(
      fields.map(({ text }) => {
        const at = text.indexOf(':')
        return [text.slice(0, at), [text.slice(at + 1).trim()]]
      }),
    ),
    variants: [],
    images: [],
    url: null,
    services: [],
    rating: null,
  }
}
