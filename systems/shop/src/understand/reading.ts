import { findBoilerplate } from './boilerplate.ts'
import { readPrices, type FoundPrice } from './price.ts'
import { findInStock } from './in-stock.ts'
import type { FoundInStock } from './in-stock.ts'
import { findLower } from './lower.ts'
import { findOrder } from './order.ts'
import type { FoundOrder } from './order.ts'
import { findRating, type FoundRating } from './rating.ts'
import { findReviewCount } from './review-count.ts'
import type { FoundReviewCount } from './review-count.ts'
import { findSaidBeside } from './said-beside.ts'
import { findServices, type FoundService } from './service.ts'
import { english } from '../language/lexicon.ts'
import type { LanguageCode } from '../language/languages.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { tokenize, type Token } from './text.ts'

export interface Stretch {
  start: number
  end: number
}

/** A query after everything that needs no vocabulary has been read from it. */
export interface Reading {
  text: string
  lexicon: Lexicon
  tokens: Token[]
  /** Tokens that neither a price, a term of sale, a rating, a sort order nor boilerplate has taken. */
  free: boolean[]
  price: FoundPrice | null
  services: FoundService[]
  rating: FoundRating | null
  reviews: FoundReviewCount | null
  sort: FoundOrder | null
  inStock: FoundInStock | null
  /** Where it says that something in sight should cost less. */
  lower: Stretch | null
  /** Where prices stand, in order. */
  prices: Stretch[]
  /** Where prices, terms, ratings and sort orders stand. */
  stated: Stretch[]
}

/** Reads what needs no vocabulary. `currency` is the catalog's (ISO 4217), `spoken` the language that prices are said in. */
export function readQuery(
  text: string,
  currency: string,
  lexicon: Lexicon = english,
  spoken: LanguageCode = lexicon.language.code,
): Reading {
  const { price, stated: prices } = readPrices(text, currency, spoken)
  const services = findServices(text)
  const reviews = findReviewCount(text, spoken)
  const rating = reviews === null ? findRating(text) : null
  const sort = findOrder(text, spoken)
  const inStock = findInStock(text, spoken)
  const lower = price === null && sort === null ? findLower(text, spoken) : null
  const stated: Stretch[] = [...services, ...prices]
  for (const part of [price, rating, reviews, sort, inStock, lower]) if (part !== null) stated.push(part)
  const removed = [
    ...stated,
    ...findBoilerplate(text),
    ...findListNumbers(text),
    ...findSaidBeside(text, spoken),
  ]
  const tokens = tokenize(text, lexicon)
  const free = tokens.map(
    (token) => !removed.some((part) => token.start < part.end && token.end > part.start),
  )
  return {
    text,
    lexicon,
    tokens,
    free,
    price,
    prices,
    services,
    rating,
    reviews,
    sort,
    inStock,
    lower,
    stated,
  }
}

/** "1) a lamp; 2) a desk", "(1) a lamp": numbers that only count what is asked for. */
function findListNumbers(text: string): Stretch[] {
  return Array.from(text.matchAll(/(?<![\p{L}\p{N}])\d{1,2}\)(?=\s)/gu), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}
