import type { Money } from '../domain/product.ts'
import { languageCodes } from '../language/languages.ts'

const symbols: Record<string, string> = {
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  '₱': 'PHP',
  zł: 'PLN',
}
const digits = new Map<string, number>()

let signs: ReadonlyMap<string, readonly string[]> | undefined

/** Every currency's sign in the languages that feeds are in (CLDR, by `Intl`), without spaces and in lower case: `fcfa`, `kč`, `din.`. */
function currencySigns(): ReadonlyMap<string, readonly string[]> {
  if (signs !== undefined) return signs
  const found = new Map<string, string[]>()
  for (const currency of Intl.supportedValuesOf('currency'))
    for (const language of languageCodes)
      for (const currencyDisplay of ['narrowSymbol', 'symbol'] as const) {
        const parts = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay })
        const sign = bareSign(parts.formatToParts(1).find(({ type }) => type === 'currency')?.value ?? '')
        const known = found.get(sign) ?? []
        if (!known.includes(currency)) found.set(sign, [...known, currency])
      }
  return (signs = found)
}

const bareSign = (text: string): string => text.replaceAll(/\s/g, '').toLowerCase()

/** The sign that stands before or after an amount as a word (`15 000 Fcfa`), and the currency that it names. */
function wordedSign(text: string, fallback: string): { said: string; currency: string } | null {
  const said = /^\p{L}[\p{L}\s.]*(?=\d)|(?<=\d\s*)\p{L}[\p{L}\s.]*$/u.exec(text)?.[0]
  if (said === undefined || bareSign(said).length < 3) return null
  const codes = currencySigns().get(bareSign(said)) ?? []
  const currency = codes.includes(fallback) ? fallback : codes[0]
  return currency === undefined ? null : { said, currency }
}

/** The currency of a sign that several may share: `R$` is the real's, `$` and `S$` are the store's own where it is written so, else the usual one. */
function signedCurrency(text: string, symbol: string, fallback: string): string {
  const at = text.indexOf(symbol)
  const before = /\p{L}{0,3}$/u.exec(text.slice(0, at).trimEnd())?.[0] ?? ''
  const exact = before === '' ? [] : (currencySigns().get(bareSign(before + symbol)) ?? [])
  const [named] = exact
  if (named !== undefined) return exact.includes(fallback) ? fallback : named
  return currencySigns().get(symbol)?.includes(fallback) ? fallback : (symbols[symbol] ?? fallback)
}

/** Minor units a major unit has, as a power of ten (ISO 4217): 2 for USD, 0 for JPY. Null for no known currency. */
export function minorDigits(currency: string): number | null {
  if (!/^[A-Z]{3}$/.test(currency)) return null
  const known = digits.get(currency)
  if (known !== undefined) return known
  const found =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  digits.set(currency, found)
  return found
}

export type PriceResult = { ok: true; money: Money } | { ok: false; code: string; reason: string }

const bad = (code: string, reason: string): PriceResult => ({ ok: false, code, reason })

export type DecimalSign = '.' | ','

/** How a column writes its prices, as its cells tell together. */
export interface PriceColumn {
  /** What stands before decimals. */
  decimalSign: DecimalSign | null
  /** What most say beside amount and currency. */
  around: readonly string[]
}

export const priceColumn = (cells: readonly string[]): PriceColumn => ({
  decimalSign: decimalSignOf(cells),
  around: wordsAround(cells),
})

/**
 * The sign that stands before decimals in a column, by those of its cells that leave no doubt: one sign with one, two, or more than three digits
 * behind it. Null where none does, or they disagree.
 */
export function decimalSignOf(cells: readonly string[]): DecimalSign | null {
  const told = new Set(
    cells.flatMap((cell) => /^[^.,]*\d([.,])(?:\d{1,2}|\d{4,})(?!\d)[^.,]*$/.exec(cell)?.[1] ?? []),
  )
  const [sign] = told
  return told.size === 1 && (sign === '.' || sign === ',') ? sign : null
}

/**
 * What most cells of a column say around their amounts beside the currency: `incl. btw` of “€ 229,99 incl. btw”, `our price:` of
 * “our price: 20”. It says nothing of one row.
 */
function wordsAround(cells: readonly string[]): string[] {
  const isCurrency = (word: string) => currencySigns().has(bareSign(word)) || minorDigits(word) !== null
  const around = [/^[^\d]*?(?=\S*\d)/u, /(?<=\d)[^\d]*$/u]
  const priced = cells.filter((cell) => /\d/.test(cell))
  return around.flatMap((place) => {
    const said = priced.flatMap((cell) => {
      const words = (place.exec(cell)?.[0] ?? '')
        .split(/[\s\p{Sc}]+/u)
        .filter((word) => word !== '' && !isCurrency(word))
      return words.length > 0 && /\p{L}{3}/u.test(words.join(' ')) ? [words.join(' ')] : []
    })
    return [...Map.groupBy(said, (words) => words)].flatMap(([words, all]) =>
      all.length >= 3 && all.length * 2 > priced.length ? [words] : [],
    )
  })
}

