import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import type { Language } from '../language/language.ts'
import { nounFirst } from '../language/languages.ts'
import type { LanguageCode } from '../language/languages.ts'
import { english } from '../language/lexicon.ts'
import type { Token } from './text.ts'

/** How a language opens a negation: words by word, phrases of several as lists of words. */
interface Openers {
  words: ReadonlySet<string>
  phrases: readonly (readonly string[])[]
  free: ReadonlySet<string>
  or: ReadonlySet<string>
  and: ReadonlySet<string>
  /** Articles and the like, over which a negation passes. */
  filler: ReadonlySet<string>
  /** What somebody does with what they rule out: wants it, likes it. */
  deeds: ReadonlySet<string>
}

const known = new Map<LanguageCode, Openers>()

function openersOf(code: LanguageCode): Openers {
  const found = known.get(code)
  if (found !== undefined) return found
  const grammar = grammarOf(code)
  const split = grammar.without.map((phrase) => fold(phrase).split(' '))
  const folded = (phrases: readonly string[]): ReadonlySet<string> =>
    new Set(phrases.map((phrase) => fold(phrase)))
  const openers: Openers = {
    words: new Set(split.flatMap((words) => (words.length === 1 ? words : []))),
    phrases: split.filter((words) => words.length > 1),
    free: folded(grammar.free),
    or: folded([...grammar.or, ...grammar.nor]),
    and: folded(grammar.and),
    filler: folded(grammar.filler),
    deeds: folded([...grammar.wants, ...grammar.likes]),
  }
  known.set(code, openers)
  return openers
}

/** After these a "no" or "not" negates nothing that a catalog states. */
const harmless: ReadonlySet<string> = new Set([
  'only',
  'more',
  'less',
  'sure',
  'later',
  'longer',
  'just',
  'matter',
  'problem',
  'idea',
  'over',
  'under',
  'one',
])
const closes: ReadonlySet<string> = new Set([
  'but',
  'with',
  'just',
  'only',
  'however',
  'though',
  'although',
  'that',
  'which',
  'for',
  'in',
  'please',
  'because',
  'so',
  'to',
  'instead',
])
/** "Not scented with lavender", "isn't made with nuts": the deed is negated for what it is done with. */
const isOfDeed = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.word === 'with' &&
  tokens[at]?.breakBefore === false &&
  /.{3}ed$|^(?:made|cut|sewn|woven|spun|filled|built)$/.test(tokens[at - 1]?.word ?? '')

/** How many words a negation may reach: "without any real or faux leather". */
const reach = 6

/**
 * For each token the index of the word that negates it, or -1. A negation runs to the next break, preposition or
 * contrast, and on through "or" and "nor": in "no leather or suede, in red" it covers leather and suede. A preposition right after it
 * belongs to it: "not for kids".
 */
