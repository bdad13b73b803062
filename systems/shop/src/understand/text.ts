import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'
import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { numberWords } from '../language/numbers.ts'
import { unitsOf, type Unit } from '../language/units.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexeme } from '../language/lexemes.ts'

/** A word, number or sign of a text, with what it means. */
export interface Token extends Lexeme {
  /** What matching compares: one stem for every form, spelling and synonym of one meaning. */
  stem: string
  /** The unit of measure that it names; null where it names none. */
  unit: Unit | null
  /** The value of a spelled-out number; null for digits and other words. */
  count: number | null
  /** What a preposition says of the words after it. */
  lead: Lead | null
  /** Whether a noun phrase ends before it. */
  endsPhrase: boolean
  isSizeWord: boolean
  /** Whether it is written in capitals. */
  isCapital: boolean
  /** Whether it may stand inside a value, while a stretch neither begins nor ends with it. */
  isInner: boolean
  /** Whether it says something by itself; words of asking ("show", "options") and function words do not. */
  isContent: boolean
}

/** Splits a text into tokens as a store's lexicon reads them. */
export function tokenize(text: string, lexicon: Lexicon = english): Token[] {
  const { code } = lexicon.language
  const units = unitsOf(code)
  const numbers = numberWords(code)
  const roles = rolesOf(code)
  return lexemesOf(text, code).map((lexeme, at, all) => ({
    ...lexeme,
    unit: units.get(lexeme.word) ?? null,
    lead: roles.leads.get(lexeme.word) ?? null,
    endsPhrase: roles.ends.has(lexeme.word),
    isCapital: /^\p{Lu}+$/u.test(text.slice(lexeme.start, lexeme.end)),
    isSizeWord: roles.sizes.has(lexeme.word),
    // "360 g": what measures a number is no function word, though a list of those holds each letter.
    isInner:
      code === 'en'
        ? innerWords.has(lexeme.word)
        : lexicon.isFunctionWord(lexeme.word) && !(units.has(lexeme.word) && all[at - 1]?.kind === 'number'),
    count: lexeme.kind === 'word' ? (numbers.get(lexeme.word) ?? null) : null,
    stem: lexeme.kind === 'word' ? lexicon.meaning(lexeme.word) : lexeme.word,
    isContent: !lexicon.isFunctionWord(lexeme.word) && !lexicon.language.isRequestWord(lexeme.word),
  }))
}

/** English words that may stand inside a value. */
const innerWords: ReadonlySet<string> = new Set(
  'a an and the of for to in on with by or from at is are that it its as be'.split(' '),
)
/** English words that end a noun phrase, besides those of the grammar. */
const englishEnds =
  'with in for from made that which priced by at on of to and or under over below above between costing cost available compatible suitable featuring specifically especially preferably without who where when using sold designed ideal supporting is are has have not no'

export type Lead = 'in' | 'for' | 'from' | 'made-of' | 'with'

interface Roles {
  leads: ReadonlyMap<string, Lead>
  ends: ReadonlySet<string>
  sizes: ReadonlySet<string>
}

const known = new Map<LanguageCode, Roles>()

function rolesOf(code: LanguageCode): Roles {
  const found = known.get(code)
  if (found !== undefined) return found
  const grammar = grammarOf(code)
  const leads = new Map<string, Lead>()
  for (const lead of ['with', 'from', 'made-of', 'for', 'in'] as const)
    for (const phrase of grammar[lead]) leads.set(fold(phrase), lead)
  const single = (['and', 'or', 'without', 'below', 'at-most', 'above', 'at-least', 'between'] as const)
    .flatMap((role) => grammar[role])
    .map((phrase) => fold(phrase))
    .filter((phrase) => /^\p{L}+$/u.test(phrase))
  const ends = code === 'en' ? englishEnds.split(' ') : [...leads.keys(), ...single]
  const roles = { leads, ends: new Set(ends), sizes: new Set(grammar.size.map((word) => fold(word))) }
  known.set(code, roles)
  return roles
}

/** Words of a token list that take part in a match. */
export const contentTokens = (tokens: readonly Token[]): Token[] => {
  const content = tokens.filter((token) => token.kind !== 'sign' && !token.isInner)
  return content.length > 0 ? content : tokens.filter((token) => token.kind !== 'sign')
}
