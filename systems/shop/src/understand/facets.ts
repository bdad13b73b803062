import type { Constraint } from '../domain/constraints.ts'
import { cueTokens, findCandidates, saysNothing, type Candidate } from './candidates.ts'
import { featuresOf, viewOf } from './features.ts'
import { acceptAbove, acceptance } from './model.ts'
import { negationScopes } from './negation.ts'
import { categoryIn } from './product-type.ts'
import type { Reading } from './reading.ts'
import { innerWords, type Token } from './text.ts'
import type { CompiledVocabulary } from './vocabulary.ts'

/** A facet constraint with where it stood in the text. */
export interface FoundFacet {
  start: number
  end: number
  constraint: Extract<Constraint, { kind: 'facet' }>
}

/** Candidates that the acceptance model takes, longest first, none overlapping, in the order of the text. */
function acceptedCandidates(
  { text, tokens, free }: Reading,
  vocabulary: CompiledVocabulary,
  weights: Float64Array | undefined,
): Candidate[] {
  const scopes = negationScopes(tokens)
  const taken = tokens.map(() => false)
  const accepted: Candidate[] = []
  // "rain" in "rain jackets" is part of the category's name, not a fact that a jacket must state.
  const category = categoryIn(tokens, vocabulary)
  const named = (one: Candidate): boolean =>
    category !== null &&
    one.from >= category.from &&
    one.to <= category.to &&
    one.to - one.from < category.to - category.from
  const candidates = findCandidates(tokens, free, vocabulary).filter((one) => !named(one))
  const view = viewOf(text, tokens, free, vocabulary, candidates)
  for (const candidate of candidates) {
    let overlaps = false
    for (let index = candidate.from; index < candidate.to; index++) overlaps ||= taken[index] === true
    if (overlaps || isVagueAge(candidate, accepted, tokens)) continue
    const negated = (scopes[candidate.from] ?? -1) >= 0 && !saysNothing(tokens, candidate.from, candidate.to)
    if (!negated && acceptance(featuresOf(candidate, view), weights) < acceptAbove) continue
    for (let index = candidate.from; index < candidate.to; index++) taken[index] = true
    accepted.push(withContained(candidate, candidates, tokens))
  }
  const cues = cueTokens(tokens, accepted)
  // "shaped" in "heart-shaped" names the property; it is no shape of its own.
  const isOnlyCue = (one: Candidate): boolean =>
    one.to - one.from === 1 && cues[one.from] === true && !one.cued
  return accepted
    .filter((one) => !isOnlyCue(one) && !isHalfOfChoice(one, accepted, tokens))
    .toSorted((a, b) => a.from - b.from)
}

/**
 * "for Isuzu or Honda", where the catalog states only Honda: asking for Honda alone would leave out what the shopper
 * also takes. Looks at what stands on the other side of an "or".
 */
function isHalfOfChoice(one: Candidate, accepted: readonly Candidate[], tokens: readonly Token[]): boolean {
  const isOr = (at: number): boolean => tokens[at]?.word === 'or' && tokens[at]?.breakBefore !== true
  const after = isOr(one.to) && !accepted.some((other) => other.from >= one.to && other.from <= one.to + 2)
  const before =
    isOr(one.from - 1) &&
    tokens[one.from - 2]?.kind === 'word' &&
    !accepted.some((other) => other.to === one.from - 1 || other.to === one.from - 2)
  return after || before
}

/** In "kids aged 8+" the age says what "kids" says, and more. */
function isVagueAge(candidate: Candidate, accepted: readonly Candidate[], tokens: readonly Token[]): boolean {
  const isAge = (one: Candidate): boolean => one.entries.some((entry) => entry.facet.concept === 'age')
  const hasNumber = (one: Candidate): boolean =>
    tokens.slice(one.from, one.to).some((token) => token.kind === 'number')
  return isAge(candidate) && !hasNumber(candidate) && accepted.some((one) => isAge(one) && hasNumber(one))
}

/**
 * "casual wear" may be `casual wear` of one facet and `casual` of another, since "wear" only names the property. Takes
 * in the entries of shorter candidates inside this one where all the words left over are cues of their facet.
 */
function withContained(candidate: Candidate, all: readonly Candidate[], tokens: readonly Token[]): Candidate {
  const entries = [...candidate.entries]
  for (const inner of all) {
    if (inner === candidate || inner.from < candidate.from || inner.to > candidate.to) continue
    const rest = tokens.slice(candidate.from, candidate.to).filter((_, index) => {
      const at = candidate.from + index
      return at < inner.from || at >= inner.to
    })
    // The outer stretch is the inner one with a cue ("6000mAh battery"): all that the inner may mean still counts.
    const sameValue = inner.entries.some((entry) => candidate.entries.includes(entry))
    for (const entry of inner.entries) {
      const cuedByRest =
        rest.some((token) => entry.facet.cues.has(token.stem)) &&
        rest.every((token) => entry.facet.cues.has(token.stem) || innerWords.has(token.word))
      if ((cuedByRest || sameValue) && !entries.includes(entry)) entries.push(entry)
    }
  }
  return entries.length === candidate.entries.length ? candidate : { ...candidate, entries }
}

/**
 * The facet constraints of a query. `weights` replaces the committed acceptance model, for training.
 */
export function facetConstraints(
  reading: Reading,
  vocabulary: CompiledVocabulary,
  weights?: Float64Array,
): FoundFacet[] {
  const { text, tokens } = reading
  const scopes = negationScopes(tokens)
  const found: FoundFacet[] = []
  let previous: Candidate | null = null
  for (const candidate of acceptedCandidates(reading, vocabulary, weights)) {
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
      const others = new Set([...(last.constraint.alsoNamed ?? []), ...alsoNamed])
      if (others.size > 0) last.constraint.alsoNamed = [...others]
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
        strength: negated || isInsisted(candidate, tokens) ? 'insisted' : 'named',
        text: text.slice(start, end),
      }
      if (alsoNamed.length > 0) constraint.alsoNamed = alsoNamed
      found.push({ constraint, start, end })
    }
    previous = candidate
  }
  return found
}

/** "only leather", or a size in numbers. */
function isInsisted({ from, to, entries }: Candidate, tokens: readonly Token[]): boolean {
  const only = [from - 1, to].some((at) => tokens[at]?.word === 'only')
  const measured = tokens.slice(from, to).some(({ kind }) => kind === 'number')
  return only || (measured && entries.some(({ facet }) => facet.concept === 'size'))
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
