import { columnKey } from './columns.ts'
import { priceSense } from './price-senses.ts'
import { plumbing } from './propose-columns.ts'

/** A row with nothing nested in it, whatever the export nested. */
export interface FlatRow {
  /** Scalars and lists of strings, by column; nested objects by dotted name (`dimensions.width`). */
  fields: Record<string, unknown>
  /** Stated as pairs: `[{ name, value }]`, `a=1,b=2`, `name:value|name:value`. */
  attributes: [name: string, values: string[]][]
  /** What this row chooses of what its product offers. */
  options: Record<string, string>
  /** The product's options in order, for variants that state only values. */
  optionNames: string[]
  variants: FlatRow[]
}

type Fields = Record<string, unknown>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const scalar = (value: unknown): string =>
  typeof value === 'string'
    ? value.trim()
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''

const emptyFields = (): Fields => Object.create(null) as Fields

const first = (entry: Fields, names: readonly string[]): unknown => {
  for (const name of names) if (entry[name] !== undefined && entry[name] !== null) return entry[name]
  return undefined
}

const labelNames = [
  'name',
  'label',
  'title',
  'key',
  'attribute',
  'attribute_name',
  'attribute_code',
  'option_display_name',
  'code',
  'option',
]
const valueNames = [
  'value',
  'values',
  'options',
  'option',
  'label',
  'attribute_value',
  'text',
  'option_values',
  'variations',
  'name',
]
const linkNames = [
  'src',
  'url',
  'href',
  'link',
  'image',
  'url_zoom',
  'original',
  'large',
  'full',
  'imgSrc',
  'data',
]

/** Reads a cell that holds JSON, or what other languages print of lists and maps (Python, Ruby); else the cell itself. */
export function parseCell(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const text = value.trim()
  const isList = text.startsWith('[') && text.endsWith(']')
  if (!isList && !(text.startsWith('{') && text.endsWith('}'))) return value
  for (const candidate of [
    text,
    text.replaceAll('=>', ':').replaceAll(/\bnil\b/g, 'null'),
    pythonToJson(text),
  ]) {
    try {
      const parsed: unknown = JSON.parse(candidate)
      if (typeof parsed === 'object' && parsed !== null) return parsed
    } catch {
      // Another way of writing it, or plain text in brackets.
    }
  }
  return value
}

const pythonToJson = (text: string) =>
  text
    .replaceAll(/'((?:[^'\\]|\\.)*)'(?=\s*[,:\]}])/g, (_, inner: string) =>
      JSON.stringify(inner.replaceAll("\\'", "'")),
    )
    .replaceAll(/\bNone\b/g, 'null')
    .replaceAll(/\bTrue\b/g, 'true')
    .replaceAll(/\bFalse\b/g, 'false')

/** `a=1,b=2` (commas inside values survive when no `=` follows) or `name:value|name:value`; null when it is neither. */
export function parsePairs(text: string): [string, string][] | null {
  const byEquals = /^[\p{L}\p{N}_ -]{1,60}=/u.test(text)
  if (byEquals) {
    return text.split(/,(?=[\p{L}\p{N}_ -]{1,60}=)/u).map((part) => {
      const at = part.indexOf('=')
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()]
    })
  }
  const parts = text.split(/\s*[|;\n]\s*/).filter((part) => part !== '')
  const pairs = parts.map((part) => /^([\p{L}\p{N}][\p{L}\p{N} _()/.-]{0,59}):\s*([^/\s][^]*)$/u.exec(part))
  if (parts.length === 0 || pairs.some((pair) => pair === null)) return null
  return pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', pair[2] ?? ''] as [string, string]] : []))
}

const valuesOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(valuesOf)
  if (isObject(value)) return valuesOf(first(value, ['value', 'label', 'name', 'title', 'option']))
  const text = scalar(value)
  return text === '' ? [] : [text]
}

/** `[{ name: …, value: … }]` under any of the usual names; null when the list is none. */
function pairsOfList(list: readonly unknown[]): [string, string[]][] | null {
  const pairs: [string, string[]][] = []
  for (const entry of list) {
    if (!isObject(entry)) return null
    const labelKey = labelNames.find((name) => scalar(entry[name]) !== '')
    const valueKey = valueNames.find((name) => name !== labelKey && valuesOf(entry[name]).length > 0)
    if (labelKey === undefined || valueKey === undefined) {
      if (labelKey !== undefined || Object.keys(entry).length === 0) continue
      return null
    }
    pairs.push([scalar(entry[labelKey]), valuesOf(entry[valueKey])])
  }
  return pairs.length > 0 ? pairs : null
}

