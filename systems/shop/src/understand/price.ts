import type { Constraint } from '../domain/constraints.ts'
import { anyOf, grammarOf, type GrammarRole } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'
import { findAmounts, type Amount } from './amounts.ts'

type PriceConstraint = Extract<Constraint, { kind: 'price' }>

/** A stated price with where it stood in the text. */
export interface FoundPrice {
  constraint: PriceConstraint
  start: number
  end: number
}

interface Bounds {
  min: number | null
  max: number | null
  minInclusive: boolean
  maxInclusive: boolean
}

const upTo = (value: number, inclusive: boolean): Bounds => ({
  min: null,
  max: value,
  minInclusive: false,
  maxInclusive: inclusive,
})
const from = (value: number, inclusive: boolean): Bounds => ({
  min: value,
  max: null,
  minInclusive: inclusive,
  maxInclusive: false,
})
const within = (a: number, b: number): Bounds => ({
  min: Math.min(a, b),
  max: Math.max(a, b),
  minInclusive: true,
  maxInclusive: true,
})

type ToBounds = (value: number) => Bounds

/** How a language says prices. */
interface PriceReader {
  /** A word of a limit, by its role. */
  limit: RegExp
  /** A negation before it, which turns it round: "not more than", "no quiero gastar más de". */
  negated: RegExp
  /** The same behind the amount, with the verb: "mehr als 60 Euro will ich nicht ausgeben". */
  negatedBehind: RegExp
  /** What may stand between a limit and its amount; in French the negation that turns it round, too: "ne dépasse pas 60". */
  filler: RegExp
  /** That negation. */
  turned: RegExp
  /** What stands after an amount. */
  after: readonly [RegExp, ToBounds][]
  /** Says that a number is about money. */
  priceWord: RegExp
  budgetWord: RegExp
  /** A price word right behind an amount: "mehr als 60 kosten". */
  priceTail: RegExp
  /** "Each", "pro Stück": what the price is of, which names no goods. */
  each: RegExp
  /** A price word right before an amount: "costing 40". */
  priceLead: RegExp
  spendLead: RegExp
  rangeLead: RegExp
  rangeJoint: RegExp
  /** Joins a range, and two things of any kind as well. */
  and: RegExp
  /** Where the price phrase begins: takes in "priced", "that cost", "with a price". */
  phraseStart: RegExp
  /** What stands between two limits of one price. */
  joint: RegExp
  fillerWord: RegExp
  /** What may follow a bare limit that is a price: nothing, or another phrase. */
  phraseEnd: RegExp
}

type LimitRole = 'at-most' | 'below' | 'at-least' | 'above' | 'around'
/** Names of groups in a regular expression hold no hyphen. */
const groups: Record<LimitRole, string> = {
  'at-most': 'atMost',
  below: 'below',
  'at-least': 'atLeast',
  above: 'above',
  around: 'around',
}
const limitBounds: Record<LimitRole, ToBounds> = {
  'at-most': (v) => upTo(v, true),
  below: (v) => upTo(v, false),
  'at-least': (v) => from(v, true),
  above: (v) => from(v, false),
  around: (v) => within(roundCents(v * 0.8), roundCents(v * 1.2)),
}

const readers = new Map<LanguageCode, PriceReader>()