/** `1.299,00` and `1,299.00` alike: the last separator is the decimal one when one or two digits follow it, or where the column says so. */
export function toNumber(text: string, decimalSign: DecimalSign | null): number | null {
  const compact = text.replaceAll(/[\s'’]/g, '').replace(/[.,][-–—]+$/, '')
  // As spreadsheets and data tools write large or rounded numbers.
  if (/^\d+(?:\.\d+)?e[-+]?\d{1,2}$/i.test(compact)) return Number(compact)
  if (!/^\d[\d.,]*$/.test(compact)) return null
  const comma = compact.lastIndexOf(',')
  const dot = compact.lastIndexOf('.')
  const decimal = Math.max(comma, dot)
  if (decimal === -1) return Number(compact)
  const sameSeparators = compact.split(compact[decimal] ?? '').length - 1
  const fraction = compact.length - decimal - 1
  // `1.299` reads as a number with three decimals only if it is written with a dot and stands alone.
  const isDecimal =
    sameSeparators === 1 &&
    (compact[decimal] === decimalSign || fraction !== 3 || (comma === -1 && compact.indexOf('.') > 3))
  if (!isDecimal) return Number(compact.replaceAll(/[.,]/g, ''))
  return Number(`${compact.slice(0, decimal).replaceAll(/[.,]/g, '')}.${compact.slice(decimal + 1) || '0'}`)
}

const perMeasure =
  /(?:\/|\b(?:per|pro|je|al|all['’]?|por|par|le|la|each|för)\b)\s*((?:\d+(?:[.,]\d+)?\s*)?(?:kg|hg|g|gr|grammi|l|lt|cl|dl|ml|m|cm|m2|m²|m3|m³|lb|oz|kilo|etto|lit(?:re|er|ro)))\.?\s*$/iu

/** What a price is for where an amount stands before it: `per 4 stuks`, `al pezzo`, `per box (-15 %)`. */
const perUnit =
  /(?<=\d.{0,6}?)\s*\b(?:per|pro|je|al|all['’]|por|par|le|la|för)(?!\p{L})\s*((?:\d+(?:[.,]\d+)?\s*)?\p{L}[\p{L}.]*).*$/iu
/** `each`, where it says no more. */
const perOne = /(?<=\d.{0,6}?)\s*\b(?:each|apiece)\s*$/iu
/** That it costs so much or more. */
const least =
  /^(?:from|starting (?:at|from)|ab|vanaf|från|fr\.|desde|à partir de|a partir d[ei]|da)\s+(?=\P{L}*\d)/iu

/** How much a price is for where its cell says so: `100g`, of "€1,80 / 100g"; `4 stuks`, of "7,25 per 4 stuks". */
export const measureOf = (price: string): string | null =>
  perMeasure.exec(price.trim())?.[1] ?? perUnit.exec(price.trim())?.[1] ?? null

/**
 * Reads a price such as `19.99`, `$19.99`, `19,99 EUR`, `1.299,00 €` or a number in major units.
 * `fallback` is the currency when the text names none. Of a range (`10.00 - 20.00`) the lower end is taken.
 * @param isMinor amounts without a decimal separator are in the currency's smallest unit
 * @param column how the column that it is of writes its prices
 */
export function parsePrice(
  value: unknown,
  fallback: string,
  isMinor = false,
  column: PriceColumn = { decimalSign: null, around: [] },
): PriceResult {
  const read = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  const { decimalSign, around } = column
  const said = around.reduce((text, words) => text.replace(words, ' '), read).trim()
  // `/ 100g`, `/ Stück`: what it is for is no part of the amount.
  const whole = said
    .replace(perMeasure, '')
    .replace(/(?<=[\d\p{Sc}\p{L}])\s*\/\s*\p{L}+\.?$/u, '')
    .replace(perUnit, '')
    .replace(perOne, '')
    .replace(least, '')
    .trim()
  const range = /\de[-+]?\d/i.test(whole) ? null : /^(.*\d.*?)\s*(?:[-–—/]|\bto\b)\s*[^-–—/]*\d/.exec(whole)
  const text = range?.[1] ?? whole
  if (text === '') return bad('missing-price', 'The price is empty.')
  const code = /(?:^|[^A-Za-z])([A-Z]{3})(?:$|[^A-Za-z])/.exec(text)?.[1]
  const symbol = Object.keys(symbols).find((candidate) => text.includes(candidate))
  const worded = symbol === undefined ? wordedSign(text, fallback) : null
  const currency =
    worded?.currency ?? code ?? (symbol === undefined ? fallback : signedCurrency(text, symbol, fallback))
  const power = minorDigits(currency)
  if (power === null) return bad('bad-price', `"${currency}" is not a currency code such as USD.`)
  const bare = text
    .replace(worded?.said ?? code ?? '', '')
    .replace(symbol ?? '', '')
    .replace(/^(?:rs|rp|kr|r|us|from|ab|ca|au|a|c)\.?\s*(?=[\d$])/i, '')
    .replace(/\s*(?:kr|руб|грн|lei|ft|kč|đ|₫|vnd)\.?$/iu, '')
    .replace(/^[^\d\s.,(−–-]{1,3}\s*|\s*[^\d\s.,]{1,3}$/gu, '')
    .trim()
  if (/^[-−–(]/.test(bare) || (typeof value === 'number' && value < 0))
    return bad('negative-price', `The price "${text.slice(0, 40)}" is negative.`)
  const amount = typeof value === 'number' ? value : toNumber(bare, decimalSign)
  if (amount === null || !Number.isFinite(amount)) {
    return bad(
      'bad-price',
      `The price "${text.slice(0, 40)}" is not a number; write it like 19.99 or 19.99 USD.`,
    )
  }
  const minor = isMinor && Number.isInteger(amount) ? amount : Math.round(amount * 10 ** power)
  if (minor > 1e12) return bad('bad-price', `The price "${text.slice(0, 40)}" is too large.`)
  return { ok: true, money: { minor, currency } }
}
