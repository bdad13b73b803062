import { logistic } from '@heavylift/core/math'
import type { Evidence } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import { countAsked } from '../../language/asking.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { dimensionsAsked } from '../dimensions.ts'
import { fold } from '../../language/fold.ts'
import { words } from '../words.ts'
import { asksOnlyMeasure } from './beyond-name.ts'
import { lineFeatures, meaningFeatures } from './line-features.ts'
import type { LineFeatures, LineModel, MeaningFeatures } from './line-features.ts'
import { byMeaning, byWords, wordsAnswerFrom } from './line-weights.ts'

/** Cosines of a question with texts, as far as they are known; null for one that is not. */
export type CosineOf = (text: string) => number | null

/** A line with how likely it is that it answers, 0–1. */
export interface ScoredLine {
  line: Evidence
  probability: number
}

/** What stands between two sets of features: those of meaning are there for all lines or for none. */
export function featuresOf(
  question: string,
  product: Product,
  lines: readonly Evidence[],
  lexicon: Lexicon,
  cosineOf: CosineOf | null,
): (LineFeatures & Partial<MeaningFeatures>)[] {
  const byWord = lineFeatures(question, product, lines, lexicon)
  const cosines = cosineOf === null ? [] : lines.flatMap(({ text }) => cosineOf(text) ?? [])
  if (cosines.length < lines.length || cosineOf === null) return byWord
  return meaningFeatures(cosines).map((meaning, at) => ({ ...(byWord[at] as LineFeatures), ...meaning }))
}

/**
 * The line of a listing that answers a question, by models fitted to questions that people asked of products; null where none is likely to.
 * With the meanings of all lines the model that knows them decides, and where it finds none, the one that goes by words where it is sure.
 */
export function answeringLine(
  question: string,
  product: Product,
  lines: readonly Evidence[],
  lexicon: Lexicon,
  cosineOf: CosineOf | null = null,
): ScoredLine | null {
  const features = featuresOf(question, product, lines, lexicon, cosineOf)
  // "Which sizes?", "how warm?" may be told in words.
  const isOfCount =
    countAsked(question, lexicon.language.code) !== null ||
    dimensionsAsked(question, lexicon).some(({ name }) => name === 'time')
  const isOfNumber = isOfCount || dimensionsAsked(question, lexicon).length > 0
  const isOfMeasure = asksOnlyMeasure(question, product, lexicon)
  // "Nine hours".
  const units = new Set(dimensionsAsked(question, lexicon).flatMap((each) => [...each.units]))
  const saysInWords = (text: string, { numberGiven }: Pick<LineFeatures, 'numberGiven'>): boolean =>
    numberGiven === 1 && !/\d/.test(text) && words(text).some(({ text: word }) => units.has(fold(word)))
  const givesUnit = (own: LineFeatures): boolean => units.size > 0 && own.dimensionLacking === 0
  // "Does it take 5 GHz?" is answered by what takes 2.4.
  const holdsNumbers = (text: string): boolean => /\d/.test(question) && /\d/.test(text)
  const bestBy = (model: LineModel, from: number): ScoredLine | null => {
    const scored = lines.flatMap((line, at) => {
      const own = features[at]
      // Whatever its words: how many and how long is told by a number.
      return own === undefined ||
        (isOfCount && own.numberLacking === 1) ||
        (isOfMeasure && own.dimensionLacking === 1 && !saysInWords(line.text, own)) ||
        (model === byWords && !givesUnit(own) && !holdsNumbers(line.text) && saysTooLittle(own))
        ? []
        : { line, probability: probabilityOf(own, model) }
    })
    // Of what says it about alike, what tells more numbers where they are asked for; else the line before the list that holds it.
    const [best] = scored.toSorted(
      (a, b) =>
        (isOfNumber ? Math.round((b.probability - a.probability) * 20) : b.probability - a.probability) ||
        (isOfNumber ? numbersIn(b.line.text) - numbersIn(a.line.text) : 0) ||
        a.line.text.length - b.line.text.length,
    )
    // A measure that is asked for alone is told by what gives one.
    return best !== undefined && (isOfMeasure || best.probability >= from) ? best : null
  }
  return features[0]?.cosine === undefined
    ? bestBy(byWords, byWords.answersFrom)
    : (bestBy(byMeaning, byMeaning.answersFrom) ?? bestBy(byWords, wordsAnswerFrom))
}

/** A line by words alone says so much of what is asked, unless it stands under the name that is asked for or says it in other words. */
const leastCovered = 0.28

const saysTooLittle = (own: LineFeatures): boolean =>
  own.covered < leastCovered && own.asideSaid + own.asideBest === 0 && own.nameSaid < 1

const numbersIn = (text: string): number => text.match(/\d+(?:[.,]\d+)*/g)?.length ?? 0

const probabilityOf = (features: object, { bias, weights }: LineModel): number =>
  logistic(
    Object.entries(features).reduce(
      (sum: number, [name, value]: [string, number]) => sum + (weights[name] ?? 0) * value,
      bias,
    ),
  )
