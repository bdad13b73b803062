import type { Constraint } from '../domain/constraints.ts'
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

const filler =
  '(?:\\s+(?:the|a|an|my|our|of|is|are|be|was|at|about|around|only|just|like|price|prices|cost|costs|total|sum|amount|value|range|tag|spend|spending|pay|paying|something|anything|exactly))*[\\s:`*"\']*$'
type ToBounds = (value: number) => Bounds
const comparatorsBefore = (
  [
    [
      /(?:no|not|never|nothing|[a-z]+n['’]?t|cannot)\s+(?:be\s+|cost\s+|go\s+|going\s+|spend\s+|pay\s+|want\s+to\s+(?:spend|pay)\s+)*(?:more|higher|greater|over|above|pricier|exceed(?:ing)?|beyond)(?:\s+than)?/,
      (v) => upTo(v, true),
    ],
    [
      /(?:no|not|never|nothing|[a-z]+n['’]?t)\s+(?:be\s+|cost\s+)?(?:less|lower|cheaper|below|under|fewer)(?:\s+than)?/,
      (v) => from(v, true),
    ],
    [
      /(?:at\s+most|up\s+to|upto|max(?:imum)?|within|capped\s+at|cap|ceiling|limit(?:ed)?(?:\s+to)?|as\s+much\s+as|budget|≤|<=|or\s+less|until|til|till)/,
      (v) => upTo(v, true),
    ],
    [
      /(?:(?:less|lower|cheaper|fewer|lesser|smaller|less\s+expensive)\s+than|under(?:neath)?|below|beneath|sub|<|inferior\s+to)/,
      (v) => upTo(v, false),
    ],
    [
      /(?:at\s+least|min(?:imum)?|starting(?:\s+(?:at|from|price))?|starts?\s+(?:at|from)|upwards?\s+of|from|≥|>=|as\s+little\s+as)/,
      (v) => from(v, true),
    ],
    [
      /(?:(?:more|greater|higher|bigger|larger|pricier|more\s+expensive)\s+than|over|above|exceed(?:s|ing)?|beyond|north\s+of|>|superior\s+to|surpass(?:es|ing)?)/,
      (v) => from(v, false),
    ],
    [
      /(?:around|about|approximately|approx\.?|roughly|circa|near(?:ly)?|close\s+to|in\s+the\s+(?:region|neighbou?rhood|area)\s+of|somewhere|~|ish)/,
      (v) => within(roundCents(v * 0.8), roundCents(v * 1.2)),
    ],
  ] satisfies [RegExp, ToBounds][]
).map(([pattern, bounds]): [RegExp, ToBounds] => [
  new RegExp(`(?:^|[\\s,;:(])${pattern.source}${filler}`, 'i'),
  bounds,
])

const comparatorsAfter: readonly [RegExp, (value: number) => Bounds][] = [
  [
    /^\s*(?:or|and)\s+(?:less|under|below|lower|cheaper|fewer)(?!\s*(?:than\s*)?[^\p{L}]?\d)|^\s*(?:max(?:imum)?|tops|at\s+most|at\s+the\s+most|limit|budget)\b/iu,
    (v) => upTo(v, true),
  ],
  [
    /^\s*(?:or|and)\s+(?:more|over|above|up|higher|upwards?|greater|pricier)(?!\s*(?:than\s*|to\s*)?[^\p{L}]?\d)|^\s*(?:\+|plus\b|min(?:imum)?\b|at\s+least|upwards?\b)/iu,
    (v) => from(v, true),
  ],
  [/^\s*(?:-?ish\b|or\s+so\b|more\s+or\s+less\b)/i, (v) => within(roundCents(v * 0.8), roundCents(v * 1.2))],
]

const roundCents = (value: number): number => Math.round(value * 100) / 100

const priceWord =
  /(?:^|[^\p{L}])(?:pric(?:e[sd]?|ing)|costs?|costing|budget|spend(?:ing)?|pay(?:ing)?|worth|money|afford|expensive|cheap(?:er)?|sell(?:s|ing)?\s+for)(?![\p{L}])/iu
/** What a bare range or limit is about, when it is not about money. */
const otherQuantity =
  /(?:^|[^\p{L}])(?:usages?|uses?|power|watts?|wattage|widths?|wide|heights?|tall|high|lengths?|long|depths?|deep|weights?|weigh(?:s|ing)?|sizes?|sized|ages?|aged|years?|capacity|voltage|volts?|temperatures?|pages?|diameters?|thickness|speeds?|resolutions?|ranges?|volumes?|models?|versions?|series|no\.?|number|numbers?|quantity|packs?|sets?|count|rated|ratings?|stars?|reviews?|sleep|battery|screens?|waist|bust|chest|inseam|rpm|hertz|frequency|pressure|levels?|grades?|seats?|players?|channels?|lumens?|spf|gauge|caliber|calibre|chapter|volume|part|figures?|fits?|feet|from\s+the\s+\d*s?)(?![\p{L}])/iu

/**
 * The price that a query states, or null. `currency` is the catalog's (ISO 4217); an amount in another named currency
 * gives no constraint, since there is no exchange rate to convert it by (null: any currency will do). Numbers that measure or count something
 * ("under 60 inches", "pack of 12", "iPhone 15") are not prices. "around 50" spans 20 % either way.
 */
export function findPrice(text: string, currency: string | null): FoundPrice | null {
  const lower = text.toLowerCase()
  const amounts = findAmounts(lower)
  let found: FoundPrice | null = null
  for (let index = 0; index < amounts.length; index++) {
    const amount = amounts[index]
    if (amount === undefined) continue
    const next = amounts[index + 1]
    const range = next === undefined ? null : readRange(lower, amount, next, amounts[index - 1])
    const stated = range ?? readSingle(lower, amount, amounts[index - 1])
    if (stated === null) continue
    if (range !== null) index++
    const currencies = [...amount.currencies, ...(range === null ? [] : (next?.currencies ?? []))]
    if (currency !== null && currencies.length > 0 && !currencies.includes(currency)) continue
    found = found === null ? price(text, stated) : combine(found, price(text, stated), text)
  }
  return found
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
  const slice = text.slice(Math.max(floor, at - 90), at)
  const cut = Math.max(
    slice.search(/[,;.!?()](?=\s)(?!.*[,;.!?()]\s)/),
    slice.lastIndexOf(', '),
    slice.lastIndexOf('; '),
  )
  const words = cut >= 0 ? slice.slice(cut + 1) : slice
  return { words, start: at - words.length }
}

function readRange(text: string, low: Amount, high: Amount, earlier: Amount | undefined): Stated | null {
  const middle = text.slice(low.end, high.start)
  const before = phraseBefore(text, low.start, earlier?.end ?? 0)
  const lead =
    /(?:^|[\s,(])((?:pric(?:e[sd]?|ing)|costs?|costing|budget|budgeted|ranging|rang(?:e|es|ing)|anywhere|somewhere)?\s*(?:(?:is|are|of|should|be|must|range|ranging|at|for|anywhere|somewhere|falls?|falling)\s+)*(between|from|range|ranging|of|in|within))\s*(?:the\s+(?:range|price\s+range)\s+(?:of\s+)?)?(?:from\s+|between\s+)?$/.exec(
      before.words,
    )
  const joined = /^\s*(?:-|–|—|to|and|until|till|through|up\s+to|&|~)\s*$/.exec(middle)
  if (joined === null) return null
  const money = low.money || high.money
  const bareJoin = lead === null || !/between|from|rang/.test(lead[0])
  const word = joined[0].trim()
  if (bareJoin && !money && !priceWord.test(before.words)) return null
  if (bareJoin && (word === 'and' || word === '&')) return null
  if (!money) {
    if (high.measured || low.measured) return null
    if (
      !priceWord.test(before.words) &&
      (otherQuantity.test(before.words) || otherQuantity.test(text.slice(high.end, high.end + 16)))
    )
      return null
  }
  const scaled =
    low.value < high.value / 500 && /\dk/.test(text.slice(high.start, high.end))
      ? low.value * 1000
      : low.value
  const start = lead === null ? low.start : before.start + lead.index
  return { bounds: within(scaled, high.value), start, end: high.end }
}

function readSingle(text: string, amount: Amount, earlier: Amount | undefined): Stated | null {
  if (amount.measured) return null
  const before = phraseBefore(text, amount.start, earlier?.end ?? 0)
  const after = text.slice(amount.end, amount.end + 40)
  const evidence = amount.money || priceWord.test(before.words)
  for (const [pattern, bounds] of comparatorsAfter) {
    const match = pattern.exec(after)
    if (match !== null && evidence) {
      return {
        bounds: bounds(amount.value),
        start: startOfPriceWords(before, amount.start),
        end: amount.end + match[0].length,
      }
    }
  }
  for (const [pattern, bounds] of comparatorsBefore) {
    const match = pattern.exec(before.words)
    if (match === null) continue
    if (!evidence && !isBareLimit(match[0], before.words.slice(0, match.index), after)) return null
    return {
      bounds: bounds(amount.value),
      start: startOfPriceWords(before, before.start + match.index),
      end: amount.end,
    }
  }
  if (
    /(?:pric(?:e|ed)|costs?|costing|budget)(?:\s+(?:is|of|at|me|about|for|only|just|should|must|be))*[\s:`]*$/.test(
      before.words,
    )
  ) {
    const isBudget = /budget/.test(before.words)
    const bounds = isBudget
      ? upTo(amount.value, true)
      : within(roundCents(amount.value * 0.8), roundCents(amount.value * 1.2))
    return { bounds, start: startOfPriceWords(before, amount.start), end: amount.end }
  }
  const spend = /(?:spend|pay|have(?:\s+got)?|for|got)\s+(?:only\s+|just\s+)?$/.exec(before.words)
  if (amount.money && spend !== null) {
    return { bounds: upTo(amount.value, true), start: before.start + spend.index, end: amount.end }
  }
  const budget = /^\s*budget\b/.exec(after)
  if (budget !== null)
    return { bounds: upTo(amount.value, true), start: amount.start, end: amount.end + budget[0].length }
  return null
}

/** "headphones under 50": a limit with no currency is money only when nothing after it says what is counted. */
function isBareLimit(comparator: string, lead: string, after: string): boolean {
  if (
    !/under|below|less|cheaper|up\s*to|most|max|more\s+than|over|above|no\s+more|not\s+more|<|>/.test(
      comparator,
    )
  )
    return false
  if (otherQuantity.test(lead.split(/\s+/).slice(-4).join(' '))) return false
  // "over 40" and "above 8" are as often ages; a lower limit needs more evidence than an upper one.
  if (/over|above|more|>/.test(comparator) && !/no|not|n't/.test(comparator)) return false
  return /^\s*(?:$|[,.;!?)]|(?:with|and|for|in|that|from|please|by|which|or|but|if|on|made)\b)/.test(after)
}

/** Where the price phrase begins: takes in "priced", "that cost", "with a price", "and a cost". */
function startOfPriceWords(before: { words: string; start: number }, at: number): number {
  const lead = text(before, at)
  const match =
    /(?:^|[\s,(])((?:(?:and|with|that|which|at|for|has|have|having|the|a|an|it|should|must|be|is|are|my|whose|in|of|i|can|want|to|not|don't|only|just)\s+)*(?:pric(?:e[sd]?|ing)|costs?|costing|budget|spend|pay)(?:\s+(?:range|tag|point|is|are|of|at|me|should|must|be|that|for|the|ranging|from|a|it|to))*\s*)$/.exec(
      lead,
    )
  if (match === null) return at
  return before.start + match.index + match[0].length - (match[1] ?? '').length
}

const text = (before: { words: string; start: number }, at: number): string =>
  before.words.slice(0, at - before.start)