/** Keys of what is an entry of something else: a link, a thing with a price. */
const isNoFact = (key: string): boolean =>
  plumbing.test(columnKey(key)) || priceSense(key) !== null || stockKey.test(key)

/** What shoppers say of the goods, in the languages that feeds are in; nothing that the store states. */
export const ofShoppers =
  /review|comment|rating|rezension|bewertung|avis|recens|reseñ|resen|opini|avalia|beoordel|omd[oö]me/i

/** Characters of what a name of a fact has at most. */
const longestLabel = 60

/**
 * `[{ "nome": "Peso", "valore": "20 kg" }]`: objects of the same two keys, whatever they are called, the first of which holds short words
 * that tell the entries apart; null when the list is none.
 */
function pairsOfTwoKeys(list: readonly unknown[]): [string, string[]][] | null {
  const [label, value, ...more] = isObject(list[0]) ? Object.keys(list[0]) : []
  if (label === undefined || value === undefined || more.length > 0 || [label, value].some(isNoFact))
    return null
  const pairs = list.flatMap((entry): [string, string[]][] =>
    isObject(entry) && Object.keys(entry).length === 2 && label in entry && value in entry
      ? [[scalar(entry[label]), valuesOf(entry[value])]]
      : [],
  )
  const isNamed = pairs.every(([name]) => name.length <= longestLabel && /\p{L}/u.test(name))
  const areApart = new Set(pairs.map(([name]) => name)).size === list.length
  return pairs.length === list.length && isNamed && areApart ? pairs : null
}

const stockKey =
  /(?:^|_)(?:sku|barcode|inventory|stock|ean|gtin|upc|lager|bestand|voorraad|giacenza|estoque)/i
/** What a list of variants is called, in the languages that feeds are in. */
const variantsKey =
  /^(?:product_?)?(?:varia(?:nt|tion|c|ç|z)\p{L}*|skus|combina\p{L}*|children|models?|sizes|formats?|formatos|formati|formate|größen|groessen|tailles|tallas|taglie|maten|storlekar|tamanhos|tama[nñ]os|presentaci[oó]n\p{L}*|packs?|packungen|pakketten|medidas|editions)$/iu

/** How much a list of objects looks like the variants of the object that holds it. */
function variantScore(key: string, list: readonly unknown[], ownPrice: boolean): number {
  const [entry] = list
  if (!isObject(entry)) return 0
  const keys = Object.keys(entry)
  // `{ name: 'Size', values: ['S', 'M'] }` is an option, whatever the list is called.
  if (keys.length <= 3 && keys.some((name) => Array.isArray(entry[name]) && valueNames.includes(name)))
    return 0
  let score = variantsKey.test(key) ? 3 : 0
  const isPriced = keys.some((name) => priceSense(name) !== null)
  if (keys.some((name) => stockKey.test(name))) score += 1
  if (isPriced) score += 1
  // `[{ "nombre": "100 g", "precio": 75 }]` under any name, where the whole has no price of its own.
  if (
    isPriced &&
    !ownPrice &&
    list.length > 1 &&
    keys.some(
      (name) =>
        labelNames.includes(name.toLowerCase()) ||
        /^(?:nombre|nom|nome|naam|namn|bezeichnung|tama[nñ]o|tamanho|talla|taille|gr(?:ö|oe)(?:ß|ss)e|maat|storlek|taglia|size|weight|peso|gewicht|poids|vikt|formato?)$/iu.test(
          name,
        ),
    )
  )
    score += 2
  if (/(?:image|media|review|price|tier|option|categor|tag|offer_?history|related|attribute|spec)/i.test(key))
    score -= 3
  return score
}

/** Rows that cannot nest deeper than this are cut: text from outside must not exhaust the stack. */
const maxDepth = 6

