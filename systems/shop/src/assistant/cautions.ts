import { withoutElision } from '../language/elision.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { LanguageCode } from '../language/languages.ts'
import { listingExamples } from '../language/listing-examples.ts'
import { saying } from '../understand/danger-phrases.ts'
import { fitClassifier } from '../understand/softmax-regression.ts'
import type { Classifier } from '../understand/softmax-regression.ts'
import { forbids } from './forbids.ts'
import { saidIn } from './lines/said.ts'

type Kind = 'warns' | 'tells'

const fitted = new WeakMap<readonly string[], Classifier<Kind>>()

/**
 * How surely a line of a listing warns, forbids or says what the product does not go with, 0–1, by its surest part: a logistic regression over
 * words, fitted to made lines. "Never use it on marble" does, "never slips" does not.
 */
export function cautionOf(text: string, lexicon: Lexicon): number {
  const lines = lexicon.language.cautionLines
  const classifier = fitted.get(lines) ?? fit(lexicon)
  fitted.set(lines, classifier)
  return Math.max(
    ...partsOf(text).map((part) => classifier.probabilities(featuresOf(part, lexicon)).get('warns') ?? 0),
  )
}

/** Whether a line warns, forbids or says what the product does not go with: a known phrase does, or it is as likely as `least`. */
export const isCaution = (text: string, lexicon: Lexicon, least: number): boolean =>
  forbids(text, lexicon) || saying(text, lexicon.language)('warns') || cautionOf(text, lexicon) >= least

const put = new WeakMap<readonly string[], ReadonlySet<string>>()

/** Stems of words in which made lines warn, whatever of: "fit", "keep". */
export function wordsOfCautions(lexicon: Lexicon): ReadonlySet<string> {
  const { cautionLines } = lexicon.language
  const known = put.get(cautionLines)
  if (known) return known
  const counts = new Map<string, number>()
  for (const line of cautionLines)
    for (const stem of new Set(saidIn(line.slice(1), lexicon).map((word) => word.stem)))
      counts.set(stem, (counts.get(stem) ?? 0) + 1)
  const found = new Set([...counts].flatMap(([stem, count]) => (count >= leastPut ? stem : [])))
  put.set(cautionLines, found)
  return found
}

/** A word in so many made lines is one in which they are put. */
const leastPut = 3

/** A line and, of several, its parts: "Fits most frames; not for carbon" warns in the second. */
export function partsOf(text: string): string[] {
  const parts = text.split(/[;:.!(]\s+|\s[–—-]\s/u).filter((part) => /\p{L}/u.test(part))
  return parts.length > 1 ? [text, ...parts] : [text]
}

/** Examples of the language; of the lines of other made listings those tell that deny nothing and hold no word of danger. */
function fit(lexicon: Lexicon): Classifier<Kind> {
  const { language } = lexicon
  const example = (kind: Kind, text: string) => ({ kind, features: featuresOf(text, lexicon) })
  const written = language.cautionLines.map((line) =>
    example(line.startsWith('!') ? 'warns' : 'tells', line.slice(1).trim()),
  )
  const told = listingExamples(language)
    .flatMap(({ fields, sentences }) => [...fields, ...sentences])
    .filter(
      ({ text }) =>
        !saysRole('not', text, language.code) && !forbids(text, lexicon) && !saying(text, language)('warns'),
    )
    .map(({ text }) => example('tells', text))
  return fitClassifier(['warns', 'tells'], [...written, ...told])
}

function saysRole(role: (typeof roles)[number], text: string, code: LanguageCode): boolean {
  const words = new Set(grammarOf(code)[role].map((word) => fold(word)))
  return lexemesOf(text, code).some(({ word }) => words.has(word))
}

/** Whether a text denies, limits or obliges, by little words of grammar. */
export const isLimiting = (text: string, code: LanguageCode): boolean =>
  roles.some((role) => saysRole(role, text, code))

const roles = ['not', 'only', 'must', 'too'] as const

/**
 * The frame of a text: its little words with their neighbours, where any other word is but a place. Besides, its other words, what denies, limits or obliges, and
 * whether known phrases forbid or warn.
 */
function featuresOf(text: string, lexicon: Lexicon): string[] {
  const { language } = lexicon
  const said = lexemesOf(text, language.code).flatMap(({ word, kind }) =>
    kind === 'word' ? withoutElision(word, language.code) : kind === 'number' ? '#' : [],
  )
  const frame = said.map((word) => (word === '#' || language.isFunctionWord(word) ? word : '*'))
  const features = new Set<string>(['='])
  frame.forEach((word, at) => {
    const [earlier, before] = [frame[at - 2] ?? '^', frame[at - 1] ?? '^']
    features.add(word === '*' ? `~${lexicon.meaning(said[at] ?? '')}` : word)
    features.add(`${before} ${word}`)
    features.add(`${earlier} ${before} ${word}`)
  })
  features.add(`${frame.at(-1) ?? ''} $`)
  for (const role of roles) if (saysRole(role, text, language.code)) features.add(`=${role}`)
  if (forbids(text, lexicon)) features.add('=forbids')
  if (saying(text, language)('warns')) features.add('=warns')
  // "WARNING: …"
  if (/^\p{Lu}{4,}\b/u.test(text)) features.add('=capitals')
  return [...features]
}
