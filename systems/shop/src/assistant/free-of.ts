import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { denies, namesAnyOf } from '../language/mentions.ts'
import { listingEvidence } from './evidence.ts'
import type { Facts } from './facts.ts'

/** Which of some products state to be free of some things, and which name one of them, in the words of their listings. */
export function statedAmong(
  products: readonly Product[],
  what: readonly string[],
  lexicon: Lexicon,
): NonNullable<Facts['freeOf']> {
  const states = new Map<string, string>()
  const contains = new Map<string, string>()
  for (const product of what.length === 0 ? [] : products) {
    const stated = statedContents(product, what, lexicon)
    if (stated) (stated.isFree ? states : contains).set(product.id, stated.quote)
  }
  return { what, states, contains }
}

/**
 * What a listing states about holding any of some things: its own words, or null where it says nothing. It is free only of what it
 * says so of, thing by thing; the sentence for the last of them is quoted.
 */
export function statedContents(
  product: Product,
  what: readonly string[],
  lexicon: Lexicon,
): { isFree: boolean; quote: string } | null {
  const texts = [product.title, ...listingEvidence(product, lexicon).map(({ text }) => text)]
  // "Latex-Free Band", "for anyone with a latex allergy", holds none.
  const isCalledFree = what.every((each) => denies(product.title, each, lexicon))
  const named = texts.find(
    (text) =>
      what.some((each) => namesAnyOf(text, each, lexicon)) && !(isCalledFree && speaksOfAllergy.test(text)),
  )
  if (named !== undefined) return { isFree: false, quote: named }
  const claims = what.map((each) => texts.find((text) => denies(text, each, lexicon)))
  const last = claims.at(-1)
  return last !== undefined && claims.every((claim) => claim !== undefined)
    ? { isFree: true, quote: last }
    : null
}

/** The word is one in all languages of stores. */
const speaksOfAllergy = /al{1,2}erg/iu
