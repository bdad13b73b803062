import { numberWordsSource, parseNumber, parseNumberWords } from './numbers.ts'

/** A number in a query that may be money. */
export interface Amount {
  value: number
  start: number
  end: number
  /** Whether a currency sign or word stands with it. */
  money: boolean
  /** ISO codes that the sign or word may mean; empty without one, or where shoppers use it loosely (`$`, `bucks`). */
  currencies: readonly string[]
  /** The word right after, where it makes the number a measure or count (`60 inches`, `20 pieces`). */
  measured: boolean
}

const dollar: readonly string[] = []
const currencyNames: Record<string, readonly string[]> = {
  $: dollar,
  us$: ['USD'],
  usd: ['USD'],
  dollar: dollar,
  dollars: dollar,
  buck: dollar,
  bucks: dollar,
  '€': ['EUR'],
  eur: ['EUR'],
  euro: ['EUR'],
  euros: ['EUR'],
  '£': ['GBP'],
  gbp: ['GBP'],
  pound: ['GBP'],
  pounds: ['GBP'],
  quid: ['GBP'],
  '₱': ['PHP'],
  php: ['PHP'],
  peso: ['PHP', 'MXN', 'ARS', 'CLP', 'COP'],
  pesos: ['PHP', 'MXN', 'ARS', 'CLP', 'COP'],
  '¥': ['JPY', 'CNY'],
  jpy: ['JPY'],
  yen: ['JPY'],
  cny: ['CNY'],
  rmb: ['CNY'],
  yuan: ['CNY'],
  '₹': ['INR'],
  inr: ['INR'],
  rs: ['INR', 'PKR', 'LKR'],
  rupee: ['INR', 'PKR', 'LKR'],
  rupees: ['INR', 'PKR', 'LKR'],
  s$: ['SGD'],
  sgd: ['SGD'],
  a$: ['AUD'],
  aud: ['AUD'],
  c$: ['CAD'],
  cad: ['CAD'],
  hk$: ['HKD'],
  hkd: ['HKD'],
  nt$: ['TWD'],
  twd: ['TWD'],
  r$: ['BRL'],
  brl: ['BRL'],
  mxn: ['MXN'],
  chf: ['CHF'],
  krw: ['KRW'],
  '₩': ['KRW'],
  won: ['KRW'],
  rm: ['MYR'],
  myr: ['MYR'],
  thb: ['THB'],
  '฿': ['THB'],
  baht: ['THB'],
  vnd: ['VND'],
  '₫': ['VND'],
  idr: ['IDR'],
  rp: ['IDR'],
  zł: ['PLN'],
  pln: ['PLN'],
  sek: ['SEK'],
  nok: ['NOK'],
  dkk: ['DKK'],
  kr: ['SEK', 'NOK', 'DKK'],
  czk: ['CZK'],
  try: ['TRY'],
  '₺': ['TRY'],
}
const escape = (text: string): string => text.replace(/[$.]/g, '\\$&')
const signs = Object.keys(currencyNames).toSorted((a, b) => b.length - a.length)
// `won` and `try` are English words before a number, and a bare `rs`, `kr` or `rm` must touch it.
const prefix = signs
  .filter((sign) => !/^(?:won|try|pounds?|buck|bucks|dollars?)$/.test(sign))
  .map(escape)
  .join('|')
const suffix = signs
  .filter((sign) => !/^(?:try|rs|rm|rp)$/.test(sign))
  .map(escape)
  .join('|')

const amountPattern = new RegExp(
  `(?<![\\p{L}\\p{N}.,/]|[\\p{L}]-)(?:(?<before>${prefix})\\.?\\s?)?` +
    `(?:(?<digits>\\d{1,3}(?:[ '’]\\d{3})+(?:[.,]\\d{1,2})?(?![\\d])|\\d+(?:[.,]\\d+)*)(?:\\s?(?<scale>k|thousand|grand|m|mn|million)(?![\\p{L}\\p{N}]))?|(?<words>${numberWordsSource})(?![\\p{L}]))` +
    `(?:\\s?[-–]?\\s?(?<after>${suffix})(?![\\p{L}\\p{N}]))?`,
  'giu',
)

/** Words after a number that make it a measure, a count or part of a name rather than money. */
const measureWord =
  /^(?:\s?[-–]?\s?)(?:"|″|”|''|'(?!s\b)|%|°|inch(?:es)?|in(?=$|[\s,.]+(?:wide|long|tall|deep|high|thick|diameter|screen|monitor|tv))|feet|foot|ft|yards?|yds?|miles?|mi|cm|mm|m|meters?|metres?|km|centimeters?|centimetres?|millimeters?|millimetres?|oz|ounces?|fl|lbs?|pounds?|kg|kgs|kilos?|kilograms?|g|gm|gms|grams?|mg|mcg|ml|cl|l|liters?|litres?|gallons?|gal|qt|quarts?|pints?|cups?|w|watts?|kw|kwh|v|volts?|a|amps?|ma|mah|ah|wh|hz|khz|mhz|ghz|kb|mb|gb|tb|mbps|gbps|mp|megapixels?|px|k?dpi|fps|rpm|psi|lumens?|lm|db|btu|hp|years?|yrs?|yo|y\/o|months?|mos?|weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|pieces?|pcs?|packs?|pk|ct|counts?|sets?|pairs?|units?|items?|rolls?|sheets?|pages?|people|persons?|players?|seats?|seater|slots?|ports?|blades?|speeds?|doors?|stars?|x(?=\s?\d)|by(?=\s\d)|d|p(?=\s|$)|st|nd|rd|th|degrees?|calories|kcal|carats?|kt?|karats?|ply|thread|tier|drawers?|shelves|reviews?|bottles?|bags?|boxes|box|cans?|tablets?|capsules?|customers?)(?![\p{L}\p{N}])/iu

/** Every number in a text that might be money, in order. */
export function findAmounts(text: string): Amount[] {
  const amounts: Amount[] = []
  for (const match of text.matchAll(amountPattern)) {
    const { before, digits, scale, words, after } = match.groups ?? {}
    const base = digits === undefined ? parseNumberWords(words ?? '') : parseNumber(digits)
    if (!Number.isFinite(base)) continue
    const sign = (before ?? after)?.toLowerCase()
    // Weight, not sterling: `pounds` after a number means money only in a store that sells in pounds; the caller knows.
    const currencies = sign === undefined ? [] : (currencyNames[sign] ?? [])
    const thousands = scale !== undefined && /^(?:k|thousand|grand)$/i.test(scale)
    const millions = scale !== undefined && /^(?:m|mn|million)$/i.test(scale)
    // `5m` is five metres unless a currency stands with it.
    if (millions && !/million/i.test(scale ?? '') && sign === undefined) {
      amounts.push({
        value: base,
        start: match.index,
        end: match.index + match[0].length,
        money: false,
        currencies,
        measured: true,
      })
      continue
    }
    const end = match.index + match[0].length
    const rest = text.slice(end)
    const joinedWord = /^[\p{L}\p{N}]/u.test(rest)
    amounts.push({
      value: base * (thousands ? 1000 : millions ? 1_000_000 : 1),
      start: match.index,
      end,
      money: sign !== undefined,
      currencies,
      measured: sign === undefined && (joinedWord || measureWord.test(rest)),
    })
  }
  return amounts
}
