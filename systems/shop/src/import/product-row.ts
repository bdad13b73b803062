import type { Money, Product, Service, Variant } from '../domain/product.ts'
import { attributeName, plainText, wellFormed } from './clean-text.ts'
import { matchColumns, productColumns } from './columns.ts'
import type { ProductColumn } from './columns.ts'
import { maxCellLength } from './feed-row.ts'
import { parsePrice } from './price-text.ts'

export interface RowOptions {
  /** Our column → the file's column. */
  mapping: Readonly<Record<string, string>>
  /** When a price names none. */
  currency: string
}

/** A row understood: the product it belongs to and the one variant that it states. */
export interface ProductRow {
  product: Product
  ratingFromFeed: boolean
}

export type RowResult = { ok: true; row: ProductRow } | { ok: false; code: string; reason: string }

const fail = (code: string, reason: string): RowResult => ({ ok: false, code, reason })

const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return [String(value)]
  if (Array.isArray(value)) return value.flatMap(texts)
  return []
}

/** Category paths come as `A > B > C`, `A/B`, `A | B` or a list. */
function categoryPath(value: unknown): string[] {
  const parts = Array.isArray(value) ? texts(value) : (texts(value)[0] ?? '').split(/\s*(?:>|»|\||›|\/)\s*/)
  return parts
    .map(plainText)
    .filter((part) => part !== '')
    .slice(0, 8)
}

const isLink = (text: string) => /^(?:https?:\/\/|\/(?!\/))\S+$/.test(text) && text.length <= 2000

/** Links among the values; separated by spaces, commas or bars when they come in one cell. */
function links(value: unknown): string[] {
  return texts(value)
    .flatMap((text) => (isLink(text.trim()) ? [text.trim()] : text.split(/[\s,|;]+/)))
    .filter(isLink)
    .slice(0, 30)
}

const isTrue = (value: unknown) => /^(?:true|yes|y|1|free)$/i.test((texts(value)[0] ?? '').trim())

function stockOf(stock: unknown, availability: unknown): number | null {
  const text = (texts(stock)[0] ?? '').trim()
  if (/^-?\d+(?:\.0+)?$/.test(text)) return Math.max(0, Math.trunc(Number(text)))
  const word = (texts(availability)[0] ?? '')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
  if (['out_of_stock', 'sold_out', 'false', 'no', '0', 'unavailable', 'discontinued'].includes(word)) return 0
  return null
}

const serviceNames: readonly Service[] = ['free-shipping', 'flash-sale', 'cash-on-delivery', 'official-store']

function servicesOf(get: (column: ProductColumn) => unknown): Service[] {
  const found = new Set<Service>()
  const stated = texts(get('services')).flatMap((text) => text.split(/[,;|]/))
  for (const text of stated) {
    const name = text
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, '-')
    const service = serviceNames.find((candidate) => candidate === name)
    if (service) found.add(service)
  }
  const shipping = get('shipping')
  const shippings: unknown[] = Array.isArray(shipping) ? shipping : [shipping]
  const isFree = shippings.some((entry) => {
    const price = typeof entry === 'object' && entry !== null && 'price' in entry ? entry.price : undefined
    const text = texts(price)[0] ?? texts(entry)[0]?.split(':').at(-1)
    return text !== undefined && /^0+(?:[.,]0+)?(?:\s*[A-Z]{3})?$/.test(text.trim())
  })
  if (isFree || isTrue(get('freeShipping'))) found.add('free-shipping')
  if (isTrue(get('flashSale'))) found.add('flash-sale')
  if (isTrue(get('cashOnDelivery'))) found.add('cash-on-delivery')
  if (isTrue(get('officialStore'))) found.add('official-store')
  return serviceNames.filter((service) => found.has(service))
}

function addAttribute(attributes: Record<string, string[]>, name: string, value: unknown): void {
  const key = attributeName(name)
  if (key === '' || Object.keys(attributes).length >= 100) return
  const values = texts(value)
    .map((text) => wellFormed(plainText(text).toLowerCase()))
    .filter((text) => text !== '' && text.length <= 200)
  if (values.length === 0) return
  const before = Object.hasOwn(attributes, key) ? (attributes[key] ?? []) : []
  attributes[key] = [...new Set([...before, ...values])].slice(0, 50)
}

/** `{ name: value }`, `[{ attribute_name, attribute_value }]` or `name: value; name: value`. */
function addStated(attributes: Record<string, string[]>, value: unknown): void {
  if (typeof value === 'string') {
    for (const part of value.split(/[;|\n]/)) {
      const [name = '', ...rest] = part.split(':')
      if (rest.length > 0) addAttribute(attributes, name, rest.join(':'))
    }
  } else if (Array.isArray(value)) {
    for (const entry of value) {
      if (typeof entry !== 'object' || entry === null) continue
      const { attribute_name, attribute_value, name, value: own } = entry as Record<string, unknown>
      addAttribute(attributes, texts(attribute_name ?? name)[0] ?? '', attribute_value ?? own)
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, own] of Object.entries(value)) addAttribute(attributes, name, own)
  }
}

