import type { Money, Product, Service, Variant } from '../domain/product.ts'
import { noPrice } from '../domain/money.ts'
import { readCategories } from './category-paths.ts'
import { attributeName, plainText, wellFormed } from './clean-text.ts'
import { textLines } from './text-lines.ts'
import { columnKey, productColumns } from './columns.ts'
import type { ProductColumn } from './columns.ts'
import { maxCellLength } from './feed-row.ts'
import { hashText } from './hash-text.ts'
import { parsePairs } from './nested-row.ts'
import type { FlatRow } from './nested-row.ts'
import { statedOptions } from './option-columns.ts'
import { cellOf } from './joined-columns.ts'
import { measureOf, minorDigits, parsePrice, priceColumn } from './price-text.ts'
import type { PriceColumn } from './price-text.ts'
import { facetLabel, isTagColumn, splitTags } from './propose-columns.ts'
import type { FeedPlan } from './feed-plan.ts'
import { addStated, Attributes, attributeText, texts } from './row-attributes.ts'
import { saysNo, saysYes } from './visibility.ts'

export interface RowOptions {
  /** When a price names none. */
  currency: string
  /** Where pictures are that are stated as file names; empty for nowhere. */
  imageBase: string
}

export type Failure = { ok: false; code: string; reason: string }
export type Result<T> = { ok: true; value: T } | Failure

const fail = (code: string, reason: string): Failure => ({ ok: false, code, reason })