function readerOf(code: LanguageCode): PriceReader {
  const known = readers.get(code)
  if (known !== undefined) return known
  const grammar = grammarOf(code)
  const any = (...roles: GrammarRole[]): string => anyOf(roles.flatMap((role) => grammar[role]))
  const fill = `(?:\\s+${any('filler')})*`
  const denial = any('not', 'without')
  const not = code === 'en' ? `(?:${denial}|[a-z]+n['’]?t)` : denial
  const spends = anyOf(grammar.spend.filter((word) => !grammar.for.includes(word)))
  const word = "[\\p{L}'’]+"
  const reader: PriceReader = {
    limit: new RegExp(
      (['at-most', 'below', 'at-least', 'above', 'around'] as const)
        .map((role) => `(?<${groups[role]}>${any(role)})`)
        .join('|'),
      'gu',
    ),
    negated: new RegExp(
      `${not}(?:\\s+${any('filler', 'spend', 'price')})*(?:(?:\\s+${word}){0,3}\\s+${spends}(?:\\s+${any('filler')})*)?\\s+$`,
      'u',
    ),
    negatedBehind: new RegExp(`^(?:\\s+${word}){0,4}?\\s+${not}(?:\\s+${word})?\\s+${spends}`, 'u'),
    filler: new RegExp(`^(?:\\s+${any('filler', 'not')})*[\\s:\`*"']*$`, 'u'),
    turned: new RegExp(`^(?:\\s+${any('filler')})*\\s+${any('not')}`, 'u'),
    after: (
      [
        [any('or-less'), (v) => upTo(v, true)],
        [any('or-more'), (v) => from(v, true)],
        [any('or-so'), (v) => within(roundCents(v * 0.8), roundCents(v * 1.2))],
      ] satisfies [string, ToBounds][]
    ).map(([source, bounds]): [RegExp, ToBounds] => [
      new RegExp(`^\\s*-?${source}(?!\\s*(?:${any('filler')}\\s*)?[^\\p{L}]?\\d)`, 'u'),
      bounds,
    ]),
    priceWord: new RegExp(any('price'), 'u'),
    budgetWord: new RegExp(any('budget'), 'u'),
    priceTail: new RegExp(`^\\s*${any('price', 'spend')}(?=\\s*(?:$|[,.;!?)]))`, 'u'),
    each: new RegExp(`^\\s*${any('each')}`, 'u'),
    priceLead: new RegExp(`${any('price')}${fill}[\\s:\`]*$`, 'u'),
    spendLead: new RegExp(`${any('spend')}(?:\\s+${any('only')})?\\s*$`, 'u'),
    rangeLead: new RegExp(
      `(?:^|[\\s,(])((?:${any('price')}\\s+)?(?:${any('filler')}\\s+)*${any('between')}(?:\\s+${any('filler')})*(?:\\s+${any('between')})?\\s*)$`,
      'u',
    ),
    rangeJoint: new RegExp(`^\\s*(?:${any('to')}|[-–—])\\s*$`, 'u'),
    and: new RegExp(`^${any('and')}$`, 'u'),
    phraseStart: new RegExp(
      `(?:^|[\\s,(])((?:${any('and', 'filler', 'not')}\\s+|(?:with|that|which|for|has|have|having|it|should|must|be|me|whose|in|i|can|mit|der|die|das|zu|einem|avec|qui|con|que|che|com|met|die|med|som)\\s+)*${any('price', 'spend')}(?:\\s+${any('filler')}|\\s+(?:point|me|should|must|be|that|for|ranging|it))*\\s*)$`,
      'u',
    ),
    joint: new RegExp(
      `^\\s*,?\\s*(?:(?:${any('and', 'to')}|but|aber|mais|pero|ma|mas|maar|men)\\s+)?(?:${any('not')}\\s+)?${any('below', 'at-most', 'above', 'at-least')}\\s*$`,
      'u',
    ),
    fillerWord: new RegExp(`^${any('filler', 'for', 'in', 'with')}$`, 'u'),
    phraseEnd: new RegExp(
      `^\\s*(?:$|[,.;!?)]|${any('and', 'or', 'without', 'each')}|${anyOf(phraseStarts)})`,
      'u',
    ),
  }
  readers.set(code, reader)
  return reader
}

/** Prepositions and conjunctions that begin the phrase after a price, in all eight languages. */
const phraseStarts =
  'each apiece per je pro cada ciascuno stuk styck with for in that from please by which but if on made mit für in aus von die der das bitte avec pour en dans qui con para por de che con per in com para em met voor in van med för i som'.split(
    ' ',
  )

const roundCents = (value: number): number => Math.round(value * 100) / 100

