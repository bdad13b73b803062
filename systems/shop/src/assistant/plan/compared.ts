import type { Product } from '../../domain/product.ts'
import {
  addressesStore,
  asksOfIt,
  asksWhat,
  asksWhich,
  isAsking,
  isAskingWord,
  saysThe,
} from '../../language/asking.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import { fold } from '../../language/fold.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import type { LanguageCode } from '../../language/languages.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import type { Lexeme } from '../../language/lexemes.ts'
import { parseNumberWords } from '../../language/numbers.ts'
import { comparesCosts, comparesPrice, findLower } from '../../understand/lower.ts'
import { isToldBy, speaksOf, talkWords } from '../../understand/turn-kind.ts'
import { comparativeIn } from '../by-measure.ts'
import { contentStems } from '../words.ts'
import type { Mention } from './meant.ts'

/** What of a message is compared: the names in it, and whether it says at all that it compares. */
export interface Compared {
  /** As they are said, without what stands around them; one where the other side is what is in sight. */
  names: string[]
  /** "The two mushroom coffees": so many of one name; null where none is said. */
  count: number | null
  saysSo: boolean
}

/** The sides of "compare A and B", "A vs B", "diferencia entre A y B", "is A better than B". */
export function comparedIn(message: string, lexicon: Lexicon): Compared {
  const { language } = lexicon
  const whole = message.replace(/[?!.]+\s*$/, '')
  const { and, or, with: withWords, against } = grammarOf(language.code)
  const to = language.code === 'en' ? ['to'] : []
  const joint = new RegExp(anyOf([',', ...against, ...and, ...or, ...withWords, ...to]), 'iu')
  // "The moet or the veuve, which is drier?" names its sides in one of its clauses.
  const clauses = whole.split(/,\s/).filter((clause) => joint.test(clause))
  const said =
    asksWhich(whole, language.code) || asksWhat(whole, language.code) ? (clauses[0] ?? whole) : whole
  const lexemes = lexemesOf(said, language.code)
  // "The green one and the pink one": a colour tells a side.
  const colours = new Set(grammarOf(language.code).colour.map((word) => fold(word)))
  const isLead = ({ word, kind }: Lexeme): boolean =>
    kind === 'word' &&
    (lexicon.isFunctionWord(word) ||
      isAskingWord(word, language.code) ||
      (!colours.has(word) &&
        (speaksOf(word, ['compare'], language) || isToldBy(word, ['compare'], language))))
  const start = lexemes.findIndex((lexeme) => !isLead(lexeme))
  const names = (start === -1 ? '' : said.slice(lexemes[start]?.start))
    .split(joint)
    .map((side) => trimmed(side, lexicon))
    .filter((side) => contentStems(side, lexicon).length > 0)
  return {
    names,
    count: names.length < 2 ? countIn(said, lexicon) : null,
    saysSo: lexemes.some(
      ({ word }) => !lexicon.isFunctionWord(word) && isToldBy(word, ['compare'], language),
    ),
  }
}

/**
 * Whether a message holds what it is said after against what it calls by some of its words: "is it lighter than the pulse 4", "en que se
 * diferencia del s12".
 */
export function comparesWith(message: string, called: readonly string[], lexicon: Lexicon): boolean {
  const { language } = lexicon
  const { code } = language
  const isOfComparing = ({ word }: Lexeme): boolean =>
    !lexicon.isFunctionWord(word) &&
    speaksOf(word, ['compare'], language) &&
    isToldBy(word, ['compare'], language)
  return (
    comparesToSight(message, lexicon) ||
    lexemesOf(message, code).some(isOfComparing) ||
    comparesPrice(message, code) ||
    comparesCosts(message, code) ||
    // "As oil, under 30" asks nothing, and its "als" holds it against nothing.
    (isAsking(message, code) && isAgainst(message, called, lexicon))
  )
}

/** Whether a name stands right behind what holds one thing against another: Dutch "dan" and German "als" say much else, too. */
function isAgainst(message: string, called: readonly string[], lexicon: Lexicon): boolean {
  const { code } = lexicon.language
  const against = new RegExp(anyOf(grammarOf(code).against), 'giu')
  return [...message.matchAll(against)].some((found) => {
    const after = lexemesOf(message.slice(found.index + found[0].length), code)
    const at = after.findIndex(({ word, kind }) => kind !== 'sign' && !lexicon.isFunctionWord(word))
    const [first, next] = [after[at], after[at + 1]]
    // "The F-200" is called by both.
    const name = next?.hyphenated === true ? `${first?.word}${next.word}` : ''
    return first !== undefined && (called.includes(first.word) || called.includes(name))
  })
}

