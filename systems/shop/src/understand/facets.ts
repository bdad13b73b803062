import type { Constraint } from '../domain/constraints.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { nounFirst } from '../language/languages.ts'
import type { LanguageCode } from '../language/languages.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { cueTokens, findCandidates, saysNothing, type Candidate } from './candidates.ts'
import { properties } from './facet.ts'
import { featuresOf, viewOf } from './features.ts'
import { findHead, type HeadPhrase } from './head.ts'
import { acceptAbove, acceptance as probability } from './model.ts'
import { limitTokens } from './exclusions.ts'
import { negationScopes } from './negation.ts'
import { facetsOf } from './nouns.ts'
import { categoryIn } from './product-type.ts'
import type { Reading } from './reading.ts'
import type { Token } from './text.ts'
import type { Entry } from './value-forms.ts'
import type { CompiledVocabulary } from './vocabulary.ts'

/** A facet constraint with where it stood in the text. */
export interface FoundFacet {
  start: number
  end: number
  constraint: Extract<Constraint, { kind: 'facet' }>
}

/** Candidates that the acceptance model takes, longest first, none overlapping, in the order of the text. */
function acceptedCandidates(
  reading: Reading,
  vocabulary: CompiledVocabulary,
  { weights, threshold = acceptAbove }: Acceptance,
): Candidate[] {
  const { text, tokens, free } = reading
  const { code } = reading.lexicon.language
  const scopes = negationScopes(tokens, reading.lexicon.language)
  const taken = tokens.map(() => false)
  const accepted: Candidate[] = []
  // "rain" in "rain jackets" is part of the category's name, not a fact that a jacket must state.
  const category = categoryIn(tokens, vocabulary)
  const named = (one: Candidate): boolean =>
    category !== null &&
    one.from >= category.from &&
    one.to <= category.to &&
    // "A wig" names the shelf of wigs, no brand that is called "It's a Wig".
    (one.to - one.from < category.to - category.from ||
      (one.kind !== 'exact' && one.entries.every(({ facet }) => facet.concept === 'brand')) ||
      one.entries.every(({ facet }) => facet.concept !== 'brand' && !properties.has(facet.concept)))
  const head = findHead(tokens, free)
  const found = findCandidates(tokens, free, vocabulary, reading.lexicon)
  const candidates = statedByKind(found, head, reading, vocabulary).filter(
    (one) =>
      !named(one) &&
      !isWhatIsAskedFor(one, reading, head) &&
      !onlyNamesItsFacet(one, tokens) &&
      !isKeptByAbsence(one, tokens, scopes, reading.lexicon),
  )
  const limits = limitTokens(tokens, reading.lexicon.language.code)
  const view = viewOf(text, tokens, free, vocabulary, candidates, reading.lexicon.language.code)
  for (const candidate of candidates) {
    let overlaps = false
    for (let index = candidate.from; index < candidate.to; index++) overlaps ||= taken[index] === true
    if (overlaps || isVagueAge(candidate, accepted, tokens)) continue
    if (isBrandElsewhere(candidate, tokens, head)) continue
    // "Not wider than 120 cm" rules out no depth of 120.
    if (candidate.kind !== 'limit' && limits.has(candidate.from - 1)) continue
    const negated = (scopes[candidate.from] ?? -1) >= 0 && !saysNothing(tokens, candidate.from, candidate.to)
    // What is ruled out, limited or said to be the only thing is meant, however it stands in the sentence.
    const isMeant =
      negated ||
      candidate.kind === 'limit' ||
      isWrittenOut(candidate, tokens) ||
      saysOnly(tokens, candidate, code)
    if (!isMeant && probability(featuresOf(candidate, view), weights) < threshold) continue
    for (let index = candidate.from; index < candidate.to; index++) taken[index] = true
    accepted.push(
      isWrittenOut(candidate, tokens)
        ? candidate
        : ofNumber(withContained(candidate, candidates, tokens), tokens),
    )
  }
  const cues = cueTokens(tokens, accepted)
  // "shaped" in "heart-shaped" names the property; it is no shape of its own.
  const isOnlyCue = (one: Candidate): boolean =>
    one.to - one.from === 1 && cues[one.from] === true && !one.cued
  return accepted
    .filter(
      (one) =>
        !isOnlyCue(one) && !isCueOfNeighbour(one, accepted, tokens) && !isHalfOfChoice(one, accepted, tokens),
    )
    .toSorted((a, b) => a.from - b.from)
}

/**
 * Candidates under facets that goods called by the head of the query state: no chair states a wattage. Of what is said in numbers the facets
 * that most of them state stand first: "for 40 kg" says what a mount carries, and not what it weighs. All, where the head names no goods, or
 * a preposition leads it in ("with at least 3 ports").
 */