/** What a bare range or limit is about, when it is not about money. */
const otherQuantity =
  /(?:^|[^\p{L}])(?:usages?|uses?|power|watts?|wattage|widths?|wide|heights?|tall|high|lengths?|long|depths?|deep|weights?|weigh(?:s|ing)?|sizes?|sized|ages?|aged|years?|capacity|voltage|volts?|temperatures?|pages?|diameters?|thickness|speeds?|resolutions?|ranges?|volumes?|models?|versions?|series|no\.?|number|numbers?|quantity|packs?|sets?|count|rated|ratings?|stars?|reviews?|sleep|battery|screens?|waist|bust|chest|inseam|rpm|hertz|frequency|pressure|levels?|grades?|seats?|players?|channels?|lumens?|spf|gauge|caliber|calibre|chapter|volume|part|figures?|fits?|feet|kids?|children|child|toddlers?|bab(?:y|ies)|boys?|girls?|kinder|mädchen|jungen|jahre|größen?|gr|enfants?|filles?|garçons?|taille|pointure|niños?|niñas?|tallas?|número|numero|bambin[ioa]|taglia|crianças?|tamanho|kinderen|maat|barn|storlek|from\s+the\s+\d*s?)(?![\p{L}])/u

/**
 * The price that a query states, or null. `currency` is the catalog's (ISO 4217); an amount in another named currency
 * gives no constraint, since there is no exchange rate to convert it by (null: any currency will do). Numbers that measure or count something
 * ("under 60 inches", "pack of 12", "iPhone 15") are not prices. "around 50" spans 20 % either way.
 */
export function findPrice(
  text: string,
  currency: string | null,
  language: LanguageCode = 'en',
): FoundPrice | null {
  return readPrices(text, currency, language).price
}

/**
 * The price that a query states, and where it states any: also those of other currencies, and those that cannot hold together with the
 * first (of a second product). No word of them is about anything else.
 */
export function readPrices(
  text: string,
  currency: string | null,
  language: LanguageCode = 'en',
): { price: FoundPrice | null; stated: { start: number; end: number }[] } {
  const lower = text.toLowerCase()
  const amounts = findAmounts(lower, language)
  const reader = readerOf(language)
  let found: FoundPrice | null = null
  const all: { start: number; end: number }[] = []
  for (let index = 0; index < amounts.length; index++) {
    const amount = amounts[index]
    if (amount === undefined) continue
    const next = amounts[index + 1]
    const range = next === undefined ? null : readRange(reader, lower, amount, next, amounts[index - 1])
    // "over 20 but not more than 50 dollars": the currency is said once for both.
    const isShared =
      next !== undefined &&
      !amount.measured &&
      reader.joint.test(lower.slice(amount.end, next.start)) &&
      (next.money || readSingle(reader, lower, next, amount) !== null)
    const stated =
      range ?? readSingle(reader, lower, isShared ? { ...amount, money: true } : amount, amounts[index - 1])
    if (stated === null) continue
    // "30 each", "25 pro Flasche": what the price is of names no goods.
    stated.end += reader.each.exec(lower.slice(stated.end))?.[0].length ?? 0
    all.push({ start: stated.start, end: stated.end })
    if (range !== null) index++
    const currencies = [...amount.currencies, ...(range === null ? [] : (next?.currencies ?? []))]
    if (currency !== null && currencies.length > 0 && !currencies.includes(currency)) continue
    found = found === null ? price(text, stated) : combine(found, price(text, stated), text)
  }
  return { price: found, stated: all }
}

interface Stated {
  bounds: Bounds
  start: number
  end: number
}

function price(text: string, stated: Stated): FoundPrice {
  const words = text.slice(stated.start, stated.end).trim()
  return {
    constraint: { kind: 'price', ...stated.bounds, text: words },
    start: stated.start,
    end: stated.end,
  }
}

/** "over 20 … under 50" is one range; of two statements that cannot both hold (two products) the first counts. */
function combine(first: FoundPrice, second: FoundPrice, text: string): FoundPrice {
  const a = first.constraint
  const b = second.constraint
  const open = (one: PriceConstraint, other: PriceConstraint): boolean =>
    one.min !== null && one.max === null && other.max !== null && other.min === null && one.min <= other.max
  const [low, high] = open(a, b) ? [a, b] : open(b, a) ? [b, a] : [null, null]
  if (low === null || high === null) return first
  return price(text, {
    bounds: { min: low.min, max: high.max, minInclusive: low.minInclusive, maxInclusive: high.maxInclusive },
    start: Math.min(first.start, second.start),
    end: Math.max(first.end, second.end),
  })
}

