import type { Dimension } from '../language/units.ts'
import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { sidesOf } from '../language/sides.ts'
import type { Facet } from './facet.ts'
import { plainNumber, typedForms } from './forms.ts'
import { contentTokens, type Token } from './text.ts'
import { bagForm, compactForm, wordForm, type Entry, type MatchKind, type Posting } from './value-forms.ts'
import { stemsInside, stemsNear, type CompiledVocabulary } from './vocabulary.ts'

/** A stretch of the query that may name a value, with every vocabulary entry that it may mean. */
export interface Candidate {
  from: number
  /** Exclusive. */
  to: number
  entries: Entry[]
  /** The surest way in which it matched, and how much of that value it says. */
  kind: MatchKind
  share: number
  /** Whether a word of a facet's name ("size", "pattern") stands beside it. */
  cued: boolean
}

const kindOrder: readonly MatchKind[] = [
  'exact',
  'alternative',
  'typed',
  'limit',
  'stem',
  'number',
  'compact',
  'bag',
  'flag',
  'partial',
  'part',
  'near',
  'synonym',
]
/** How many tokens away a word may stand and still speak for a value: "in the color black", "size: 6". */
const cueReach = 3

/**
 * Every stretch of the tokens that matches the vocabulary, longest first. `free` says which tokens no other part of
 * the query (a price, a term of sale, boilerplate) has taken.
 */
