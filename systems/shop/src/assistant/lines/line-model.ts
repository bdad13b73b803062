import { logistic } from '@heavylift/core/math'
import type { Evidence } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import { asksWhat, countAsked } from '../../language/asking.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { denies } from '../../language/mentions.ts'
import { askedIn } from '../asked.ts'
import { dimensionsAsked } from '../dimensions.ts'
import { fold } from '../../language/fold.ts'
import { words } from '../words.ts'
import { asksOnlyMeasure } from './beyond-name.ts'
import { treatmentsAsked } from '../treatments.ts'
import { lineFeatures, meaningFeatures } from './line-features.ts'
import type { LineFeatures, LineModel, MeaningFeatures } from './line-features.ts'
import { byAbout } from './about-weights.ts'
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
  // "How many times a day?": "twice a day".
  const isOfUse = askedIn(question, lexicon).some((name) => ofUse.has(name))
  const saysUse = ({ asideBest }: LineFeatures): boolean => isOfUse && asideBest === 1
  // "How much do the chips weigh?": where a line says what something weighs, what gives no weight is no answer, however much else it says.
  const isMeasured =
    (isOfCount || asksWhat(question, lexicon.language.code)) &&
    features.some(({ dimensionGiven, covered }) => dimensionGiven === 1 && covered > 0)
  const verbs = treatmentsAsked(question, lexicon)
  const isToldBy = (line: Evidence, own: LineFeatures): boolean =>
    (isMeasured && own.dimensionGiven === 1 && own.covered > 0) ||
    [...verbs].some((verb) => line.stems.has(verb))
  const deniedIn = ({ text }: Evidence): number =>
    [...verbs].filter((verb) => denies(text, verb, lexicon)).length
  const givesUnit = (own: LineFeatures): boolean => units.size > 0 && own.dimensionLacking === 0
  // "Does it take 5 GHz?" is answered by what takes 2.4.
  const holdsNumbers = (text: string): boolean => /\d/.test(question) && /\d/.test(text)
  // "Can it be 78 wide?" is told by no other number, and "how big?" by no "one size".
  const isAbout = (text: string, own: LineFeatures): boolean =>
    own.aboutSaid >= leastAbout &&
    !(isOfNumber && (isOfCount || asksWhat(question, lexicon.language.code)) && own.dimensionLacking === 1) &&
    (question.match(/\d+/g) ?? []).every((number) => text.includes(number))
  const bestBy = (model: LineModel, from: number): ScoredLine | null => {
    const scored = lines.flatMap((line, at) => {
      const own = features[at]
      // Whatever its words: how many and how long is told by a number.
      return own === undefined ||
        isAboutOther(own, units.size > 0) ||
        (model === byAbout && !isAbout(line.text, own)) ||
        (isOfCount && own.numberLacking === 1 && !saysUse(own)) ||
        ((isOfMeasure || isMeasured) &&
          own.dimensionLacking === 1 &&
          !saysInWords(line.text, own) &&
          !saysUse(own)) ||
        (model === byWords &&
          !isToldBy(line, own) &&
          !givesUnit(own) &&
          !holdsNumbers(line.text) &&
          saysTooLittle(own))
        ? []
        : { line, own, probability: probabilityOf(own, model) }
    })
    // Of what says it about alike, a line before the section that holds it, and what tells more numbers where they are asked for.
    const [best] = scored.toSorted(
      (a, b) =>
        // "Do not wash" says more of washing than "dark wash".
        (verbs.size === 0 ? 0 : deniedIn(b.line) - deniedIn(a.line)) ||
        (isOfNumber ? Math.round((b.probability - a.probability) * 20) : b.probability - a.probability) ||
        a.own.isSection - b.own.isSection ||
        (isOfNumber ? numbersIn(b.line.text) - numbersIn(a.line.text) : 0) ||
        a.line.text.length - b.line.text.length,
    )
    if (best === undefined) return null
    // A measure that is asked for alone is told by what gives one.
    const least = isOfMeasure ? 0 : isToldBy(best.line, best.own) ? Math.min(from, leastTold) : from
    return best.probability >= least ? { line: best.line, probability: best.probability } : null
  }
  const said =
    features[0]?.cosine === undefined
      ? bestBy(byWords, byWords.answersFrom)
      : (bestBy(byMeaning, byMeaning.answersFrom) ?? bestBy(byWords, wordsAnswerFrom))
  return said ?? bestBy(byAbout, byAbout.answersFrom)
}

/**
 * Lines by how likely they are to answer a question, by whichever model finds them likelier, the likeliest first. However unlikely, none is left
 * out but what gives no number, or not in such a unit, where one is asked for.
 */
export function likeliestLines(
  question: string,
  product: Product,
  lines: readonly Evidence[],
  lexicon: Lexicon,
  cosineOf: CosineOf | null = null,
): ScoredLine[] {
  return featuresOf(question, product, lines, lexicon, cosineOf)
    .flatMap((own, at) => {
      const line = lines[at]
      if (line === undefined || own.numberLacking === 1 || own.dimensionLacking === 1) return []
      const model = own.cosine === undefined ? byWords : byMeaning
      return { line, probability: Math.max(probabilityOf(own, model), probabilityOf(own, byAbout)) }
    })
    .toSorted((a, b) => b.probability - a.probability)
}

/** What is asked of how something is used. */
const ofUse: ReadonlySet<string> = new Set(['use', 'often'])

/** From here on what gives the measure that is asked for, or says what is asked to be done with it, is believed. */
const leastTold = 0.3

/** A line by words alone says so much of what is asked, unless it stands under the name that is asked for or says it in other words. */
const leastCovered = 0.28
/** From here on a line is about what is asked. */
const leastAbout = 0.5

const saysTooLittle = (own: LineFeatures): boolean =>
  own.covered < leastCovered && own.asideSaid + own.asideBest === 0 && own.nameSaid < 1

/** So sure is a line about something else than what is asked that it is no answer, whatever words they share: what charges in three hours does not last so long. */
const mostOther = 0.35
/** What says so much of what is asked is about it, too: not where a measure is asked for, of which any number in its unit says much. */
const mostCovered = 0.75
const isAboutOther = (own: LineFeatures, isOfMeasure: boolean): boolean =>
  own.aboutOther > mostOther &&
  (own.covered < mostCovered || isOfMeasure) &&
  own.asideSaid + own.asideBest === 0

const numbersIn = (text: string): number => text.match(/\d+(?:[.,]\d+)*/g)?.length ?? 0

const probabilityOf = (features: object, { bias, weights }: LineModel): number =>
  logistic(
    Object.entries(features).reduce(
      (sum: number, [name, value]: [string, number]) => sum + (weights[name] ?? 0) * value,
      bias,
    ),
  )