function optionsOf(get: (column: ProductColumn) => unknown): Record<string, string> {
  const options: Record<string, string> = {}
  const add = (name: string, value: unknown) => {
    const text = wellFormed(plainText(texts(value)[0] ?? '').slice(0, 200))
    if (name !== '' && name !== '__proto__' && text !== '' && Object.keys(options).length < 10)
      options[name] = text
  }
  add('color', get('color'))
  add('size', get('size'))
  const stated = get('options')
  if (typeof stated === 'object' && stated !== null && !Array.isArray(stated)) {
    for (const [name, value] of Object.entries(stated)) add(attributeName(name), value)
  }
  return options
}

function priceOf(get: (column: ProductColumn) => unknown, currency: string) {
  const price = parsePrice(get('price'), currency)
  if (!price.ok) return price
  let money = price.money
  let compareAt: Money | null = null
  const sale = parsePrice(get('salePrice'), money.currency)
  if (!sale.ok && sale.code === 'negative-price') return sale
  if (sale.ok && sale.money.minor > 0 && sale.money.minor < money.minor) {
    compareAt = money
    money = sale.money
  }
  const before = parsePrice(get('compareAt'), money.currency)
  if (compareAt === null && before.ok && before.money.minor > money.minor) compareAt = before.money
  return { ok: true as const, money, compareAt }
}

function ratingOf(get: (column: ProductColumn) => unknown): Product['rating'] {
  const average = Number((texts(get('rating'))[0] ?? '').replace(',', '.'))
  const count = Number(texts(get('ratingCount'))[0] ?? Number.NaN)
  if (!(average >= 1 && average <= 5) || !(count >= 1)) return null
  return { average: Math.round(average * 100) / 100, count: Math.trunc(count) }
}

/** Reads rows that share their columns. Which columns state what is found anew only when the names change. */
export function createProductRowParser(options: RowOptions): (fields: Record<string, unknown>) => RowResult {
  let names: string[] = []
  let columns = new Map<ProductColumn, string>()
  let used = new Set<string>()
  // Rows of one product repeat its texts: each is cleaned once.
  const lastClean = new Map<string, { raw: string; clean: string }>()
  const cleanOnce = (column: string, raw: string): string => {
    const last = lastClean.get(column)
    if (last?.raw === raw) return last.clean
    const clean = wellFormed(plainText(raw))
    lastClean.set(column, { raw, clean })
    return clean
  }
  return (fields) => {
    const now = Object.keys(fields)
    if (now.length !== names.length || now.some((name, index) => name !== names[index])) {
      names = now
      columns = matchColumns(names, productColumns, options.mapping)
      used = new Set(columns.values())
    }
    const get = (column: ProductColumn): unknown => {
      const name = columns.get(column)
      return name === undefined ? undefined : fields[name]
    }
    const text = (column: ProductColumn) => texts(get(column))[0]?.trim() ?? ''

    for (const name of names) {
      const value = fields[name]
      if (typeof value === 'string' && value.length > maxCellLength) {
        const reason = `The cell "${name}" holds ${value.length} characters; at most ${maxCellLength} are taken.`
        return fail('cell-too-large', reason)
      }
    }
    const id = wellFormed(plainText(text('id')).slice(0, 300))
    if (id === '') return fail('missing-id', 'The row has no id. Fill the id column, or map one.')
    const title = cleanOnce('title', text('title')).slice(0, 500)
    if (title === '') return fail('missing-title', `Product "${id}" has no title.`)
    const price = priceOf(get, text('currency').toUpperCase() || options.currency)
    if (!price.ok) return fail(price.code, `Product "${id}": ${price.reason}`)

    const attributes: Record<string, string[]> = {}
    addStated(attributes, get('attributes'))
    for (const name of names) {
      const value = fields[name]
      if (!used.has(name) && (typeof value !== 'string' || value.length <= 200))
        addAttribute(attributes, name, value)
    }
    const images = [...new Set([...links(get('image')), ...links(get('moreImages'))])]
    const group = wellFormed(plainText(text('group')).slice(0, 300))
    const variantOptions = optionsOf(get)
    const variant: Variant = {
      id: wellFormed(plainText(text('variantId')).slice(0, 300)) || id,
      options: variantOptions,
      price: price.money,
      compareAt: price.compareAt,
      stock: stockOf(get('stock'), get('availability')),
      image: images[0] ?? null,
    }
    const rating = ratingOf(get)
    const product: Product = {
      id: group === '' ? id : group,
      title: wellFormed(title),
      brand: cleanOnce('brand', text('brand')).slice(0, 200) || null,
      description: wellFormed(cleanOnce('description', text('description')).slice(0, 50_000)),
      categories: categoryPath(get('category')).map(wellFormed),
      attributes,
      variants: [variant],
      images,
      url: links(get('url'))[0] ?? null,
      services: servicesOf(get),
      rating,
    }
    return { ok: true, row: { product, ratingFromFeed: rating !== null } }
  }
}
