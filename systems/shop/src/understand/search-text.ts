import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { findBoilerplate } from './boilerplate.ts'
import { negationScopes } from './negation.ts'
import { readPrices } from './price.ts'
import { findReviewCount } from './review-count.ts'
import { findInStock } from './in-stock.ts'
import { findOrder } from './order.ts'
import { findRating } from './rating.ts'
import { findSaidBeside } from './said-beside.ts'
import { findServices } from './service.ts'
import { tokenize } from './text.ts'

/**
 * The words to search by: without boilerplate, prices, terms of sale, ratings, sort words and what is negated.
 * Reading the result again gives the same words.
 */
export function searchTextOf(text: string, lexicon: Lexicon = english): string {
  let current = lexicon.language.code === 'en' ? withoutTold(text).replace(generic, '') : text
  for (let round = 0; round < 4; round++) {
    const next = stripOnce(current, lexicon)
    if (next === current) break
    current = next
  }
  return current
}

/** What a shopper tells of before the wish: "I'm furnishing my flat and need a lamp". */
const told =
  /^(?:(?:hi|hello|hey)\b[\s,!.]*)?(?:i|we|my|our)\b[^.!?]*?\b(?:and|so)\s+(?:(?:i|we)\s+)?(?:now\s+)?(?:need|want)\s+(?=\S)/i
/** "Snail products": any goods, of which the word before says which. */
const generic = /(?<=\p{L}\s)(?:products|items|stuff|things)(?=\s*[?.!]*\s*$)/iu

/** A message from where it says what is wanted on. */
export const withoutTold = (text: string): string => text.replace(told, '')

function stripOnce(text: string, lexicon: Lexicon): string {
  const parts: { start: number; end: number }[] = [...findServices(text), ...findBoilerplate(text)]
  parts.push(...readPrices(text, null, lexicon.language.code).stated)
  const rating = findRating(text)
  if (rating !== null) parts.push(rating)
  const reviews = findReviewCount(text, lexicon.language.code)
  if (reviews !== null) parts.push(reviews)
  const sort = findOrder(text, lexicon.language.code)
  if (sort !== null) parts.push(sort)
  parts.push(...findSaidBeside(text, lexicon.language.code))
  const inStock = findInStock(text, lexicon.language.code)
  if (inStock !== null) parts.push(inStock)
  const tokens = tokenize(text, lexicon)
  const scopes = negationScopes(tokens, lexicon.language)
  const { language } = lexicon
  const kept = tokens.filter((token, index) => {
    // English has its phrases of asking; the other languages their words of it.
    if (language.code !== 'en' && language.isRequestWord(token.word)) return false
    // "Alkoholfreies" is what listings call it, too: one word for what is not in it and that it is not.
    const isCompound =
      tokens[index + 1]?.joined === true
        ? scopes[index] === index + 1
        : token.joined && scopes[index - 1] === index
    if (isCompound) return true
    if ((scopes[index] ?? -1) >= 0 || scopes.includes(index)) return false
    return token.kind !== 'sign' && !parts.some((part) => token.start < part.end && token.end > part.start)
  })
  let result = ''
  for (const [index, token] of kept.entries()) {
    const before = kept[index - 1]
    const gap = before === undefined ? '' : text.slice(before.end, token.start)
    result += before === undefined ? '' : /^[-'’./]?$/.test(gap) ? gap : /[,;:?!]|\.\s/.test(gap) ? ', ' : ' '
    result += text.slice(token.start, token.end)
  }
  if (language.code !== 'en') return withoutEnds(result, lexicon)
  return result
    .replace(/^(?:(?:ok|okay|and|or|with|for|that|but|a|an|the|in|on|at|is|are|by|from|of|to)\s+)+/i, '')
    .replace(/(?:\s+(?:and|or|with|for|that|but|a|an|the|in|on|at|is|are|by|from|of|to))+$/i, '')
}

/** Without the function words that a text begins or ends with. */
function withoutEnds(text: string, lexicon: Lexicon): string {
  const tokens = tokenize(text, lexicon)
  const first = tokens.find((token) => !token.isInner)
  const last = tokens.findLast((token) => !token.isInner)
  return first === undefined || last === undefined ? text : text.slice(first.start, last.end)
}
