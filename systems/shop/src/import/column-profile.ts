/** What the cells of one column look like, as shares (0–1) of those that are not empty. */
export interface ColumnProfile {
  rows: number
  filled: number
  /** Different values; counting stops at `distinctCap`. */
  distinct: number
  /** Different values among those counted. */
  distinctShare: number
  number: number
  /** Whole numbers without a sign. */
  integer: number
  /** A number with a currency or exactly two decimals. */
  money: number
  /** Numbers with what they measure behind them (`28 W`, `43 x 23 cm`), where a few words are all that stands there. */
  measure: number
  link: number
  image: number
  html: number
  /** `name:value` pairs, several in one cell. */
  pairs: number
  path: number
  boolean: number
  date: number
  /** Lists, and objects or lists written as JSON. */
  list: number
  /** Of number cells: smallest and largest. */
  min: number
  max: number
  meanLength: number
  maxLength: number
  meanWords: number
  /** The first different values, at most `exampleCap`. */
  examples: string[]
}

export const distinctCap = 400
export const exampleCap = 40

const number = /^[-+]?\d[\d.,\s'’]*(?:e[-+]?\d{1,2})?$/i
const measure = /^\d[\d.,]*(?:\s?[x×]\s?\d[\d.,]*)*\s?(\p{L}{1,12}(?:\/\p{L}{1,6})?[²³]?|["%°]\p{L}?)$/u
/** Behind the numbers of a column of measures stand no more different words: of article numbers they differ. */
const mostUnits = 3
const money =
  /^(?:(?:[A-Z]{3}|\p{Sc}{1,3}|Rs\.?|zł|kr\.?|Rp|R\$|US\$)\s?\d[\d.,\s]*|\d[\d.,\s]*\s?(?:[A-Z]{3}|\p{Sc}|zł|kr\.?|руб\.?|грн)|\d+[.,]\d{2})$/u
const currencies = new Set(Intl.supportedValuesOf('currency'))

/** An amount with a currency or two decimals. `SKU123` is none: no currency is called so. */
function isMoney(text: string): boolean {
  if (text.length > 40 || !money.test(text)) return false
  const code = /[A-Z]{3}/.exec(text)?.[0]
  return code === undefined || currencies.has(code)
}

const link = /^(?:https?:)?\/\/\S+$/i
const image = /\.(?:jpe?g|png|webp|gif|avif|svg|bmp)(?:[?#_]|$)|\/(?:images?|img|media|photos?)\//i
const html = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?>|&lt;\/?[a-z]/i
const date = /^\d{4}-\d{1,2}-\d{1,2}(?:[T ]|$)|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}(?:[, ]|$)/
const boolean = /^(?:true|false|yes|no|y|n|oui|non|ja|nein|si|sí|sì|sim|não|nee|nej)$/i
const pair = /^[\p{L}\p{N}][^:=|;]{0,60}[:=][^:=]/u

function first(text: string): string {
  const end = text.search(/[\s,|;]/)
  return end === -1 ? text : text.slice(0, end)
}

/** What a cell says in words: of a list its entries, of a list of objects that it is one. */
function cellText(value: unknown): string {
  if (Array.isArray(value))
    return value.every((each) => typeof each !== 'object') ? value.map(String).join(', ') : '[…]'
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** Counts the cells of one column. Pure: what it says follows from the cells alone. */
export class ColumnProfiler {
  #rows = 0
  #counts = {
    filled: 0,
    number: 0,
    integer: 0,
    money: 0,
    measure: 0,
    link: 0,
    image: 0,
    html: 0,
    pairs: 0,
    path: 0,
    boolean: 0,
    date: 0,
    list: 0,
  }
  #distinct = new Set<string>()
  #units = new Set<string>()
  #counted = 0
  #length = 0
  #words = 0
  #maxLength = 0
  #min = Number.POSITIVE_INFINITY
  #max = Number.NEGATIVE_INFINITY

  add(value: unknown): void {
    this.#rows++
    const isList = Array.isArray(value) && value.every((each) => typeof each !== 'object')
    const text = cellText(value)
    if (text === '') return
    const counts = this.#counts
    counts.filled++
    if (this.#distinct.size < distinctCap) {
      this.#counted++
      this.#distinct.add(text.length > 80 ? `${text.slice(0, 70)}#${text.length}` : text)
    }
    this.#length += text.length
    this.#maxLength = Math.max(this.#maxLength, text.length)
    this.#words += text.length > 400 ? 60 : text.split(/\s+/).length
    if (isList || text.startsWith('[') || text.startsWith('{')) counts.list++
    if (typeof value === 'boolean' || boolean.test(text)) counts.boolean++
    else if (number.test(text)) {
      counts.number++
      if (/^\d+$/.test(text)) counts.integer++
      const amount = Number(text.replace(',', '.'))
      if (Number.isFinite(amount)) {
        this.#min = Math.min(this.#min, amount)
        this.#max = Math.max(this.#max, amount)
      }
    }
    if (isMoney(text)) counts.money++
    const unit = measure.exec(text)?.[1]
    if (unit !== undefined) {
      counts.measure++
      if (this.#units.size <= mostUnits) this.#units.add(unit)
    }
    if (date.test(text)) counts.date++
    const start = isList ? String(value[0]) : first(text)
    if (link.test(start)) {
      counts.link++
      if (image.test(start)) counts.image++
      return
    }
    if (/^[^\s/][^\s]*\.(?:jpe?g|png|webp|gif)$/i.test(start)) counts.image++
    if (html.test(text)) counts.html++
    else {
      if (text.length < 400 && /\S\s*(?:>|»|›)\s*\S/.test(text)) counts.path++
      else if (text.length < 300 && /^[^/]{2,60}(?:\/[^/]{2,60})+$/.test(text)) counts.path++
      if (/[|;,\n]/.test(text) && pair.test(text) && (text.match(/[^:=|;,\n]{1,60}[:=]/g)?.length ?? 0) >= 2)
        counts.pairs++
    }
  }

  profile(): ColumnProfile {
    const { filled, ...counts } = this.#counts
    const share = (count: number) => (filled === 0 ? 0 : count / filled)
    return {
      rows: this.#rows,
      filled,
      distinct: this.#distinct.size,
      distinctShare: this.#counted === 0 ? 0 : this.#distinct.size / this.#counted,
      number: share(counts.number),
      integer: share(counts.integer),
      money: share(counts.money),
      measure: this.#units.size > mostUnits ? 0 : share(counts.measure),
      link: share(counts.link),
      image: share(counts.image),
      html: share(counts.html),
      pairs: share(counts.pairs),
      path: share(counts.path),
      boolean: share(counts.boolean),
      date: share(counts.date),
      list: share(counts.list),
      min: this.#min,
      max: this.#max,
      meanLength: filled === 0 ? 0 : this.#length / filled,
      maxLength: this.#maxLength,
      meanWords: filled === 0 ? 0 : this.#words / filled,
      examples: [...this.#distinct].slice(0, exampleCap),
    }
  }
}