/** What spreadsheets and databases write into a cell that states nothing. */
const statesNothing = (value: unknown): boolean =>
  typeof value === 'string' && /^\s*(?:#?n\/a|nan|null|undefined|[-–—]+)\s*$/i.test(value)

const isLink = (text: string) => /^(?:https?:)?\/\/[^\s/]\S*$/.test(text) && text.length <= 2000

/** Links among the values; separated by spaces, commas or bars when they come in one cell. */
function links(value: unknown, base: string): string[] {
  const own = (text: string): string[] => {
    const bare = text.trim()
    if (isLink(bare)) return [bare.startsWith('//') ? `https:${bare}` : bare]
    if (bare.startsWith('/api/shop/images/')) return [bare]
    const isFile = base !== '' && /^[^\s:]+\.(?:jpe?g|png|webp|gif|avif)$/i.test(bare)
    return isFile ? [`${base.replace(/\/+$/, '')}/${bare.replace(/^\/+/, '')}`] : []
  }
  return texts(value)
    .flatMap((text) => {
      const whole = /[\s|;]|,\s*(?:https?:|\/)/.test(text.trim()) ? [] : own(text)
      return whole.length > 0 ? whole : text.split(/[\s,|;]+/).flatMap(own)
    })
    .slice(0, 30)
}

const isTrue = (value: unknown) =>
  saysYes(texts(value)[0]) || texts(value)[0]?.trim().toLowerCase() === 'free'

function stockOf(stock: unknown, availability: unknown): number | null {
  const text = (texts(stock)[0] ?? '').trim()
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Math.max(0, Math.trunc(Number(text)))
  const word = columnKey((texts(availability)[0] || text).trim().replace(/^https?:\/\/schema\.org\//, ''))
  return saysNo(word) || statesNone.has(word) ? 0 : null
}

/** What a cell says where there is none: what columns are called that say so. */
const statesNone: ReadonlySet<string> = new Set(
  [...productColumns.soldOut, 'outofstock', 'soldout', 'discontinued'].map(columnKey),
)

const serviceNames: readonly Service[] = ['free-shipping', 'flash-sale', 'cash-on-delivery', 'official-store']

type Get = (column: ProductColumn) => unknown

function servicesOf(get: Get): Service[] {
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

function ratingOf(get: Get): Product['rating'] {
  const average = Number((texts(get('rating'))[0] ?? '').replace(',', '.'))
  const count = Number((texts(get('ratingCount'))[0] ?? '').replaceAll(/[,.\s]/g, '') || Number.NaN)
  // A feed that states how many rated it says so for each: none is none. One that does not counts them nowhere.
  const isCounted = texts(get('ratingCount')).length > 0
  if (!(average >= 1 && average <= 5) || (isCounted && !(count >= 1))) return null
  return { average: Math.round(average * 100) / 100, count: isCounted ? Math.trunc(count) : 0 }
}

/** Of titles of one product's variants what tells them apart: `Cream (35 g)` and `Cream (60 g)` are `35 g` and `60 g`. */
function apart(titles: readonly string[]): string[] {
  const split = titles.map((title) => title.split(/\s+/))
  const [first = []] = split
  let same = 0
  while (split.every((words) => words.length > same + 1 && words[same] === first[same])) same++
  return split.map((words) =>
    words
      .slice(same)
      .join(' ')
      .replace(/^[([–—-]+\s*|[)\]]$/g, ''),
  )
}

/** Reads rows by a plan: what a row says of its product, and the variant that it states. */
export class RowParser {
  readonly #plan: FeedPlan
  readonly #priceColumns = new Map<ProductColumn, PriceColumn>()
  readonly #options: RowOptions
  /** Address of a page → the title of the first product that is on it. */
  readonly #pages = new Map<string, string>()
  /** Title → who makes the first product that is called so. */
  readonly #makers = new Map<string, string>()
  // Rows of one product repeat its texts: each is cleaned once.
  readonly #lastClean = new Map<string, { raw: string; clean: string }>()

  readonly #labelColumn: string | undefined

  constructor(plan: FeedPlan, options: RowOptions) {
    this.#plan = plan
    this.#options = options
    const taken = new Set(plan.variantColumns.values())
    this.#labelColumn = [...plan.variantProfiles].find(
      ([name, p]) =>
        !taken.has(name) &&
        p.filled === p.rows &&
        p.link + p.image + p.html + p.list + p.number === 0 &&
        p.boolean < 0.5 &&
        p.meanLength <= 30 &&
        p.distinctShare < 0.9,
    )?.[0]
  }

  #get(flat: FlatRow, nested: boolean): Get {
    const columns = nested ? this.#plan.variantColumns : this.#plan.columns
    return (column) => {
      const name = columns.get(column)
      const value = name === undefined ? undefined : cellOf(flat.fields, name)
      return statesNothing(value) && column !== 'title' && column !== 'id' ? '' : value
    }
  }

  #clean(column: string, raw: string): string {
    const last = this.#lastClean.get(column)
    if (last?.raw === raw) return last.clean
    const clean = wellFormed(column === 'description' ? textLines(raw) : plainText(raw))
    this.#lastClean.set(column, { raw, clean })
    return clean
  }

  /** A cell that states nothing usable, however long; null when the row's cells are all readable. */
  oversized(flat: FlatRow): Failure | null {
    for (const [name, value] of Object.entries(flat.fields)) {
      if (typeof value === 'string' && value.length > maxCellLength)
        return fail(
          'cell-too-large',
          `The cell "${name}" has ${value.length} characters; ${maxCellLength} are the most.`,
        )
    }
    return null
  }

  id(flat: FlatRow): string {
    const get = this.#get(flat, false)
    const own = wellFormed(plainText(texts(get('id'))[0] ?? '').slice(0, 300))
    if (own !== '' || this.#plan.columns.has('id')) return own
    // No column is an id: its page or its title tells a product from the others.
    const title = texts(get('title'))[0]?.trim() ?? ''
    const url = texts(get('url'))[0]?.trim() ?? ''
    if (url === '') {
      // What another one makes under the same title is another product.
      const maker = texts(get('brand'))[0]?.trim() ?? ''
      const known = this.#makers.get(title) ?? maker
      this.#makers.set(title, known)
      return title === '' ? '' : `p-${hashText(known === maker ? title : `${title}\n${maker}`)}`
    }
    // Another product of a page that is of several.
    const first = this.#pages.get(url) ?? title
    this.#pages.set(url, first)
    return `p-${hashText(first === title ? url : `${url}\n${title}`)}`
  }

  variantId(flat: FlatRow, nested: boolean): string {
    const get = this.#get(flat, nested)
    const own = texts(get('variantId'))[0] || (nested ? texts(get('id'))[0] : '') || ''
    return wellFormed(plainText(own).replace(/^'/, '').slice(0, 300))
  }

  kind(flat: FlatRow): string {
    return (texts(this.#get(flat, false)('kind'))[0] ?? '').trim().toLowerCase()
  }

  title(flat: FlatRow): string {
    return this.#clean('title', texts(this.#get(flat, false)('title'))[0]?.trim() ?? '').slice(0, 500)
  }

  /** A row that states a variant of the product above it: what products share is empty, its price is not. */
  isContinued(flat: FlatRow): boolean {
    if (!this.#plan.rowsContinue) return false
    const get = this.#get(flat, false)
    const isEmpty = (column: ProductColumn) => texts(get(column)).every((text) => text.trim() === '')
    return (
      (['title', 'description', 'brand', 'category', 'url'] as const).every(isEmpty) &&
      (!isEmpty('price') || this.#plan.isPriceless)
    )
  }

  hasPrice(flat: FlatRow): boolean {
    return texts(this.#get(flat, false)('price')).some((text) => text.trim() !== '')
  }

  images(flat: FlatRow, nested = false): string[] {
    const get = this.#get(flat, nested)
    return [
      ...new Set([
        ...links(get('image'), this.#options.imageBase),
        ...links(get('moreImages'), this.#options.imageBase),
      ]),
    ].slice(0, 30)
  }

  /** What the row chooses: its own options, those in numbered columns, colour and size. */
  optionsOf(flat: FlatRow, nested: boolean, above: FlatRow | null): Record<string, string> {
    const get = this.#get(flat, nested)
    const options: Record<string, string> = {}
    const add = (name: string, value: unknown) => {
      const key = attributeName(name)
      const text = wellFormed(plainText(texts(value)[0] ?? '').slice(0, 200))
      if (key !== '' && key !== '__proto__' && text !== '' && Object.keys(options).length < 10)
        options[key] ??= text
    }
    for (const [name, value] of Object.entries(flat.options)) {
      const at = /^#(\d+)$/.exec(name)?.[1]
      add(at === undefined ? name : (above?.optionNames[Number(at) - 1] ?? ''), value)
    }
    if (!nested) {
      for (const [name, value] of statedOptions(this.#plan.optionColumns, flat.fields, above?.fields ?? null))
        add(name, value)
    } else if (above) {
      // `option1`, `option2`: values by the position of the product's options (Shopify's JSON).
      for (const [index, name] of above.optionNames.entries()) {
        const value = texts(flat.fields[`option${index + 1}`])[0] ?? ''
        if (value !== '' && !(name === 'Title' && value === 'Default Title')) add(name, value)
      }
    }
    const stated = get('options')
    if (typeof stated === 'string') for (const [name, value] of parsePairs(stated) ?? []) add(name, value)
    add('color', get('color'))
    add('size', get('size'))
    return options
  }

  /** A product without variants has its colour and size as options; what else it states are attributes. */
  colourAndSize(flat: FlatRow): Record<string, string> {
    const get = this.#get(flat, false)
    const options: Record<string, string> = {}
    for (const name of ['color', 'size'] as const) {
      const text = wellFormed(plainText(texts(get(name))[0] ?? '').slice(0, 200))
      if (text !== '') options[name] = text
    }
    return options
  }

  variant(
    flat: FlatRow,
    input: { id: string; nested: boolean; above: FlatRow | null; isParent?: boolean },
  ): Result<Variant> {
    const { id, nested, above } = input
    const get = this.#get(flat, nested)
    const own = this.#price(get)
    const isOfProduct = above !== null && (nested || this.#plan.columns.has('surcharge'))
    const outer =
      isOfProduct && !own.ok && own.code === 'missing-price'
        ? this.#price(this.#get(above, false), nested ? undefined : get('surcharge'))
        : own
    let price = outer
    if (!price.ok) {
      const isMissing = price.code === 'missing-price'
      if (!isMissing || input.isParent !== true) return fail(price.code, price.reason)
      price = { ok: true, value: { money: noPrice, compareAt: null } }
    }
    return {
      ok: true,
      value: {
        id,
        options: this.optionsOf(flat, nested, above),
        price: price.value.money,
        compareAt: price.value.compareAt,
        stock: isTrue(get('soldOut')) ? 0 : stockOf(get('stock'), get('availability')),
        image: this.images(flat, nested)[0] ?? null,
      },
    }
  }

  #pricesOf(column: ProductColumn): PriceColumn {
    const known = this.#priceColumns.get(column)
    if (known !== undefined) return known
    const { columns, variantColumns, profiles, variantProfiles } = this.#plan
    const cells = [
      profiles.get(columns.get(column) ?? '')?.examples,
      variantProfiles.get(variantColumns.get(column) ?? '')?.examples,
    ].flatMap((examples) => examples ?? [])
    const prices = priceColumn(cells)
    this.#priceColumns.set(column, prices)
    return prices
  }

  /** @param surcharge what a variant costs more than its product, whose row `get` reads */
  #price(get: Get, surcharge?: unknown): Result<{ money: Money; compareAt: Money | null }> {
    if (this.#plan.isPriceless) return { ok: true, value: { money: noPrice, compareAt: null } }
    const currency =
      (texts(get('currency'))[0] ?? '').trim().toUpperCase() || this.#plan.currency || this.#options.currency
    const parse = (column: ProductColumn, code: string) =>
      parsePrice(get(column), code, this.#plan.pricesAreMinor, this.#pricesOf(column))
    let price = parse('price', currency)
    const sale = parse('salePrice', price.ok ? price.money.currency : currency)
    if (!sale.ok && sale.code === 'negative-price') return sale
    // A shop that writes only what it costs now.
    if (!price.ok && price.code === 'missing-price' && sale.ok && sale.money.minor > 0) price = sale
    if (!price.ok && price.code === 'missing-price' && this.#plan.isSeldomPriced)
      return { ok: true, value: { money: noPrice, compareAt: null } }
    if (!price.ok) return price
    const extra = texts(surcharge)[0]?.trim() ?? ''
    const added = parsePrice(extra.replace(/^-/, ''), price.money.currency, this.#plan.pricesAreMinor)
    if (added.ok) {
      const minor = price.money.minor + (extra.startsWith('-') ? -added.money.minor : added.money.minor)
      price = { ok: true, money: { ...price.money, minor: Math.max(0, minor) } }
    }
    // Shops write nothing where a price is asked for: nobody sells for it.
    if (price.money.minor === 0) return { ok: true, value: { money: noPrice, compareAt: null } }
    let { money } = price
    let compareAt: Money | null = null
    if (sale.ok && sale.money.minor > 0 && sale.money.minor < money.minor) {
      compareAt = money
      money = sale.money
    }
    const off = Number(texts(get('discount'))[0] ?? 0)
    const mode = (texts(get('discountMode'))[0] ?? '').toLowerCase()
    if (off > 0 && mode !== '') {
      const less = mode.startsWith('percent')
        ? Math.round((money.minor * off) / 100)
        : Math.round(off * 10 ** (minorDigits(money.currency) ?? 2))
      if (less < money.minor) {
        compareAt = money
        money = { ...money, minor: money.minor - less }
      }
    }
    const before = parse('compareAt', money.currency)
    if (compareAt === null && before.ok && before.money.minor > money.minor) compareAt = before.money
    return { ok: true, value: { money, compareAt } }
  }

  /** What a nested variant is called: its title, or the words that it has instead of one (`label: "500 g"`). */
  variantTitle(flat: FlatRow): string {
    const stated = this.#get(flat, true)('title') ?? flat.fields[this.#labelColumn ?? '']
    return wellFormed(plainText(texts(stated)[0] ?? '').slice(0, 200))
  }

  /**
   * What nested variants state beside options: where they differ in it, it is an option; where they agree, it is the
   * product's. Variants that nothing tells apart but their titles have those as their option.
   */
  tellApart(
    product: Product,
    stated: readonly ReadonlyMap<string, string>[],
    titles: readonly string[],
  ): void {
    const attributes = new Attributes(this.#plan.facets)
    for (const [name, values] of Object.entries(product.attributes)) attributes.put(name, values)
    for (const name of new Set(stated.flatMap((each) => [...each.keys()]))) {
      const values = new Set(stated.map((each) => each.get(name) ?? ''))
      if (values.size === 1) attributes.add(name, [...values][0])
      else {
        for (const [index, variant] of product.variants.entries()) {
          const value = stated[index]?.get(name) ?? ''
          const key = attributeName(name)
          if (value !== '' && key !== '' && Object.keys(variant.options).length < 10)
            variant.options[key] ??= attributeText(value).slice(0, 200)
        }
      }
    }
    product.attributes = attributes.all()
    const isUntold =
      product.variants.length > 1 &&
      product.variants.every(({ options }) => Object.keys(options).length === 0)
    if (isUntold && new Set(titles).size === product.variants.length) {
      const own = apart(titles)
      for (const [index, variant] of product.variants.entries()) variant.options['variant'] = own[index] ?? ''
    }
  }

  /** The product without variants. @param isVariant its numbered columns state options, not attributes */
  product(
    flat: FlatRow,
    id: string,
    title: string,
    isVariant: boolean,
  ): { product: Product; ratingFromFeed: boolean } {
    const get = this.#get(flat, false)
    const text = (column: ProductColumn) => texts(get(column))[0]?.trim() ?? ''
    const attributes = new Attributes(this.#plan.facets)
    addStated(attributes, get('attributes'))
    for (const [name, values] of flat.attributes) attributes.add(name, values)
    const used = new Set([...this.#plan.columns.values(), ...this.#plan.descriptions, ...this.#plan.texts])
    const paired = new Set(this.#plan.optionColumns.flatMap(({ name, value }) => [name, value]))
    for (const [name, value] of Object.entries(flat.fields)) {
      if (statesNothing(value)) continue
      if (isTagColumn(name)) attributes.add('tags', splitTags(value))
      else if (this.#plan.pairColumns.has(name)) {
        if (name !== this.#plan.columns.get('attributes')) addStated(attributes, value)
      } else if (!used.has(name) && !paired.has(name) && (typeof value !== 'string' || value.length <= 200))
        attributes.add(name, value)
    }
    if (!isVariant) {
      for (const [name, value] of statedOptions(this.#plan.optionColumns, flat.fields, null))
        attributes.add(name, value.split(/\s*[,|]\s+|\s*\|\s*/))
    }
    const { path, others } = readCategories(get('category'), this.#plan.categories)
    attributes.put('also_in', others)
    const all = attributes.all()
    // Vendure and others tag products with their categories.
    const tagged = path.length > 0 ? [] : (all['category'] ?? all['categories'] ?? all['department'] ?? [])
    const rating = ratingOf(get)
    // What is sold for the price is so much of it.
    const measure = measureOf(text('price'))
    const product: Product = {
      id,
      title: wellFormed(measure === null || title.includes(measure) ? title : `${title} (${measure})`),
      brand: this.#clean('brand', text('brand')).slice(0, 200) || null,
      description: this.#description(flat, get).slice(0, 50_000),
      categories: [...path, ...tagged].slice(0, 8).map((part) => wellFormed(part).slice(0, 200)),
      attributes: all,
      variants: [],
      images: this.images(flat),
      url: links(get('url'), '')[0] ?? null,
      services: servicesOf(get),
      rating,
    }
    return { product, ratingFromFeed: rating !== null }
  }

  /** All that describes the goods: what one column says already, another does not say again. */
  #description(flat: FlatRow, get: Get): string {
    const told = [get('description'), ...this.#plan.descriptions.map((name) => flat.fields[name])]
      .filter((value) => !statesNothing(value))
      .map((value) => this.#clean('description', texts(value).join('\n').trim()))
      .filter((text) => text !== '')
    const stated = [
      ...this.#plan.texts.map((name) => [name, flat.fields[name]] as const),
      ...flat.attributes.filter(([name]) => this.#plan.toldPairs.has(facetLabel(name))),
    ]
    const named = stated.flatMap(([name, value]) => {
      // The entries of a list follow each other on its line.
      const own = texts(value).join(Array.isArray(value) ? ', ' : '\n')
      const text = statesNothing(value) ? '' : wellFormed(textLines(own.trim()))
      return text === '' || told.some((other) => other.includes(text)) ? [] : `${capitalised(name)}: ${text}`
    })
    return [
      ...told.filter(
        (text, at) =>
          !told.some(
            (other, index) => index !== at && other.includes(text) && (other !== text || index < at),
          ),
      ),
      ...named,
    ].join('\n')
  }

  /** Columns that say whether the shop shows the row, with what they say. */
  visibility(flat: FlatRow): [string, unknown][] {
    return this.#plan.visibilityColumns.flatMap((name) =>
      name in flat.fields ? [[name, flat.fields[name]] as [string, unknown]] : [],
    )
  }

  /** What the row names as its parent or group; empty when nothing. */
  group(flat: FlatRow): string {
    const value = texts(this.#get(flat, false)('group'))[0] ?? ''
    const named = wellFormed(plainText(value).replace(/^id:/, '').trim().slice(0, 300))
    // What a database writes where there is none.
    return named === '0' ? '' : named
  }
}

/** `allergy_info` → `Allergy info`. */
function capitalised(name: string): string {
  const label = facetLabel(name).replaceAll('_', ' ')
  return `${label.slice(0, 1).toUpperCase()}${label.slice(1)}`
}
