import type { Constraint, FacetVocabulary, Reference, Understanding } from '../domain/constraints.ts'
import { findBoilerplate } from './boilerplate.ts'
import { findCandidates, saysNothing, type Candidate } from './candidates.ts'
import { featuresOf } from './features.ts'
import { findHead } from './head.ts'
import { findDescribed, findIntent, findReference } from './intent.ts'
import { acceptAbove, acceptance } from './model.ts'
import { negationScopes } from './negation.ts'
import { findPrice } from './price.ts'
import { productTypeOf } from './product-type.ts'
import { findRating, findSort } from './rating.ts'
import { findServices } from './service.ts'
import { tokenize, type Token } from './text.ts'
import { compileVocabulary, type CompiledVocabulary } from './vocabulary.ts'

export interface UnderstandOptions {
  /** What the catalog states. Compiled on first use and kept while the object lives; do not change it afterwards. */
  vocabulary: FacetVocabulary
  context?: UnderstandContext
}

/** What came before the query. */
export interface UnderstandContext {
  /** Whether the conversation has shown products that a query may point at. Assumed when absent. */
  shown?: boolean
}

/** Longer messages are read up to here: no query that a shopper types is longer. */
const longestText = 2000

interface Stretch {
  start: number
  end: number
}

/**
 * Reads a shopper's message: constraints that are musts, the words to search by, order, intent and references.
 * Pure and deterministic; never throws. Facet constraints hold only values that the vocabulary states.
 */
export function understand(message: string, { vocabulary, context }: UnderstandOptions): Understanding {
  const text = message.length > longestText ? message.slice(0, longestText) : message
  const compiled = compileVocabulary(vocabulary)
  const price = findPrice(text, compiled.currency)
  const services = findServices(text)
  const rating = findRating(text)
  const sort = findSort(text)
  const boilerplate = findBoilerplate(text)
  const stated: Stretch[] = [...services]
  if (price !== null) stated.push(price)
  if (rating !== null) stated.push(rating)
  if (sort !== null) stated.push(sort)
  const removed = [...stated, ...boilerplate]

  const tokens = tokenize(text)
  const free = tokens.map(
    (token) => !removed.some((part) => token.start < part.end && token.end > part.start),
  )
  const facets = facetConstraints(text, tokens, free, compiled)

  const constraints: Constraint[] = []
  if (price !== null) constraints.push(price.constraint)
  for (const { constraint } of services) if (constraint.text !== '') constraints.push(constraint)
  if (rating !== null) constraints.push(rating.constraint)
  constraints.push(...facets.map(({ constraint }) => constraint))

  const reference = context?.shown === false ? null : readReference(text, stated, facets)
  const head = findHead(tokens, free)
  return {
    searchText: searchTextOf(text),
    productType: productTypeOf(tokens, head, compiled),
    constraints,
    sort: sort?.sort ?? 'relevance',
    intent: findIntent(text),
    reference,
  }
}

interface FoundFacet extends Stretch {
  constraint: Extract<Constraint, { kind: 'facet' }>
}

/** Candidates that the acceptance model takes, longest first, none overlapping, in the order of the text. */
export function acceptedCandidates(
  tokens: readonly Token[],
  free: readonly boolean[],
  vocabulary: CompiledVocabulary,
): Candidate[] {
  const head = findHead(tokens, free)
  const scopes = negationScopes(tokens)
  const taken = tokens.map(() => false)
  const accepted: Candidate[] = []
  for (const candidate of findCandidates(tokens, free, vocabulary)) {
    let overlaps = false
    for (let index = candidate.from; index < candidate.to; index++) overlaps ||= taken[index] === true
    if (overlaps) continue
    const negated = (scopes[candidate.from] ?? -1) >= 0 && !saysNothing(tokens, candidate.from, candidate.to)
    if (!negated && acceptance(featuresOf(candidate, tokens, head)) < acceptAbove) continue
    for (let index = candidate.from; index < candidate.to; index++) taken[index] = true
    accepted.push(candidate)
  }
  return accepted.toSorted((a, b) => a.from - b.from)
}