export function findCandidates(
  tokens: readonly Token[],
  free: readonly boolean[],
  vocabulary: CompiledVocabulary,
  lexicon: Lexicon = english,
): Candidate[] {
  const found = new Map<number, Candidate>()
  const held = new Map<number, Set<Entry>>()
  const measured = new Map<number, Dimension>()
  const stems = new Set(tokens.map((token) => token.stem))
  const take = (
    from: number,
    to: number,
    postings: readonly Posting[] | undefined,
    typed: { dimension: Dimension | null; bare: boolean; form: string } | null,
    loosely: 'near' | 'synonym' | null = null,
    isRuledOut: (entry: Entry) => boolean = () => false,
  ): void => {
    if (postings === undefined) return
    for (let index = from; index < to; index++) if (free[index] !== true) return
    const key = from * 1024 + to
    if (typed?.dimension) measured.set(key, typed.dimension)
    const nothing = saysNothing(tokens, from, to)
    for (const { entry, kind: matched, requires, share } of postings) {
      const kind = loosely ?? matched
      if (loosely !== null && matched !== 'exact' && matched !== 'part' && matched !== 'alternative') continue
      if (isRuledOut(entry)) continue
      if (requires !== null && !requires.every((word) => standsOutside(tokens, word, from, to, stems)))
        continue
      const cued =
        isWornIn(tokens, from, to, entry) ||
        (nothing ? cueTouches(tokens, from, entry) : cueBeside(tokens, from, to, entry.facet)) ||
        isYear(tokens, from, to, entry)
      if (typed?.bare === true && !numberFits(entry, typed.dimension, typed.form, cued)) continue
      // A colour "a" or a size "s" is meant only right after its cue.
      if (nothing && !cued) continue
      const known = found.get(key)
      if (known === undefined) {
        found.set(key, { from, to, entries: [entry], kind, share, cued })
        held.set(key, new Set([entry]))
      } else {
        const entriesOf = held.get(key) ?? new Set<Entry>()
        if (!entriesOf.has(entry)) {
          entriesOf.add(entry)
          if (cued && !known.cued) known.entries.unshift(entry)
          else known.entries.push(entry)
        }
        known.cued ||= cued
        if (kindOrder.indexOf(kind) < kindOrder.indexOf(known.kind)) {
          known.kind = kind
          known.share = share
        } else if (kind === known.kind) known.share = Math.max(known.share, share)
      }
    }
  }
  const looked = new Map<string, string[]>()
  const near = (token: Token): string[] => {
    if (token.kind !== 'word' || !token.isContent) return []
    const known = looked.get(token.stem) ?? [
      ...stemsInside(token.word, vocabulary, lexicon),
      ...stemsNear(token.stem, vocabulary),
    ]
    looked.set(token.stem, known)
    return known
  }
  // What has synonyms is a word of its own, and no slip for the name of a maker: "automatic" is no Autometer.
  const isSlipForName = ({ word, stem }: Token, other: string, facet: Facet): boolean =>
    facet.name === 'brand' &&
    other !== stem &&
    lexicon.synonyms.substitutes([lexicon.stem(word)]).length > 0 &&
    !stemsInside(word, vocabulary, lexicon).includes(other)
  for (let from = 0; from < tokens.length; from++) {
    const first = tokens[from]
    if (first === undefined || free[from] !== true || first.kind === 'sign') continue
    const longest = Math.min(tokens.length, from + vocabulary.longest + 2)
    let isBroken = false
    for (let to = from + 1; to <= longest; to++) {
      const last = tokens[to - 1]
      if (last === undefined || free[to - 1] !== true) break
      isBroken ||= to - 1 > from && breaksValue(last)
      if (last.kind === 'sign') continue
      if (to - from > 1 && (first.isInner || last.isInner)) continue
      const span = contentTokens(tokens.slice(from, to))
      if (isBroken) {
        // "2 ud. (360 g)": a measure written as the catalog writes it is one value, whatever stands inside it.
        if (to - from > 2 && span.some(({ kind }) => kind === 'number'))
          take(from, to, vocabulary.postings.get(wordForm(span)), null)
        continue
      }
      const only = span.length === 1 ? span[0] : undefined
      const counted =
        only === undefined || only.count === null || only.count === 1 ? undefined : String(only.count)
      const lone = only?.kind === 'number' ? plainNumber(only.word) : counted
      if (lone !== undefined) {
        take(from, to, vocabulary.postings.get(`n:${lone}`), { dimension: null, bare: true, form: 'n' })
        continue
      }
      take(from, to, vocabulary.postings.get(wordForm(span)), null)
      take(from, to, vocabulary.postings.get(compactForm(span)), null)
      if (span.length > 1 && span.length <= 5) take(from, to, vocabulary.postings.get(bagForm(span)), null)
      if (span.length <= 3)
        for (const [at, token] of span.entries())
          for (const stem of near(token)) {
            const written = span.with(at, { ...token, stem })
            take(from, to, vocabulary.postings.get(wordForm(written)), null, 'near', ({ facet }) =>
              isSlipForName(token, stem, facet),
            )
          }
      // "everyday wear" is `casual` in a store where nothing is "everyday".
      if (span.length === 1 && !found.has(from * 1024 + to))
        for (const stems of substitutesOf(span, lexicon))
          take(from, to, vocabulary.postings.get(`w:${stems}`), null, 'synonym')
    }
  }
  for (const typed of typedForms(tokens, lexicon)) {
    take(typed.from, typed.to, vocabulary.postings.get(typed.form), {
      dimension: typed.dimension,
      bare: false,
      form: typed.form,
    })
    const isLimit = /^(?:least|most|above|below):/.test(typed.form)
    const within = isLimit ? withinLimit(typed, tokens, vocabulary, lexicon) : undefined
    take(typed.from, typed.to, within, { dimension: typed.dimension, bare: false, form: typed.form })
    if (typed.number !== null && (within === undefined || typed.dimension !== null))
      take(typed.from, typed.to, vocabulary.postings.get(`n:${typed.number}`), {
        dimension: typed.dimension,
        bare: true,
        form: typed.form,
      })
    if (typed.form.startsWith('range:'))
      take(typed.from, typed.to, vocabulary.postings.get(`w:${typed.number?.replace('-', ' ') ?? ''}`), {
        dimension: typed.dimension,
        bare: true,
        form: typed.form,
      })
  }
  // Facets that are measured in the unit that is said come before those with a bare number: "40 kg" is a weight before it is any other 40.
  for (const [key, dimension] of measured) {
    const candidate = found.get(key)
    const isMeasured = ({ facet }: Entry): boolean => facet.dimensions.has(dimension)
    if (candidate?.entries.some(isMeasured))
      candidate.entries = candidate.entries.toSorted((a, b) => Number(isMeasured(b)) - Number(isMeasured(a)))
  }
  return [...found.values()]
    .filter(({ to }) => !cutsMeasure(tokens, to))
    .toSorted((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)
}

/** Whether a stretch ends between a number and its unit: "de 150" of "de 150 ml" is no 150 g. English words that are units too ("size 10 in red") cut nothing. */
function cutsMeasure(tokens: readonly Token[], to: number): boolean {
  const next = tokens[to]
  return (
    tokens[to - 1]?.kind === 'number' &&
    next !== undefined &&
    next.unit !== null &&
    !next.breakBefore &&
    !/^(?:in|a|to|go)$/.test(next.word)
  )
}

/** What else words may be called, by the store's synonyms and those of its language. */
function substitutesOf(span: readonly Token[], lexicon: Lexicon): string[] {
  if (!span.every((token) => token.kind === 'word' && token.isContent)) return []
  return lexicon.synonyms
    .substitutes(span.map((token) => lexicon.stem(token.word)))
    .map(({ stems }) => stems.map((stem) => lexicon.synonyms.meaning(stem)).join(' '))
}

/** A comma inside a value is rare; a slash or hyphen is common and is no break. */
const breaksValue = (token: Token): boolean => token.breakBefore

/**
 * Values of the catalog that keep a stated limit ("at least 16 GB of RAM"): of the facets that a word beside it names, else of all with
 * such a measure. A number without a unit is a limit only of a facet that is named.
 */
function withinLimit(
  { form, from, to }: { form: string; from: number; to: number },
  tokens: readonly Token[],
  vocabulary: CompiledVocabulary,
  lexicon: Lexicon,
): Posting[] | undefined {
  const [bound = '', second = '', third] = form.split(':')
  const limit = Number(third ?? second)
  const known = vocabulary.measures.get(third === undefined ? 'number' : (second as Dimension))
  if (known === undefined) return undefined
  const side = sideBeside(tokens.slice(Math.max(0, from - cueReach), to), lexicon)
  const named = [...known.keys()].filter(
    (facet) => cueBeside(tokens, from, to, facet) || [...facet.cues].some((cue) => side.has(cue)),
  )
  const facets =
    named.length > 0 ? bestNamed(named, tokens, to) : third === undefined ? [] : [...known.keys()]
  const kept: Posting[] = []
  let all = 0
  for (const facet of facets)
    for (const { entry, amount } of known.get(facet) ?? []) {
      all++
      if (keeps[bound]?.(amount, limit)) kept.push({ entry, kind: 'limit', requires: null, share: 1 })
    }
  return kept.length === 0 || kept.length === all ? undefined : kept
}

/** Of facets that words behind a limit name, those that most of them do: "at least 3 HDMI ports" speaks of no other ports. */
function bestNamed(facets: readonly Facet[], tokens: readonly Token[], to: number): readonly Facet[] {
  const until = tokens.findIndex(({ breakBefore }, at) => at > to && breakBefore)
  const behind = tokens.slice(to, Math.min(to + cueReach, until === -1 ? tokens.length : until))
  if (tokens[to]?.breakBefore === true) return facets
  const said = facets.map(({ cues }) => behind.filter(({ stem }) => cues.has(stem)).length)
  const most = Math.max(...said)
  return facets.filter((_, at) => said[at] === most)
}

const keeps: Readonly<Record<string, (amount: number, limit: number) => boolean>> = {
  least: (amount, limit) => amount >= limit,
  most: (amount, limit) => amount <= limit,
  above: (amount, limit) => amount > limit,
  below: (amount, limit) => amount < limit,
}

/** What the side of a thing is called that some words speak of: "wider than" of a width. */
function sideBeside(tokens: readonly Token[], lexicon: Lexicon): ReadonlySet<string> {
  const spoken = sidesOf(lexicon.language).filter(({ words }) => tokens.some(({ word }) => words.has(word)))
  return new Set(spoken.flatMap(({ words }) => [...words].map((word) => lexicon.meaning(word))))
}

function standsOutside(
  tokens: readonly Token[],
  word: string,
  from: number,
  to: number,
  stems: ReadonlySet<string>,
): boolean {
  if (!stems.has(word)) return false
  return tokens.some((token, index) => token.stem === word && (index < from || index >= to))
}

function cueBeside(
  tokens: readonly Token[],
  from: number,
  to: number,
  { cues }: Pick<Facet, 'cues'>,
): boolean {
  if (tokens[from]?.breakBefore === true) return cueAfter(tokens, to, cues)
  for (let index = from - 1; index >= Math.max(0, from - cueReach); index--) {
    const token = tokens[index]
    if (token === undefined) break
    if (cues.has(token.stem)) return true
    if (token.breakBefore) break
  }
  return cueAfter(tokens, to, cues)
}

/** "color a", "size is s", "color family a": words that say nothing are values only right after their cue. */
function cueTouches(tokens: readonly Token[], from: number, entry: Entry): boolean {
  let at = from - 1
  if (/^(?:is|of|option|family|value|number|variant)$/.test(tokens[at]?.word ?? '')) at--
  if (/^(?:family|option)$/.test(tokens[at]?.word ?? '')) at--
  const cue = tokens[at]
  return cue !== undefined && entry.facet.cues.has(cue.stem) && tokens[from]?.breakBefore !== true
}

function cueAfter(tokens: readonly Token[], to: number, cues: ReadonlySet<string>): boolean {
  for (let index = to; index < Math.min(tokens.length, to + 2); index++) {
    const token = tokens[index]
    if (token === undefined || token.breakBefore) break
    if (cues.has(token.stem)) return true
    if (/^(?:and|or|in|with)$/.test(token.word)) break
  }
  return false
}

/** "in M", "in a 36": what one wears something in is its size. A letter counts as one where it is written as sizes are. */
function isWornIn(tokens: readonly Token[], from: number, to: number, entry: Entry): boolean {
  const [only] = tokens.slice(from, to)
  if (to - from !== 1 || only === undefined || entry.facet.concept !== 'size') return false
  if (only.kind !== 'number' && !only.isCapital) return false
  const before = tokens[from - 1]
  const lead = before?.isContent === false && before.lead === null ? tokens[from - 2] : before
  const next = tokens[to]
  return (
    lead?.lead === 'in' &&
    (next === undefined || next.breakBefore || next.kind === 'number' || !next.isContent)
  )
}

/** "from 2023" speaks of a year by itself. */
function isYear(tokens: readonly Token[], from: number, to: number, entry: Entry): boolean {
  return (
    to - from === 1 &&
    /^(?:19[5-9]|20[0-4])\d$/.test(tokens[from]?.word ?? '') &&
    /year/i.test(entry.facet.name)
  )
}

/** Which tokens serve as a cue of some candidate, and so are no value of their own: "power" in "power 500-1000". */
export function cueTokens(tokens: readonly Token[], candidates: readonly Candidate[]): boolean[] {
  const cues = tokens.map(() => false)
  for (const { from, to, entries, cued } of candidates) {
    if (!cued || saysNothing(tokens, from, to)) continue
    for (let index = Math.max(0, from - cueReach); index < Math.min(tokens.length, to + 2); index++) {
      if (index >= from && index < to) continue
      const word = tokens[index]?.stem ?? ''
      if (entries.some((entry) => entry.facet.cues.has(word))) cues[index] = true
    }
  }
  return cues
}

/** A bare number means a facet's value only when its unit or a word beside it says so. */
function numberFits(entry: Entry, dimension: Dimension | null, form: string, cued: boolean): boolean {
  if (cued) return true
  if (dimension !== null) return entry.facet.dimensions.has(dimension)
  if (form.startsWith('size:')) return entry.facet.concept === 'size'
  return form.startsWith('count:') && entry.facet.concept === 'count'
}

/**
 * Whether the words of a stretch say nothing by themselves, so that a value of them needs a cue ("color show"). A letter
 * says nothing alone, but does beside another word ("type c", "style b").
 */
export function saysNothing(tokens: readonly Token[], from: number, to: number): boolean {
  const words = tokens.slice(from, to).filter((token) => token.kind !== 'sign')
  const [only] = words
  if (words.length === 1 && only !== undefined) {
    return !only.isContent || (only.kind === 'word' && only.word.length === 1)
  }
  return words.every((token) => !token.isContent)
}