function statedByKind(
  candidates: readonly Candidate[],
  head: HeadPhrase | null,
  { tokens, lexicon }: Reading,
  vocabulary: CompiledVocabulary,
): Candidate[] {
  if (head === null || opensWithPreposition(tokens, head)) return [...candidates]
  const noun = tokens[nounFirst.has(lexicon.language.code) ? head.from : head.to - 1]
  const own = noun === undefined ? null : facetsOf(noun.stem, vocabulary)
  const last = tokens
    .slice(head.from, head.to)
    .findLast(({ kind, stem }) => kind === 'word' && facetsOf(stem, vocabulary) !== null)
  const stated = own ?? (last === undefined ? null : facetsOf(last.stem, vocabulary))
  if (stated === null) return [...candidates]
  const countOf = ({ facet }: Entry): number => stated.get(facet.name) ?? 0
  return candidates.flatMap((one) => {
    const isOfNumber = tokens.slice(one.from, one.to).some(({ kind }) => kind === 'number')
    const entries =
      own === null
        ? one.entries
        : one.entries.filter((entry) => entry.facet.concept === 'brand' || stated.has(entry.facet.name))
    if (entries.length === 0) return []
    const sorted = isOfNumber ? entries.toSorted((a, b) => countOf(b) - countOf(a)) : entries
    return { ...one, entries: sorted }
  })
}

/** Whether little words alone stand before the head of a query, a preposition among them: it is of what was asked for before. */
const opensWithPreposition = (tokens: readonly Token[], { from }: HeadPhrase): boolean =>
  tokens.slice(0, from).every(({ isContent }) => !isContent) &&
  tokens.slice(0, from).some(({ lead }) => lead !== null)

/** Ways to match in which a value may say more than the words. */
const loosely: ReadonlySet<Candidate['kind']> = new Set(['partial', 'part', 'bag', 'compact'])

/** "iPhone 11": of the values that hold the word, those that hold the number right behind it as well, where any do. */
function ofNumber(candidate: Candidate, tokens: readonly Token[]): Candidate {
  if (!loosely.has(candidate.kind)) return candidate
  const at = tokens.findIndex(
    ({ kind, breakBefore }, place) =>
      kind === 'number' && !breakBefore && place > candidate.from && place <= candidate.to,
  )
  const [word, number] = [tokens[at - 1]?.word, tokens[at]?.word]
  if (word === undefined || number === undefined) return candidate
  const entries = candidate.entries.filter(({ value }) => {
    const parts = fold(value).split(/[^\p{L}\p{N}.]+/u)
    return parts.some((part, place) => part === number && parts[place - 1] === word)
  })
  return entries.length === 0 ? candidate : { ...candidate, entries }
}

/** "4 ud. x 125 g", word for word as the catalog writes it: nobody says that by chance, and no part of it is a value of its own. */
const isWrittenOut = ({ from, to, kind }: Candidate, tokens: readonly Token[]): boolean =>
  kind === 'exact' &&
  to - from > 2 &&
  tokens.slice(from, to).some((token) => token.kind === 'number') &&
  tokens.slice(from, to).some((token) => token.kind === 'word' && token.isContent)

/** "A watch band for Garmin": the brand of what it goes with is none of its own. */
function isBrandElsewhere(
  { from, entries }: Candidate,
  tokens: readonly Token[],
  head: HeadPhrase | null,
): boolean {
  return (
    head !== null &&
    from >= head.to &&
    tokens[from - 1]?.lead === 'for' &&
    entries.every(({ facet }) => facet.concept === 'brand')
  )
}

/** "Shaped" of "heart-shaped", where the heart is a shape: it says what the heart is of, whatever else is called so. */
function isCueOfNeighbour(
  candidate: Candidate,
  accepted: readonly Candidate[],
  tokens: readonly Token[],
): boolean {
  const [token] = tokens.slice(candidate.from, candidate.to)
  return (
    candidate.to - candidate.from === 1 &&
    token?.hyphenated === true &&
    accepted.some(
      (one) => one.to === candidate.from && one.entries.some(({ facet }) => facet.cues.has(token.stem)),
    )
  )
}

/** "With a graphic print pattern", where products are "patterned" or not: the word only says which property is meant. */
function onlyNamesItsFacet({ from, to, entries, kind }: Candidate, tokens: readonly Token[]): boolean {
  const [token] = tokens.slice(from, to)
  return (
    to - from === 1 &&
    token !== undefined &&
    kind !== 'flag' &&
    entries.every(({ facet, value }) => facet.cues.has(token.stem) && fold(value) !== token.word)
  )
}

/**
 * The whole of what is asked for, or the noun that heads it, is what a shopper looks for, and no fact that it must state: `tv` is not
 * "a product whose type says tv". Colours, sizes and the like never head a request.
 */