/** Languages whose word for "than" says much else, too, and stands right behind a degree where it compares: "schwerer als". */
const ofDegree: Partial<Record<LanguageCode, RegExp>> = { de: /\p{L}{2}er\s*$/iu, nl: /\p{L}{2}er\s*$/iu }

/** Whether a message asks if a thing has more or less of something than another: "is it lighter than the Marsh 4?". */
export function comparesDegree(message: string, { language: { code } }: Lexicon): boolean {
  const against = new RegExp(anyOf(grammarOf(code).against), 'giu')
  return (
    isAsking(message, code) &&
    [...message.matchAll(against)].some(
      ({ index }) => ofDegree[code]?.test(message.slice(0, index)) !== false,
    )
  )
}

/**
 * Whether a message that names one thing holds it against what is in sight without a word for "than": "is the Marsh cheaper?", "which
 * weighs less, this or the Marsh?".
 */
export function comparesToSight(message: string, lexicon: Lexicon): boolean {
  const { language } = lexicon
  const { code } = language
  const { or, it, this: these } = grammarOf(code)
  if (!isAsking(message, code) || addressesStore(message, code)) return false
  const isMore =
    asksOfIt(message, code) &&
    saysThe(message, code) &&
    (comparativeIn(message, lexicon) !== null || findLower(message, code) !== null)
  const pointing = anyOf([...it, ...these])
  return (
    isMore ||
    new RegExp(`${pointing}\\W+${anyOf(or)}|${anyOf(or)}\\W+${pointing}(?!\\s+\\p{L})`, 'iu').test(message)
  )
}

/** Says nothing else in any of the languages. */
const versus = /(?<![\p{L}\d])(?:vs\.?|versus)(?![\p{L}\d])/iu

/**
 * Whether a message names two things and holds them against each other, or asks something of either: "frog juice vs gecko juice", "el kit
 * de baño o el kit mango, que trae cada uno". `isOfGoods`: it asks something of goods, so "and" joins them as well.
 */
export function namesTwo(
  message: string,
  [first, second]: readonly Mention[],
  { isOfGoods }: { isOfGoods: boolean },
  lexicon: Lexicon,
): boolean {
  const { code } = lexicon.language
  // "R1 vs R1 Plus": the words of one may all be of the other's name.
  if (first !== undefined && versus.test(message) && comparedIn(message, lexicon).names.length === 2)
    return true
  if (first === undefined || second === undefined) return false
  const { against, or, and } = grammarOf(code)
  const lexemes = lexemesOf(message, code)
  const placesOf = ({ own }: Mention) => lexemes.filter(({ word }) => own.includes(word))
  const between = placesOf(first).flatMap((one) =>
    placesOf(second).map((other) =>
      one.start < other.start ? message.slice(one.end, other.start) : message.slice(other.end, one.start),
    ),
  )
  const isJoined = (phrases: readonly string[]) => {
    const joint = new RegExp(anyOf(phrases), 'iu')
    return between.some((text) => joint.test(text))
  }
  if (isJoined(against)) return true
  return ((isOfGoods || isAsking(message, code)) && isJoined(or)) || (isOfGoods && isJoined(and))
}

/** A message without what holds one thing against another, where it does. */
export function withoutAgainst(message: string, { language }: Lexicon): string | null {
  const against = new RegExp(anyOf(grammarOf(language.code).against), 'giu')
  return against.test(message) ? message.replaceAll(against, ' ') : null
}

/** Whether a side says nothing but words that shoppers talk with. */
export const isTalk = (name: string, { language }: Lexicon): boolean => {
  const talk = talkWords(language)
  return lexemesOf(name, language.code).every(
    ({ word, kind }) => kind === 'word' && (talk.has(word) || language.isFunctionWord(word)),
  )
}

