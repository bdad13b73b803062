import type { Evidence } from '../domain/answer.ts'
import type { Product } from '../domain/product.ts'
import { asksIfAny, asksWhat, countAsked, isAsking } from '../language/asking.ts'
import { grammarOf } from '../language/grammar.ts'
import type { Language } from '../language/language.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { saying } from '../understand/danger-phrases.ts'
import { isOfChild, isPut } from './asks-safety.ts'
import { dimensionsAsked } from './dimensions.ts'
import { listingEvidence } from './evidence.ts'
import { isCaution } from './cautions.ts'
import { aboutOf } from './lines/about.ts'
import { isFormOf, isSame, saidIn } from './lines/said.ts'
import { touchedCautions } from './touched.ts'
import { contentStems } from './words.ts'

/** So many warnings of one listing are quoted at most. */
const mostWarnings = 2
/** From here on a line is surely one that warns. */
const leastCaution = 0.25

/** Whether a message asks something and speaks of a child or of what may hurt: what a listing warns of is said beside any answer to it. */
export const asksOfRisk = (message: string, language: Language): boolean =>
  isPut(message, language) && (isOfChild(message, language) || saying(message, language)('hazards'))

/** Whether a message asks whether something is so or may be done, and neither for a measure nor for other goods. */
export function asksWhether(message: string, lexicon: Lexicon): boolean {
  const { code } = lexicon.language
  return isAsking(message, code) && !asksWhat(message, code) && !asksIfAny(message, code)
}

/** Whether a line says how something is cleaned: "do not tumble dry" hurts nobody. */
export const isOfCare = (text: string, lexicon: Lexicon): boolean =>
  (aboutOf(text, 'told', lexicon)?.get('care') ?? 0) > 0.5

/** What of a listing's warnings has to be said, and whether it tells what is asked. */
export interface Warned {
  lines: Evidence[]
  isAnswer: boolean
}

/**
 * What of a listing's warnings a message names ("never on marble"), beside any answer. The others ("harmful if swallowed") beside any answer where a risk is asked
 * of or a child is spoken of, and beside none where it is asked whether something may be done. There, where it does not warn, the line that forbids
 * something, but not how it is cleaned, and none for children without one.
 */
export function warnedOf(message: string, product: Product, lexicon: Lexicon, isAnswered: boolean): Warned {
  const { language } = lexicon
  const isOfRisk = asksOfRisk(message, language)
  const isWhether = asksWhether(message, lexicon)
  const touched = touchedCautions(message, product, lexicon)
  if (!isOfRisk && (isAnswered || !isWhether || touched.length > 0))
    return { lines: touched.slice(0, mostWarnings), isAnswer: isWhether && touched.length > 0 }
  const isMeasured =
    countAsked(message, language.code) !== null || dimensionsAsked(message, lexicon).length > 0
  const told = listingEvidence(product, lexicon).filter(({ kind }) => kind === 'listing')
  const warning = told.filter(({ text }) => saying(text, language)('warns'))
  const children = new Set(grammarOf(language.code).child.flatMap((word) => contentStems(word, lexicon)))
  const namesChild = ({ stems }: Evidence): boolean => [...children].some((stem) => stems.has(stem))
  const named = contentStems(product.title, lexicon)
  const asked = saidIn(message, lexicon).filter(({ stem }) => !named.includes(stem))
  const saysAsked = ({ text }: Evidence): boolean =>
    saidIn(text, lexicon).some((held) => asked.some((one) => isSame(one, held) || isFormOf(one, held)))
  const forbidding = told
    .filter(({ text }) => isCaution(text, lexicon, leastCaution) && !isOfCare(text, lexicon))
    .filter((line) => !warning.includes(line))
    .filter((line) =>
      namesChild(line)
        ? isOfChild(message, language)
        : !isAnswered && warning.length === 0 && isWhether && (!isMeasured || saysAsked(line)),
    )
    .toSorted((a, b) => +saysAsked(b) - +saysAsked(a))
  const others = [...warning, ...forbidding].filter((line) => touched.every(({ text }) => text !== line.text))
  const lines = [...touched, ...others].slice(0, mostWarnings)
  return { lines, isAnswer: isOfRisk ? isWhether || !isMeasured : !isMeasured && lines.some(saysAsked) }
}