function isWhatIsAskedFor(
  { from, to, entries, cued, kind }: Candidate,
  { tokens, free, lexicon }: Reading,
  head: HeadPhrase | null,
): boolean {
  if (cued || kind === 'flag' || entries.some(({ facet }) => properties.has(facet.concept))) return false
  if (entries.every(({ facet }) => facet.concept === 'brand')) return false
  const isOutside = (token: Token, index: number): boolean =>
    (index < from || index >= to) && free[index] === true && token.isContent && token.kind !== 'sign'
  if (!tokens.some(isOutside)) return true
  if (head === null || to - from !== 1) return false
  return nounFirst.has(lexicon.language.code)
    ? from === head.from && to < head.to
    : to === head.to && from > head.from
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
  // What keeps a limit of a bare number is all that it may mean.
  if (candidate.kind === 'limit' && candidate.entries.every(({ facet }) => facet.dimensions.size === 0))
    return candidate
  const entries = [...candidate.entries]
  for (const inner of all) {
    if (inner === candidate || inner.from < candidate.from || inner.to > candidate.to) continue
    if (inner.kind === 'part' || inner.kind === 'near') continue
    const rest = tokens.slice(candidate.from, candidate.to).filter((_, index) => {
      const at = candidate.from + index
      return at < inner.from || at >= inner.to
    })
    // The outer stretch is the inner one with a cue ("6000mAh battery"): all that the inner may mean still counts.
    const sameValue = inner.entries.some((entry) => candidate.entries.includes(entry))
    for (const entry of inner.entries) {
      const cuedByRest =
        rest.some((token) => entry.facet.cues.has(token.stem)) &&
        rest.every((token) => entry.facet.cues.has(token.stem) || token.isInner)
      if ((cuedByRest || sameValue) && !entries.includes(entry)) entries.push(entry)
    }
  }
  return entries.length === candidate.entries.length ? candidate : { ...candidate, entries }
}

/** What replaces the committed acceptance model and its threshold, for training. */
export interface Acceptance {
  weights?: Float64Array
  threshold?: number
}

/** The facet constraints of a query. */
export function facetConstraints(
  reading: Reading,
  vocabulary: CompiledVocabulary,
  acceptance: Acceptance = {},
): FoundFacet[] {
  const { text, tokens } = reading
  const scopes = negationScopes(tokens, reading.lexicon.language)
  const found: FoundFacet[] = []
  let previous: Candidate | null = null
  for (const candidate of acceptedCandidates(reading, vocabulary, acceptance)) {
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
      joinedByOr(tokens, previous.to, candidate.from, reading.lexicon.language.code)
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
        strength:
          negated || isInsisted(candidate, tokens, reading.lexicon.language.code) ? 'insisted' : 'named',
        text: text.slice(start, end),
      }
      if (alsoNamed.length > 0) constraint.alsoNamed = alsoNamed
      found.push({ constraint, start, end })
    }
    previous = candidate
  }
  return found
}

/** Numbers of these are sizes that do not bend; an age or a year is meant roughly. */
const isExactNumber = ({ kind, entries }: Candidate, hasNumber: boolean): boolean =>
  kind === 'limit' ||
  (hasNumber &&
    entries.some(
      ({ facet }) => facet.concept === 'size' || facet.concept === 'count' || facet.dimensions.size > 0,
    ))

/**
 * "only leather", a limit, or a size in numbers. What a product goes with is never insisted on: it is another product. Nor is what another word may
 * stand for: what "has to be light" need be no lamp.
 */
function isInsisted(candidate: Candidate, tokens: readonly Token[], language: LanguageCode): boolean {
  const { from, to, entries } = candidate
  if (entries.every(({ facet }) => facet.isCompatibility)) return false
  const hasNumber = tokens.slice(from, to).some(({ kind }) => kind === 'number')
  return (
    isExactNumber(candidate, hasNumber) ||
    (candidate.kind !== 'synonym' && saysOnly(tokens, candidate, language))
  )
}

/** Whether a word of exclusion stands right before a stretch (a preposition between apart) or right after it. */
function saysOnly(tokens: readonly Token[], { from, to }: Candidate, language: LanguageCode): boolean {
  const phrases = grammarOf(language).only.map((phrase) => fold(phrase).split(' '))
  const standsAt = (at: number, words: readonly string[]): boolean =>
    at >= 0 && words.every((word, index) => tokens[at + index]?.word === word)
  return phrases.some(
    (words) =>
      standsAt(from - words.length, words) ||
      (tokens[from - 1]?.isContent === false && standsAt(from - 1 - words.length, words)) ||
      standsAt(to, words),
  )
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

/** "Without nuts", where the catalog states `nut free`: what states that keeps it, and is not what is ruled out. */
function isKeptByAbsence(
  one: Candidate,
  tokens: readonly Token[],
  scopes: readonly number[],
  { language }: Lexicon,
): boolean {
  if ((scopes[one.from] ?? -1) < 0 || statesAbsence(one, tokens)) return false
  const { free, without } = grammarOf(language.code)
  const absent = new Set([...free, ...without].map((phrase) => fold(phrase)))
  return one.entries.every(({ value }) =>
    fold(value)
      .split(/[^\p{L}\p{N}]+/u)
      .some((word) => absent.has(word)),
  )
}

function joinedByOr(tokens: readonly Token[], from: number, to: number, language: LanguageCode): boolean {
  if (to - from > 3) return false
  const { or, and } = grammarOf(language)
  const between = tokens.slice(from, to).map((token) => token.word)
  const gap = between.length === 0 && tokens[to]?.breakBefore === true
  return (
    gap ||
    (between.some((word) => or.includes(word)) &&
      between.every((word) => or.includes(word) || and.includes(word)))
  )
}