/** A side without articles and "one" around it, up to a word of comparing; nothing where it asks something of its own. */
function trimmed(side: string, lexicon: Lexicon): string {
  const { language } = lexicon
  const lexemes = lexemesOf(side, language.code)
  if (lexemes[0] && isAskingWord(lexemes[0].word, language.code)) return ''
  const isBare = ({ word, kind }: Lexeme): boolean =>
    kind === 'word' && (lexicon.isFunctionWord(word) || (language.code === 'en' && /^ones?$/.test(word)))
  const from = lexemes.findIndex((lexeme) => !isBare(lexeme))
  if (from === -1) return ''
  const told = lexemes.findIndex(
    ({ word, kind }, at) =>
      at > from && kind === 'word' && !lexicon.isFunctionWord(word) && speaksOf(word, ['compare'], language),
  )
  const own = told === -1 ? lexemes : lexemes.slice(0, told)
  return side.slice(lexemes[from]?.start, own.findLast((lexeme) => !isBare(lexeme))?.end)
}

const mostAtOnce = 4

/** "The two", "le due", "die drei": how many of several a message means. */
function countIn(text: string, { language }: Lexicon): number | null {
  const found = lexemesOf(text, language.code).flatMap(({ word, kind }) => {
    const number = kind === 'word' ? parseNumberWords(word, language.code) : Number.NaN
    return number >= 2 && number <= mostAtOnce ? number : []
  })
  return found[0] ?? null
}

/** What a product is told by: its title, its brand and what it can be had in. */
const heldBy = ({ title, brand, variants }: Product, lexicon: Lexicon): ReadonlySet<string> =>
  new Set(
    contentStems(
      `${title} ${brand ?? ''} ${variants.flatMap(({ options }) => Object.values(options)).join(' ')}`,
      lexicon,
    ).flatMap((stem) => [stem, ...stem.split('-'), stem.replaceAll('-', '')]),
  )

/**
 * The one of some products that a name means: it holds most of the name's words, one of which tells it from others, and of those the one whose
 * title says least beside. Null where none holds more than half of them.
 */
export function calledSo(name: string, products: readonly Product[], lexicon: Lexicon): Product | null {
  const asked = [...new Set(contentStems(name, lexicon))]
  const held = products.map((product) => heldBy(product, lexicon))
  const isTelling = (word: string): boolean => products.length < 2 || held.some((own) => !own.has(word))
  const called = products.flatMap((product, at) => {
    const hits = asked.filter((word) => held[at]?.has(word))
    return hits.some(isTelling) && hits.length * 2 > asked.length
      ? [{ product, hits: hits.length, others: othersIn(product, asked, lexicon) }]
      : []
  })
  const [best] = called.toSorted((a, b) => b.hits - a.hits || a.others - b.others)
  return best?.product ?? null
}

/** Whether a name says every word of a product's title but its brand's: "S26" is the "Samsung S26", not the "Samsung S26 Ultra". */
export function isCalledExactly(name: string, { id, title, brand }: Product, lexicon: Lexicon): boolean {
  const asked = contentStems(name, lexicon)
  const maker = contentStems(brand ?? '', lexicon)
  return othersIn({ id, title }, [...asked, ...maker], lexicon) === 0
}

/** Words of a title that a name does not say; none where the product's own key is the name ("le-mans"). */
function othersIn(
  { id, title }: Pick<Product, 'id' | 'title'>,
  asked: readonly string[],
  lexicon: Lexicon,
): number {
  const key = contentStems(id.replaceAll(/[-_]/g, ' '), lexicon)
  if (key.length === asked.length && key.every((word) => asked.includes(word))) return 0
  return contentStems(title, lexicon).filter((word) => !asked.includes(word)).length
}

/**
 * Which of some products a question calls by words of their titles: one, several that hold as many of them, or none of them.
 */
export function calledBy(
  text: string,
  products: readonly Product[],
  lexicon: Lexicon,
): { one: Product | null; several: Product[] } {
  const asked = new Set(contentStems(text, lexicon))
  const hits = products.map((product) => ({
    product,
    held: new Set(
      contentStems(`${product.brand ?? ''} ${product.title}`, lexicon).filter((word) => asked.has(word)),
    ).size,
  }))
  const most = Math.max(0, ...hits.map(({ held }) => held))
  if (most === 0) return { one: null, several: [] }
  const best = hits.filter(({ held }) => held === most).map(({ product }) => product)
  const [first] = best
  const isOne = best.every(({ title }) => title === first?.title)
  return isOne && first ? { one: first, several: [] } : { one: null, several: best }
}