/** Takes apart what a row nests: variants, attributes, options, pictures, categories, prices by currency. */
export function flattenRow(row: Fields, depth = 0): FlatRow {
  const flat: FlatRow = { fields: emptyFields(), attributes: [], options: {}, optionNames: [], variants: [] }
  const lists: [string, unknown[]][] = []
  for (const [name, cell] of Object.entries(row)) {
    if (name === '__proto__') continue
    const value = parseCell(cell)
    // A feed's shipping terms are read as they are.
    if (name === 'shipping') flat.fields[name] = value
    else if (Array.isArray(value)) lists.push([name, value])
    else if (isObject(value)) flattenObject(flat, name, value, depth)
    else flat.fields[name] = value
  }
  const ownPrice = Object.entries(flat.fields).some(
    ([name, value]) => priceSense(name) !== null && scalar(value) !== '',
  )
  const [best] = lists
    .map(([name, list]) => ({ name, list, score: variantScore(name, list, ownPrice) }))
    .filter(({ score }) => score >= 2)
    .toSorted((a, b) => b.score - a.score)
  const priced = best || depth > 0 ? null : pricedChoices(flat.fields, lists)
  for (const [name, list] of lists) {
    if (name === best?.name || priced?.taken.includes(name)) continue
    flattenList(flat, name, list)
  }
  if (best && depth < 2)
    flat.variants = best.list.filter(isObject).map((entry) => flattenRow(entry, depth + 1))
  if (priced) flat.variants = priced.choices.map((choice) => flattenRow(choice, depth + 1))
  return flat
}

const numbersOf = (list: unknown): number[] | null => {
  if (!Array.isArray(list)) return null
  const numbers = list.map((entry) => (scalar(entry) === '' ? Number.NaN : Number(scalar(entry))))
  return numbers.every((number) => Number.isFinite(number) && number > 0) ? numbers : null
}

/**
 * What a row prices by lists side by side: `price: [4, 9], sizes: ['S', 'L']`, or in an option `{ name, values: […], prices: […] }`. Null
 * where none does, two could, or the row states a price of its own that is none of them.
 */
function pricedChoices(
  fields: Fields,
  lists: readonly [string, unknown[]][],
): { taken: string[]; choices: Fields[] } | null {
  const found = [...choicesBeside(lists), ...lists.flatMap(([name, list]) => choicesWithin(name, list))]
  const [one] = found
  if (one === undefined || found.length > 1) return null
  const own = Object.entries(fields).find(
    ([name, value]) => priceSense(name) === 'price' && scalar(value) !== '',
  )
  if (own !== undefined && !one.prices.includes(Number(scalar(own[1])))) return null
  // The same choice again fills the list up.
  const choices = new Map(
    one.values.map((value, at) => [
      value,
      { options: value === '' ? {} : { [one.label]: value }, price: one.prices[at] },
    ]),
  )
  return { taken: one.taken, choices: [...choices.values()] }
}

interface PricedList {
  label: string
  values: string[]
  prices: number[]
  taken: string[]
}

/** A choice that is no word ("--") is none. */
const choiceOf = (value: unknown): string => (/[\p{L}\p{N}]/u.test(scalar(value)) ? scalar(value) : '')

/** `price: [4, 9]` beside the one other list of as many words. */
function choicesBeside(lists: readonly [string, unknown[]][]): PricedList[] {
  const [amounts, ...others] = lists.filter(
    ([name, list]) => priceSense(name) === 'price' && numbersOf(list) !== null,
  )
  if (amounts === undefined || others.length > 0) return []
  const [priceName, priceList] = amounts
  const beside = lists.filter(
    ([name, list]) =>
      name !== priceName &&
      list.length === priceList.length &&
      !plumbing.test(columnKey(name)) &&
      list.every((entry) => scalar(entry) !== '' && !linkLike.test(scalar(entry))),
  )
  const [choices] = beside
  if (choices === undefined || beside.length > 1) return []
  const [label, list] = choices
  return [
    {
      label,
      values: list.map(choiceOf),
      prices: numbersOf(priceList) ?? [],
      taken: [priceName, label],
    },
  ]
}

const linkLike = /^(?:https?:)?\/|\.(?:jpe?g|png|webp|gif|avif|svg)$/i