/** Words of the same phrase before a place, back to the last break or earlier number. */
function phraseBefore(text: string, at: number, floor: number): { words: string; start: number } {
  const slice = text.slice(Math.max(floor, at - 70), at)
  const cut = Math.max(
    slice.search(/[,;.!?()](?=\s)(?!.*[,;.!?()]\s)/),
    slice.lastIndexOf(', '),
    slice.lastIndexOf('; '),
  )
  const words = cut >= 0 ? slice.slice(cut + 1) : slice
  return { words, start: at - words.length }
}

function readRange(
  reader: PriceReader,
  text: string,
  low: Amount,
  high: Amount,
  earlier: Amount | undefined,
): Stated | null {
  const middle = text.slice(low.end, high.start)
  if (!reader.rangeJoint.test(middle)) return null
  const before = phraseBefore(text, low.start, earlier?.end ?? 0)
  const lead = reader.rangeLead.exec(before.words)
  // "size 5 up to 60 euros" is a size and a limit.
  if (lead === null && !low.money && otherQuantity.test(lastWord(reader, before.words))) return null
  const money = low.money || high.money
  const isPriced = money || reader.priceWord.test(before.words)
  if (lead === null && (!isPriced || reader.and.test(middle.trim()))) return null
  if (!money) {
    if (high.measured || low.measured) return null
    const subject = lastWord(reader, before.words.slice(0, lead?.index ?? before.words.length))
    if (
      !reader.priceWord.test(before.words) &&
      (otherQuantity.test(subject) || otherQuantity.test(text.slice(high.end, high.end + 16)))
    )
      return null
    // "2 of 3", "in 5 to 8": without money or a word of prices only a real range is one.
    if (!isPriced && !/between|from|rang|entre|zwischen|tra|fra|tussen|mellan|von|från/.test(lead?.[0] ?? ''))
      return null
  }
  // "20 to 40k": the scale is said once for both.
  const scaled = low.scale === 1 && low.value * high.scale <= high.value ? low.value * high.scale : low.value
  const start = lead === null ? low.start : before.start + lead.index
  return { bounds: within(scaled, high.value), start, end: high.end }
}

function readSingle(
  reader: PriceReader,
  text: string,
  amount: Amount,
  earlier: Amount | undefined,
): Stated | null {
  if (amount.measured) return null
  const before = phraseBefore(text, amount.start, earlier?.end ?? 0)
  const after = text.slice(amount.end, amount.end + 40)
  const tail = reader.priceTail.exec(after)
  const evidence = amount.money || tail !== null || reader.priceWord.test(before.words)
  for (const [pattern, bounds] of reader.after) {
    const match = pattern.exec(after)
    if (
      match !== null &&
      (evidence || (bounds(0).max === 0 && isAlone(reader, before.words, after, match)))
    ) {
      return {
        bounds: bounds(amount.value),
        start: startOfPriceWords(reader, before, amount.start),
        end: amount.end + match[0].length,
      }
    }
  }
  const limit = limitBefore(reader, before.words)
  if (limit !== null) {
    const lead = before.words.slice(0, limit.index)
    const isBare =
      isBareLimit(reader, limit.isUpper, lead, after) || saysOnlyAround(reader, limit, lead, after)
    if (!evidence && !isBare) return null
    const behind =
      limit.role === 'above' ? reader.negatedBehind.exec(text.slice(amount.end, amount.end + 80)) : null
    return {
      bounds: (behind === null ? limit.bounds : limitBounds['at-most'])(amount.value),
      start: startOfPriceWords(reader, before, before.start + limit.index),
      end: amount.end + (behind ?? tail ?? [''])[0].length,
    }
  }
  const priceLead = evidence ? reader.priceLead.exec(before.words) : null
  const spend = evidence ? reader.spendLead.exec(before.words) : null
  if (priceLead !== null && (spend === null || !reader.budgetWord.test(priceLead[0]))) {
    const bounds = reader.budgetWord.test(priceLead[0])
      ? upTo(amount.value, true)
      : spend !== null && amount.money
        ? upTo(amount.value, true)
        : within(roundCents(amount.value * 0.8), roundCents(amount.value * 1.2))
    return { bounds, start: startOfPriceWords(reader, before, amount.start), end: amount.end }
  }
  if (amount.money && spend !== null) {
    return { bounds: upTo(amount.value, true), start: before.start + spend.index, end: amount.end }
  }
  const budget = reader.budgetWord.exec(after)
  if (budget !== null && /^\s*$/.test(after.slice(0, budget.index)))
    return {
      bounds: upTo(amount.value, true),
      start: amount.start,
      end: amount.end + budget.index + budget[0].length,
    }
  return null
}