function facetConstraints(
  text: string,
  tokens: readonly Token[],
  free: readonly boolean[],
  vocabulary: CompiledVocabulary,
): FoundFacet[] {
  const scopes = negationScopes(tokens)
  const found: FoundFacet[] = []
  let previous: Candidate | null = null
  for (const candidate of acceptedCandidates(tokens, free, vocabulary)) {
    const scope = scopes[candidate.from] ?? -1
    const negated = scope >= 0 && !statesAbsence(candidate, tokens)
    const names = [...new Set(candidate.entries.map((entry) => entry.facet.name))]
    const values = [...new Set(candidate.entries.map((entry) => entry.value))]
    const start = tokens[negated ? Math.min(scope, candidate.from) : candidate.from]?.start ?? 0
    const end = tokens[negated ? Math.max(scope, candidate.to - 1) : candidate.to - 1]?.end ?? text.length
    const last = found.at(-1)
    const [name = '', ...alsoNamed] = names
    if (
      last !== undefined &&
      previous !== null &&
      last.constraint.negated === negated &&
      last.constraint.name === name &&
      joinedByOr(tokens, previous.to, candidate.from)
    ) {
      last.constraint.values = [...new Set([...last.constraint.values, ...values])]
      last.end = end
      last.constraint.text = text.slice(last.start, end)
    } else if (
      !found.some(
        ({ constraint }) =>
          constraint.name === name && constraint.negated === negated && sameValues(constraint.values, values),
      )
    ) {
      const constraint: FoundFacet['constraint'] = {
        kind: 'facet',
        name,
        values,
        negated,
        text: text.slice(start, end),
      }
      if (alsoNamed.length > 0) constraint.alsoNamed = alsoNamed
      found.push({ constraint, start, end })
    }
    previous = candidate
  }
  return found
}

const sameValues = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value) => b.includes(value))

/** `no stones` and `sugar-free` as values of their own: the negation is part of what is wanted. */
function statesAbsence(candidate: Candidate, tokens: readonly Token[]): boolean {
  for (let index = candidate.from; index < candidate.to; index++) {
    if (/^(?:no|non|without|free|zero|not|never|anti)$/.test(tokens[index]?.word ?? '')) return true
  }
  return false
}

function joinedByOr(tokens: readonly Token[], from: number, to: number): boolean {
  if (to - from > 3) return false
  const between = tokens.slice(from, to).map((token) => token.word)
  const gap = between.length === 0 && tokens[to]?.breakBefore === true
  return (
    gap ||
    (between.length > 0 &&
      between.every((word) => /^(?:or|nor|and|either|&)$/.test(word)) &&
      between.some((word) => /^(?:or|nor)$/.test(word)))
  )
}

function readReference(
  text: string,
  stated: readonly Stretch[],
  facets: readonly FoundFacet[],
): Reference | null {
  const described = findDescribed(text)
  if (described !== null) {
    const inside = facets.filter(
      ({ start, end, constraint }) => start >= described.start && end <= described.end && !constraint.negated,
    )
    if (inside.length > 0) {
      const named = inside.flatMap(({ constraint }) =>
        constraint.values.map((value) => ({ name: constraint.name, value })),
      )
      return { kind: 'described', facets: named, text: described.words }
    }
  }
  const found = findReference(text)
  if (found === null) return null
  const isPrice = stated.some((part) => found.start < part.end && found.end > part.start)
  return isPrice && found.reference.kind === 'relative' ? null : found.reference
}

/**
 * The words to search by: without boilerplate, prices, terms of sale, ratings, sort words and what is negated.
 * Reading the result again gives the same words.
 */
export function searchTextOf(text: string): string {
  let current = text
  for (let round = 0; round < 4; round++) {
    const next = stripOnce(current)
    if (next === current) break
    current = next
  }
  return current
}

function stripOnce(text: string): string {
  const parts: Stretch[] = [...findServices(text), ...findBoilerplate(text)]
  const price = findPrice(text, null)
  if (price !== null) parts.push(price)
  const rating = findRating(text)
  if (rating !== null) parts.push(rating)
  const sort = findSort(text)
  if (sort !== null) parts.push(sort)
  const tokens = tokenize(text)
  const scopes = negationScopes(tokens)
  const kept = tokens.filter((token, index) => {
    if ((scopes[index] ?? -1) >= 0 || scopes.includes(index)) return false
    return token.kind !== 'sign' && !parts.some((part) => token.start < part.end && token.end > part.start)
  })
  let result = ''
  for (const [index, token] of kept.entries()) {
    const before = kept[index - 1]
    const gap = before === undefined ? '' : text.slice(before.end, token.start)
    result += before === undefined ? '' : /^[-'’./]?$/.test(gap) ? gap : ' '
    result += text.slice(token.start, token.end)
  }
  return result
    .replace(/^(?:(?:and|or|with|for|that|but|a|an|the|in|on|at|is|are|by|from|of|to)\s+)+/i, '')
    .replace(/(?:\s+(?:and|or|with|for|that|but|a|an|the|in|on|at|is|are|by|from|of|to))+$/i, '')
}