/** `options: [{ name: 'Pack', values: ['1', '3'], prices: [4, 9] }]`: the one of a list of options whose choices cost differently. */
function choicesWithin(name: string, list: readonly unknown[]): PricedList[] {
  if (!optionKey.test(name)) return []
  return list.filter(isObject).flatMap((entry): PricedList[] => {
    const label = scalar(first(entry, labelNames))
    const values = valuesOf(first(entry, ['values', 'options', 'option_values']))
    const key = Object.keys(entry).find((each) => priceSense(each) === 'price' && numbersOf(entry[each]))
    const prices = key === undefined ? null : numbersOf(entry[key])
    const isChoice = label !== '' && values.length > 1 && prices?.length === values.length
    return isChoice && new Set(prices).size > 1
      ? [{ label, values, prices: prices ?? [], taken: [name] }]
      : []
  })
}

const optionKey =
  /^(?:product_?)?(?:options?|option_?values?|selected_?options|variation_?attributes|variation_?theme)$/i

function flattenList(flat: FlatRow, name: string, list: readonly unknown[]): void {
  if (list.length === 0) return
  if (list.every((entry) => !isObject(entry) && !Array.isArray(entry))) {
    flat.fields[name] = list.map(scalar).filter((text) => text !== '')
    return
  }
  const entries = list.filter(isObject)
  const links = entries.map((entry) => scalar(first(entry, linkNames)))
  if (links.some((link) => /^(?:https?:)?\/\//.test(link)) && !/categor|breadcrumb/i.test(name)) {
    flat.fields[name] = links.filter((link) => link !== '')
    return
  }
  if (/price/i.test(name) && takePrices(flat, entries)) return
  if (/categor|breadcrumb|collection|tag|taxon/i.test(name)) {
    flat.fields[name] = entries
      .map((entry) => scalar(first(entry, ['path', 'name', 'title', 'label', 'value', 'slug'])))
      .filter((text) => text !== '')
    return
  }
  const pairs = ofShoppers.test(name) ? null : (pairsOfList(list) ?? pairsOfTwoKeys(list))
  if (pairs === null) {
    if (optionKey.test(name))
      flat.options = {
        ...flat.options,
        ...Object.fromEntries(
          entries.flatMap((entry, index) =>
            valuesOf(entry)
              .slice(0, 1)
              .map((value) => [`#${index + 1}`, value]),
          ),
        ),
      }
    return
  }
  if (optionKey.test(name)) {
    flat.optionNames = pairs.map(([label]) => label)
    for (const [label, values] of pairs) if (values.length === 1) flat.options[label] = values[0] ?? ''
    // What a product offers is a property of it, too; its variants say which is which.
    return
  }
  flat.attributes.push(...pairs)
}

/** `[{ currency_code: 'eur', amount: 1950 }]`, one for each currency: the first is taken. */
function takePrices(flat: FlatRow, entries: readonly Fields[]): boolean {
  for (const entry of entries) {
    const amount = first(entry, ['amount', 'value', 'price', 'centAmount'])
    const currency = scalar(first(entry, ['currency_code', 'currency', 'currencyCode']))
    if (amount === undefined || isObject(amount)) continue
    flat.fields[entry['centAmount'] === undefined ? 'prices.amount' : 'prices.centAmount'] ??= amount
    if (currency !== '') flat.fields['prices.currency'] ??= currency.toUpperCase()
    return true
  }
  return false
}

function flattenObject(flat: FlatRow, name: string, value: Fields, depth: number): void {
  if (depth > maxDepth) return
  if (optionKey.test(name)) {
    for (const [label, own] of Object.entries(value)) {
      const text = scalar(own)
      if (text !== '') flat.options[label] = text
    }
    return
  }
  if (/categor|brand|vendor|manufacturer|collection|^type$/i.test(name)) {
    const label = scalar(first(value, ['path', 'name', 'title', 'label']))
    if (label !== '') {
      flat.fields[name] = label
      return
    }
  }
  if (/attribut|spec|propert|feature|detail|param/i.test(name)) {
    for (const [label, own] of Object.entries(value)) {
      const values = valuesOf(own)
      if (values.length > 0) flat.attributes.push([label, values])
    }
    return
  }
  for (const [key, own] of Object.entries(value)) {
    const full = `${name}.${key}`
    const parsed = parseCell(own)
    if (isObject(parsed)) flattenObject(flat, full, parsed, depth + 1)
    else if (Array.isArray(parsed)) flattenList(flat, full, parsed)
    else flat.fields[full] = parsed
  }
}