export function negationScopes(tokens: readonly Token[], language: Language = english.language): number[] {
  const { words, phrases, free, or, and, filler, deeds } = openersOf(language.code)
  const scopes = tokens.map(() => -1)
  const ends = (token: Token): boolean =>
    closes.has(token.word) ||
    (language.code !== 'en' &&
      language.isFunctionWord(token.word) &&
      !or.has(token.word) &&
      !and.has(token.word) &&
      !filler.has(token.word))
  // "Jag tror inte att jag vill ha glas", "no lo quiero con lana": who does not want it stands before what is not wanted.
  const isLedIn = (start: number, next: number): boolean =>
    tokens[start]?.breakBefore === false &&
    // "I don't want it in orange".
    (language.code !== 'en' ||
      (/^(?:in|with)$/.test(tokens[next]?.word ?? '') &&
        tokens.slice(start, next).some(({ word }) => deeds.has(word)))) &&
    tokens
      .slice(start, next)
      .every(
        ({ word, isContent }) =>
          !isContent || deeds.has(word) || language.isRequestWord(word) || language.isFunctionWord(word),
      )
  for (let at = 0; at < tokens.length; at++) {
    const word = tokens[at]?.word ?? ''
    const phrase = phrases.find((one) =>
      one.every(
        (part, index) =>
          tokens[at + index]?.word === part && (index === 0 || tokens[at + index]?.breakBefore === false),
      ),
    )
    const dont =
      language.code === 'en' &&
      /^(?:don|doesn|isn|aren|didn|shouldn|cannot|dont|isnt|arent|doesnt)$/.test(word)
    if (!words.has(word) && phrase === undefined && !dont) {
      // `leather-free`, `sugar free`
      const next = tokens[at + 1]
      if (
        next !== undefined &&
        free.has(next.word) &&
        !next.breakBefore &&
        !/^(?:shipping|delivery|gift|sample|returns?|of|from|size|standing)$/.test(tokens[at + 2]?.word ?? '')
      ) {
        if (tokens[at]?.kind === 'word') scopes[at] = at + 1
      }
      continue
    }
    // `no-pull`, `non-slip`: a compound names a feature, it takes nothing away.
    if (tokens[at + 1]?.hyphenated) continue
    if (harmless.has(tokens[at + 1]?.word ?? '')) continue
    let covered = 0
    const start = at + (phrase?.length ?? 1)
    for (const before of saidBefore(tokens, at, start, language)) scopes[before] = at
    // "Non dairy milk" is still milk: English says no more by it than by "non-dairy".
    const most = word === 'non' && language.code === 'en' ? 1 : reach
    for (let next = start; next < tokens.length && covered < most; next++) {
      const token = tokens[next]
      if (
        token === undefined ||
        (ends(token) && next > start && !isOfDeed(tokens, next) && !isLedIn(start, next))
      )
        break
      // "She hardly drinks no water and I want a fountain": what is wanted is not ruled out.
      if (deeds.has(token.word) && next > start && and.has(tokens[next - 1]?.word ?? '')) {
        scopes[next - 1] = -1
        break
      }
      // "Without black,green,grey", written without spaces, is one list.
      const isList = token.start - (tokens[next - 1]?.end ?? 0) === 1
      if (token.breakBefore && !isList && next > at + 1) break
      if (
        and.has(token.word) &&
        tokens[next + 1] !== undefined &&
        (/^(?:with|in|for|a|the|is|has|under|over)$/.test(tokens[next + 1]?.word ?? '') ||
          (language.code !== 'en' && language.isFunctionWord(tokens[next + 1]?.word ?? '')))
      )
        break
      scopes[next] = at
      covered++
    }
  }
  return scopes
}

/** More words of content than these before a negation are no name of what is not wanted. */
const mostBefore = 3

/**
 * Places of the words that a negation behind them rules out: "orange vill jag inte ha", "couro não". Its clause says nothing else behind it, and that
 * somebody wants or likes it; where nouns stand first, the noun alone will do.
 */
function saidBefore(tokens: readonly Token[], at: number, start: number, language: Language): number[] {
  const { deeds, or } = openersOf(language.code)
  const from = Math.max(
    0,
    tokens.findLastIndex(({ breakBefore }, index) => breakBefore && index <= at),
  )
  const next = tokens.findIndex(({ breakBefore }, index) => breakBefore && index >= start)
  const to = next === -1 ? tokens.length : next
  const isSaid = ({ word, kind, isContent }: Token): boolean =>
    kind !== 'sign' && isContent && !deeds.has(word) && !language.isRequestWord(word)
  const clause = tokens.slice(from, to)
  // "In blue or not?"
  if (tokens.slice(start, to).some(isSaid) || or.has(tokens[at - 1]?.word ?? '')) return []
  const placesOf = (is: (token: Token) => boolean): number[] =>
    clause.flatMap((token, index) => (from + index < at && is(token) ? [from + index] : []))
  const said = placesOf(isSaid)
  const isWanted = clause.some(({ word }) => deeds.has(word))
  const isBare = nounFirst.has(language.code) && start === to && said.length === at - from
  return said.length <= mostBefore && (isWanted || isBare)
    ? [...said, ...placesOf(({ word }) => deeds.has(word))]
    : []
}