/** "40 max", "for 50 or less": nothing stands with the amount that it could count or name ("iPhone 15 Max"). */
function isAlone(reader: PriceReader, lead: string, after: string, { 0: said }: RegExpExecArray): boolean {
  const last = lead.trim().split(/\s+/).at(-1) ?? ''
  const isLed = last === '' || /[,;:.!?]$/.test(last) || reader.fillerWord.test(last)
  return (
    isLed && !otherQuantity.test(lastWord(reader, lead)) && reader.phraseEnd.test(after.slice(said.length))
  )
}

/** The last word before a limit, over words that only lead to it: "a weight of". What stands before it has its own value. */
function lastWord(reader: PriceReader, text: string): string {
  const words = text.split(/\s+/).filter((word) => word !== '')
  while (words.length > 0 && reader.fillerWord.test(words.at(-1) ?? '')) words.pop()
  return ` ${words.at(-1) ?? ''}`
}

/** "headphones under 50": a limit with no currency is money only when nothing after it says what is counted. */
function isBareLimit(reader: PriceReader, isUpper: boolean, lead: string, after: string): boolean {
  if (otherQuantity.test(lastWord(reader, lead))) return false
  // "over 40" and "above 8" are as often ages; a lower limit needs more evidence than an upper one.
  return isUpper && reader.phraseEnd.test(after)
}

/** "Around 80" and nothing else: what could be counted is not said, so it is what it costs. */
const saysOnlyAround = (
  reader: PriceReader,
  { isAround }: LimitBefore,
  lead: string,
  after: string,
): boolean => isAround && reader.filler.test(` ${lead}`) && reader.phraseEnd.test(after)

interface LimitBefore {
  role: LimitRole
  bounds: ToBounds
  /** Where it begins. */
  index: number
  isUpper: boolean
  isAround: boolean
}

/** The limit that stands right before an amount, over words that only lead to it; null without one. */
function limitBefore(reader: PriceReader, words: string): LimitBefore | null {
  for (const match of [...words.matchAll(reader.limit)].toReversed()) {
    const gap = words.slice(match.index + match[0].length)
    if (!reader.filler.test(gap)) continue
    const role = (Object.keys(groups) as LimitRole[]).find((one) => match.groups?.[groups[one]] !== undefined)
    if (role === undefined) continue
    const turned =
      role === 'above' || role === 'below' ? reader.negated.exec(words.slice(0, match.index)) : null
    if (turned !== null || ((role === 'above' || role === 'below') && reader.turned.test(gap))) {
      const { index } = turned ?? match
      return role === 'above'
        ? { role: 'at-most', bounds: limitBounds['at-most'], index, isUpper: true, isAround: false }
        : { role: 'at-least', bounds: limitBounds['at-least'], index, isUpper: false, isAround: false }
    }
    return {
      role,
      bounds: limitBounds[role],
      index: match.index,
      isUpper: role === 'at-most' || role === 'below',
      isAround: role === 'around',
    }
  }
  return null
}

/** Where the price phrase begins: takes in "priced", "that cost", "with a price", "and a cost". */
function startOfPriceWords(
  reader: PriceReader,
  before: { words: string; start: number },
  at: number,
): number {
  const match = reader.phraseStart.exec(before.words.slice(0, at - before.start))
  if (match === null) return at
  return before.start + match.index + match[0].length - (match[1] ?? '').length
}
