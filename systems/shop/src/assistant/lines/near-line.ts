import type { Evidence } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import { asksWhat, countAsked, isAskingWord } from '../../language/asking.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { talkWords } from '../../understand/turn-kind.ts'
import { askedIn } from '../asked.ts'
import { dimensionsAsked, isGivenIn } from '../dimensions.ts'
import { listingEvidence } from '../evidence.ts'
import { askedBeyondName } from './beyond-name.ts'
import { isFormOf, isSame, saidIn } from './said.ts'
import type { Said } from './said.ts'

/** Whether a text says how often: "every 4 weeks", "twice a year", "täglich". */
export function givesInterval(text: string, { language }: Lexicon): boolean {
  const { every, daily, period } = grammarOf(language.code)
  return new RegExp(
    String.raw`${anyOf(every)}\s+(?:(?:\d+|\p{L}+)\s+)?${anyOf(period)}|${anyOf(daily)}`,
    'iu',
  ).test(text)
}

/** The line that says how often what a question asks so of is done; null where it asks no such thing, or none speaks of that. */
export function intervalLine(question: string, product: Product, lexicon: Lexicon): Evidence | null {
  if (!askedIn(question, lexicon).includes('often')) return null
  const asked = tellingWords(question, product, lexicon)
  const given = listingEvidence(product, lexicon).filter(({ text }) => givesInterval(text, lexicon))
  if (asked.length === 0) return given.length === 1 ? (given[0] ?? null) : null
  return bestOf(given, asked, 1, lexicon)
}

/**
 * The line that speaks of at least half of what a question asks, in forms of its words or in words that are written with them ("Wand" in
 * "Wandhalter"), and gives a number or a measure where one is asked for. It is near what is asked, and may not answer it. Null without one.
 */
export function nearLine(question: string, product: Product, lexicon: Lexicon): Evidence | null {
  const { code } = lexicon.language
  const asked = tellingWords(question, product, lexicon)
  if (asked.length === 0) return null
  const dimensions = dimensionsAsked(question, lexicon)
  const isOfNumber = countAsked(question, code) !== null
  const lines = listingEvidence(product, lexicon).filter(
    ({ kind, text }) =>
      kind === 'listing' &&
      (!isOfNumber || /\d/.test(text)) &&
      (dimensions.length === 0 ||
        !asksWhat(question, code) ||
        dimensions.some((each) => isGivenIn(text, each))),
  )
  return bestOf(lines, asked, Math.ceil(asked.length / 2), lexicon)
}

/** The words by which a question says what it asks, without those that it is put in. */
const tellingWords = (question: string, product: Product, lexicon: Lexicon): Said[] =>
  askedBeyondName(question, product, lexicon).filter(
    ({ word }) =>
      word.length >= shortestTelling &&
      !talkWords(lexicon.language).has(word) &&
      !isAskingWord(word, lexicon.language.code),
  )

const shortestTelling = 4

const compounding: ReadonlySet<string> = new Set(['de', 'nl', 'sv'])
/** Fewer letters behind a word are an ending of it. */
const shortestRest = 4

function bestOf(
  lines: readonly Evidence[],
  asked: readonly Said[],
  least: number,
  lexicon: Lexicon,
): Evidence | null {
  // A Wandhalter is for the wall.
  const isBegunBy = (whole: Said, part: Said): boolean =>
    compounding.has(lexicon.language.code) &&
    part.stem.length >= shortestTelling &&
    whole.word.startsWith(part.stem) &&
    whole.word.length - part.stem.length >= shortestRest
  const counted = lines.map((line) => {
    const held = saidIn(line.text, lexicon)
    return {
      line,
      count: asked.filter((word) =>
        held.some((one) => isSame(word, one) || isFormOf(word, one) || isBegunBy(one, word)),
      ).length,
    }
  })
  const [best] = counted.toSorted((a, b) => b.count - a.count)
  return best === undefined || best.count < least ? null : best.line
}
