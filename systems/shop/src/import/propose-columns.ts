import { attributeName } from './clean-text.ts'
import { columnKey, productColumns } from './columns.ts'
import type { ProductColumn } from './columns.ts'
import { exampleCap } from './column-profile.ts'
import { callingParts, joined, namedParts } from './joined-columns.ts'
import type { ColumnProfile } from './column-profile.ts'
import { isOneOfMarks, priceSense, speaksAsideOfPrice } from './price-senses.ts'
import { statesKind, statesVisibility } from './visibility.ts'

export type Profiles = ReadonlyMap<string, ColumnProfile>

const isText = (p: ColumnProfile) =>
  p.link < 0.2 && p.number < 0.5 && p.date < 0.3 && p.image < 0.2 && p.boolean < 0.5
const isAmount = (p: ColumnProfile) => (p.number >= 0.8 || p.money >= 0.5) && !(p.min < 0)
const few = (p: ColumnProfile) => p.distinct <= 3 && p.rows >= 20

/**
 * What cells must look like for a column to be taken for what its name says (`fits`), and how much they say so by
 * themselves, name or none (`alone`, 0 for not at all).
 */
const evidence: Partial<
  Record<ProductColumn, { fits(p: ColumnProfile): boolean; alone?(p: ColumnProfile): number }>
> = {
  id: {
    fits: (p) => p.link < 0.5 && p.meanWords < 6 && p.filled > 0,
    alone: (p) =>
      p.filled === p.rows &&
      p.distinctShare > 0.99 &&
      p.meanWords < 1.2 &&
      p.meanLength <= 60 &&
      p.link === 0 &&
      p.image === 0 &&
      p.date < 0.5 &&
      p.money < 0.5
        ? 0.8
        : 0,
  },
  title: {
    fits: (p) => p.link < 0.2 && p.number < 0.9 && p.list < 0.2 && p.boolean < 0.5 && p.meanLength < 400,
    alone: (p) =>
      isText(p) &&
      p.html < 0.1 &&
      p.path < 0.5 &&
      p.list < 0.1 &&
      p.pairs < 0.2 &&
      p.filled >= p.rows * 0.9 &&
      p.distinctShare >= 0.6 &&
      p.meanWords >= 2 &&
      p.meanWords <= 30 &&
      p.meanLength <= 250
        ? 0.8 + p.distinctShare / 2
        : // Words of which nearly no two are the same are names, where nothing else is.
          isText(p) &&
            p.html + p.path + p.list === 0 &&
            p.distinctShare > 0.9 &&
            p.filled === p.rows &&
            p.meanLength >= 4 &&
            p.examples.every((text) => /^\p{Lu}[^\d_]*$/u.test(text))
          ? 0.3
          : 0,
  },
  description: {
    fits: (p) => p.link < 0.3 && p.number < 0.5,
    alone: (p) =>
      isText(p) && p.list < 0.5 && (p.meanWords >= 14 || p.html > 0.3)
        ? 0.6 + Math.min(1, p.meanLength / 2000)
        : 0,
  },
  brand: { fits: (p) => isText(p) && p.html < 0.2 && p.meanWords < 6 },
  category: {
    fits: (p) =>
      p.link < 0.2 && p.image < 0.3 && p.html < 0.2 && p.meanWords < 40 && p.number < 0.5 && p.boolean < 0.5,
    alone: (p) =>
      p.path > 0.7 && p.link === 0 && p.image === 0 && p.html < 0.1 && p.pairs < 0.3 && p.distinctShare < 0.8
        ? 0.7
        : 0,
  },
  price: {
    fits: (p) => p.number >= 0.5 || p.money >= 0.3,
    // Amounts that many rows lack, or that are all below one, are a measure of something: a power factor, a weight.
    alone: (p) =>
      isAmount(p) && p.money > 0.5 && p.filled >= p.rows * 0.9 && p.max >= 1 && !few(p) ? 0.7 : 0,
  },
  salePrice: { fits: isAmount },
  compareAt: { fits: isAmount },
  currency: { fits: (p) => p.meanLength <= 4 && p.distinct <= 20 && p.number < 0.1 },
  // `InStock` beside counts (Wix). What is one throughout is how many are ordered at a time, not how many there are.
  stock: {
    fits: (p) =>
      !(p.rows >= leastConstant && p.distinct === 1 && p.min === 1 && p.max === 1) &&
      (p.number > 0.9 || (p.distinct < exampleCap && p.examples.every(statesStock))),
  },
  availability: { fits: (p) => p.distinct <= 20 },
  soldOut: { fits: (p) => p.boolean > 0.9 || p.integer > 0.9 },
  surcharge: { fits: (p) => p.number > 0.9 },
  discount: { fits: (p) => p.number > 0.9 },
  discountMode: { fits: (p) => p.examples.every((text) => /^(?:percent|amount)/i.test(text)) },
  image: {
    fits: (p) => p.image >= 0.3 || p.link >= 0.5,
    alone: (p) => (p.image >= 0.6 && p.link >= 0.5 ? 0.7 + p.filled / p.rows / 5 : 0),
  },
  moreImages: { fits: (p) => p.image >= 0.3 || p.link >= 0.5 },
  url: {
    fits: (p) => p.image < 0.6 && (p.link >= 0.5 || p.examples[0]?.startsWith('/') === true),
    alone: (p) => (p.link >= 0.95 && p.image < 0.3 && p.distinctShare > 0.95 ? 0.6 : 0),
  },
  rating: { fits: (p) => p.number > 0.5 && p.min >= 0 && p.max <= 5 && p.max > 1 },
  ratingCount: { fits: (p) => p.integer > 0.5 },
  variantId: { fits: (p) => p.link === 0 && p.meanWords < 4 && p.filled > 0 },
  color: { fits: (p) => isText(p) && p.meanWords < 6 && p.list < 0.5 },
  size: { fits: (p) => p.link < 0.1 && p.meanWords < 6 && p.list < 0.5 },
  status: { fits: (p) => p.distinct < exampleCap && statesVisibility(p.examples) },
  visibility: { fits: (p) => p.distinct < exampleCap && statesVisibility(p.examples) },
  kind: { fits: (p) => p.distinct < exampleCap && statesKind(p.examples) },
  group: { fits: (p) => p.link === 0 && p.meanWords < 6 && p.filled > 0 },
}

/** Decided in this order: what is told by few values first, then what is most missed. */
const order: readonly ProductColumn[] = [
  'kind',
  'visibility',
  'status',
  'title',
  'price',
  'id',
  'image',
  'description',
  'url',
  'category',
  'brand',
  'group',
]

/** Of fewer rows it may be chance that all say the same. */
const leastConstant = 5

/** Whether a cell says how many there are, or that there are any. */
const statesStock = (text: string): boolean =>
  /^(?:-?\d+|(?:in|out_?of)_?stock)$/i.test(text.trim().replaceAll(' ', '_'))

const currencyCodes: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** Amounts that a shop keeps for itself: what it paid, what it turned over. Never what a shopper pays, and never shown. */
const ofTheShop =
  /umsatz|turnover|revenue|einkauf|purchase|(?:^|_)(?:ek|cost|costs|costo|coste|margin|marge|profit|gewinn|wholesale|supplier|lieferant|clicks|impressions)(?:_|$)|^(?:total|stock_change|tax_rate)$|unit_price|netto_vk|vk_netto|steuersatz|endkunden_(?:netto|brutto)/

/** What a kilo or a litre costs: told for comparison, and paid by nobody who buys a jar. */
const byMeasure =
  /(?:^|_)(?:(?:per_|al_|pro_|je_|au_|por_)?(?:kilo|chilo|kg|kilogramm?|litro|litre|liter|etto|100_?(?:g|gr|ml)|m2|qm))(?:_|$)|grundpreis|(?:kilo|liter)p?r(?:eis|ijs|is)/
/** A name says little by a part of it. */
const leastNamed = 0.5

/** What stands before or behind a name to say that it is a product's: `produktNamn`, `item_price`, `nome_prodotto`. */
const ofProduct =
  /^(?:products?|produkts?|produits?|productos?|prodott[oi]|produtos?|artikel|articles?|articulos?|artículos?|articol[oi]|artigos?|items?|vara)(?:_|$)|_(?:del?_)?(?:products?|produkts?|produits?|productos?|prodott[oi]|produtos?|articles?|articulos?|artículos?|articol[oi]|artigos?|artikels?)$/

/**
 * How much a column's name says that it states `role`, 0–3: a known name, the earlier in the list the better, or a part of one. A name
 * may offer a choice ("Price tax excluded or Price tax included").
 */
export function nameScore(key: string, role: ProductColumn): number {
  const choices = key.split('_or_')
  if (choices.length > 1) return Math.max(...choices.map((choice) => nameScore(choice, role)))
  const names: readonly string[] = productColumns[role]
  const at = names.indexOf(key)
  if (at !== -1) return 3 - at / (names.length + 1)
  // `Price (AUD)` is a price, before what a unit costs in another currency.
  const [, inCurrency = '', code = ''] = /^(.+)_([a-z]{3})$/.exec(key) ?? []
  if (role === 'price' && currencyCodes.has(code.toUpperCase()) && names.includes(inCurrency))
    return 2.9 - names.indexOf(inCurrency) / (names.length + 1)
  // What is called a product in any language, and no more, calls it.
  const bare = names.indexOf(key.replace(ofProduct, '') || (role === 'title' ? 'product' : key))
  if (bare !== -1) return 2.5 - bare / (names.length + 1)
  if (
    role === 'price' &&
    (byMeasure.test(key) ||
      productColumns.compareAt.some((name) => name === key) ||
      /compare|original|old|was|before|shipping|cost|tax|tier|min|max|range|from|wholesale/.test(key))
  )
    return 0
  // Of a unit ("prezzoUnita") only where nothing is a price by its name alone.
  if (role === 'price' && key.includes('unit')) return leastNamed
  // How many go into a box, or have to be bought, is not how many there are.
  if (role === 'stock' && /min|max|pack|case|box|per|order|low|status|unit|max/.test(key)) return 0
  if (plumbing.test(key) || /^(?:attr|attribute|spec|property|meta)_/.test(key)) return 0
  const parts = key.split('_')
  const near = names.findIndex(
    (name) =>
      name.length >= 4 &&
      !name.includes('_') &&
      // `skin_type` is a type of skin.
      name !== 'type' &&
      (parts.at(-1) === name || parts[0] === name),
  )
  // `maximum_price_display_mode` is no price.
  return near === -1 || parts.length > 4 ? 0 : 1.2 - near / (names.length + 1) - parts.length / 20
}

const partMatched: ReadonlySet<ProductColumn> = new Set([
  'title',
  'description',
  'price',
  'image',
  'brand',
  'category',
  'currency',
  'url',
  'stock',
])

/** Fewer words on average are no text. */
const leastTold = 6

/** Further columns that describe the goods, beside the one that was taken for it: `descriptionComplete`, `short_description`. */
export function furtherDescriptions(
  profiles: Profiles,
  columns: ReadonlyMap<ProductColumn, string>,
): string[] {
  const used = new Set(columns.values())
  return [...profiles].flatMap(([name, profile]) => {
    const isOne = !used.has(name) && nameScore(columnKey(name), 'description') > 0
    return isOne && profile.meanWords >= leastTold && evidence.description?.fits(profile) === true ? name : []
  })
}

/** What a shop writes for itself. */
const ofStaff = /(?:^|_)(?:internal|intern[aeo]?|private|staff)(?:_|$)/

/**
 * Columns of sentences that have a name of their own (`ingredients`, `care`, `allergens`), and of lists of words that are too many to choose
 * by. Each tells of the goods, under that name.
 */
export function furtherTexts(profiles: Profiles, used: ReadonlySet<string>, rows: number): string[] {
  return [...profiles].flatMap(([name, p]) => {
    const key = columnKey(name)
    const isProse = isText(p) && p.list < 0.5 && p.path < 0.5 && p.pairs < 0.5 && p.meanWords > leastSaid
    const isList =
      p.list > 0.5 &&
      Math.max(p.link, p.image, p.html, p.number) === 0 &&
      p.examples.every((text) => /\p{L}/u.test(text) && !/^\[?\s*[{[]/.test(text)) &&
      !isConstant(p, rows) &&
      !isTagColumn(name) &&
      !isFacet(name, p, rows)
    return (isProse || isList) && !used.has(name) && !isOfMachine(name, key) && !ofStaff.test(key) ? name : []
  })
}

/**
 * Pairs of a name and a value that say too much to choose by, or the same of all goods. Each tells of the goods, under that name; tags and
 * switches tell nothing.
 */
export function furtherPairs(stated: Profiles, facets: ReadonlySet<string>): string[] {
  return [...stated].flatMap(([label, p]) => {
    const key = columnKey(label)
    const isTold = isText(p) && p.examples.some((text) => /\p{L}/u.test(text) && !email.test(text))
    const isKept = isTagColumn(label) || isOfMachine(label, key) || ofStaff.test(key)
    return isTold && !isKept && !facets.has(label) ? label : []
  })
}

/** Words of a cell from which on it says a sentence: no facet has so many. */
const leastSaid = 8

/**
 * Columns that say the same of all goods, such as how long a guarantee holds: nothing to choose by, and a fact of each of them, told under
 * the column's name.
 */
export function saidOfAll(profiles: Profiles, used: ReadonlySet<string>, rows: number): string[] {
  return [...profiles].flatMap(([name, p]) => {
    const key = columnKey(name)
    const [value = ''] = p.examples
    const isPlain =
      Math.max(p.link, p.image, p.html, p.date, p.boolean, p.list, p.pairs) === 0 && !email.test(value)
    const isSaid = isConstant(p, rows) && isPlain && /\p{L}/u.test(value) && p.maxLength <= longestOfAll
    return isSaid && !used.has(name) && !isOfMachine(name, key) && !ofStaff.test(key) ? name : []
  })
}

/** Characters of what is said of all goods; a longer one is prose, and a text of its own. */
const longestOfAll = 120
/** Of fewer rows nothing is said of all by more than chance. */
const leastOfAll = 3

/** Whether a column has one value, in next to all rows. */
const isConstant = (p: ColumnProfile, rows: number): boolean =>
  rows >= leastOfAll && p.distinct === 1 && p.filled >= rows * 0.9

/** What a document puts before all that it says of its goods: `itm_` of `itm_name` and `itm_price`. */
function ownPrefixes(keys: readonly string[]): string[] {
  const prices: readonly string[] = productColumns.price
  const found = productColumns.title.flatMap((title) =>
    keys.flatMap((key) => (key.endsWith(`_${title}`) ? key.slice(0, -title.length) : [])),
  )
  return [...new Set(found)].filter((prefix) => prices.some((price) => keys.includes(prefix + price)))
}

/** Whether a column's name says that it states something else than what a product is called. */
const statesElse = (name: string): boolean =>
  (Object.keys(productColumns) as ProductColumn[]).some(
    (role) => role !== 'title' && role !== 'id' && nameScore(columnKey(name), role) >= 1.5,
  )

const isIdOf = (name: string, p: ColumnProfile): boolean =>
  nameScore(columnKey(name), 'id') >= 1.5 || plumbing.test(columnKey(name)) || p.number > 0.9

/** A description that is a name, where nothing else is one: a few words, nowhere a sentence, and not the same of all. */
function shortDescription(profiles: Profiles): string | null {
  const [found] = [...profiles].filter(
    ([name, p]) =>
      nameScore(columnKey(name), 'description') >= 1.5 &&
      evidence.title?.fits(p) === true &&
      p.meanWords < leastTold &&
      p.maxLength <= longestName &&
      p.filled >= p.rows * 0.9 &&
      p.distinct > 1,
  )
  return found?.[0] ?? null
}

/** Characters of what a product is called, at most. */
const longestName = 120

/** Of two columns that are called after the goods the one whose values tell them apart, where the other has few: `ESN` and `Clear Whey`. */
function tellsApart(best: string, names: readonly string[], profiles: Profiles): string | null {
  const share = (name: string) => profiles.get(name)?.distinctShare ?? 0
  if ((profiles.get(best)?.rows ?? 0) < leastApart || share(best) > 0.5) return null
  const others = names.filter((name) => {
    const p = profiles.get(name)
    return (
      name !== best &&
      p !== undefined &&
      nameScore(columnKey(name), 'title') >= 1.5 &&
      evidence.title?.fits(p) === true &&
      p.filled >= p.rows * 0.9 &&
      share(name) >= share(best) * 1.5
    )
  })
  return others.toSorted((a, b) => share(b) - share(a))[0] ?? null
}

/** Of fewer rows it may be chance. */
const leastApart = 8

/**
 * Which column states what, from names and from what cells look like. `mapping` (our column → the file's) always
 * holds; `-` for a name takes a column away.
 */
export function proposeColumns(
  profiles: Profiles,
  mapping: Readonly<Record<string, string>>,
): Map<ProductColumn, string> {
  const names = [...profiles.keys()]
  const keys = new Map(names.map((name) => [name, columnKey(name)]))
  const columns = new Map<ProductColumn, string>()
  const taken = new Set<string>()
  const take = (role: ProductColumn, name: string) => {
    columns.set(role, name)
    taken.add(name)
  }
  const roles = Object.keys(productColumns) as ProductColumn[]
  for (const role of roles) {
    const asked = mapping[role]
    if (asked === undefined || asked === '-') continue
    const name =
      names.find((candidate) => candidate === asked) ??
      names.find((candidate) => keys.get(candidate) === columnKey(asked)) ??
      namedParts(asked, names)
    if (name !== null) take(role, name)
  }
  const ignored = new Set((mapping['ignore'] ?? '').split('|').map(columnKey))
  const prefixes = ownPrefixes([...keys.values()])
  let maker: string | null = null
  for (const role of [...order, ...roles.filter((each) => !order.includes(each))]) {
    if (columns.has(role) || mapping[role] === '-') continue
    const rule = evidence[role]
    let best: string | null = null
    let bestScore = 0
    let isNamed = false
    for (const name of names) {
      const profile = profiles.get(name)
      const key = keys.get(name) ?? ''
      if (taken.has(name) || !profile || ignored.has(key)) continue
      // "Rapport qualité-prix" ends in a word for price, and is a mark.
      if (role === 'price' && (isOneOfMarks(name, profiles) || speaksAsideOfPrice(name))) continue
      const byName = Math.max(
        nameScore(key, role),
        ...prefixes.map((prefix) =>
          key.startsWith(prefix) ? nameScore(key.slice(prefix.length), role) * 0.8 : 0,
        ),
      )
      const named = byName >= 1.5 || partMatched.has(role) ? byName : 0
      if (named > 0 && (profile.filled === 0 || rule?.fits(profile) === false)) continue
      const fill = profile.filled / Math.max(1, profile.rows)
      // What the shop pays is no price, and no price is what rows are called by.
      const isOwn = (role === 'price' && ofTheShop.test(key)) || (role === 'id' && priceSense(name) !== null)
      const score = named > 0 ? named + fill / 4 : isOwn ? 0 : (rule?.alone?.(profile) ?? 0)
      if (score > bestScore) {
        bestScore = score
        best = name
        isNamed = named > 0
      }
    }
    const called = role === 'title' && !isNamed ? shortDescription(profiles) : null
    if (called !== null) best = called
    else if (role === 'title' && !isNamed && (best === null || statesElse(best))) {
      const parts = callingParts(profiles, statesElse, (name, p) => isIdOf(name, p))
      if (parts.length > 0) best = joined(parts)
    }
    // Who makes many of them is no name of one, where another column is called after the goods as well.
    if (role === 'title' && isNamed && best !== null) {
      const other = tellsApart(best, names, profiles)
      if (other !== null) [maker, best] = [best, other]
    }
    if (role === 'brand' && best === null) best = maker
    // What is named exactly for it, even when its cells are empty or odd: each row then says what is wrong with it.
    if (best === null && (role === 'title' || role === 'price' || role === 'id')) {
      best =
        productColumns[role]
          .map((known) =>
            names.find((name) => keys.get(name) === known && !taken.has(name) && !ignored.has(known)),
          )
          .find((name) => name !== undefined) ?? null
    }
    if (best !== null) take(role, best)
  }
  return columns
}

/** Names of what shops keep for themselves; as words of a name, whichever platform wrote it. */
export const plumbing =
  /(?:^|_)(?:id|ids|sku|ean|ean13|gtin|upc|mpn|isbn|asin|barcode|hash|slug|handle|url|uri|link|href|created|updated|modified|published|timestamp|seo|meta|keywords?|tax|taxable|taxes|websites?|config|backorders?|crosssell|upsells?|upsell|sells|skus|admin|graphql|fulfillment|policy|tracker|requires|image|images|thumbnail|video|videos|adwords|custom_label|label_\d|rank|permalink|json|qty|cart|enabled?|manage|display|allow|allowed|notify|msrp|increments|decimal|download|button|wholesale|ecotax)(?:_|$)/
const plumbingWhole =
  /^(?:price|prices|cost|cost_per_item|position|sort_order|status|visibility|quantity|stock|inventory|reviews?|ratings?|rating|variants?|options?|default|store|shop|seller|seller_name|store_view_code|attribute_set_code|attribute_set|layout|date|domain|gift_card|gift_message_available|page_layout|product_online|weight_unit|variant_weight_unit|variant_grams|grams|has_options|required_options|quantity_and_stock_status|is_featured|is_in_stock|sold_individually|allow_customer_reviews|shipping_class|download_limit|download_expiry_days|purchase_note|low_stock_amount|condition|availability|in_stock|views|sold|number_sold|gmv)$/

const ownRoles = [
  'id',
  'group',
  'title',
  'description',
  'price',
  'salePrice',
  'compareAt',
  'currency',
  'stock',
  'availability',
  'image',
  'moreImages',
  'url',
  'rating',
  'ratingCount',
  'variantId',
  'status',
  'visibility',
] as const
/** Names of what a product has a field for: a second column of that kind is no attribute. */
const ownNames: ReadonlySet<string> = new Set(
  ownRoles.flatMap((role): readonly string[] => productColumns[role]),
)

/** What a database, a shop's program or its books keep; `__v`. */
const isOfMachine = (name: string, key: string): boolean =>
  name.startsWith('__') ||
  plumbing.test(key) ||
  plumbingWhole.test(key) ||
  ofTheShop.test(key) ||
  ownNames.has(key)

const email = /^\S+@\S+\.\p{L}{2,}$/u

/** Whether values under this name tell products apart in a way that a shopper would: never constants, links, ids, HTML, prose. */
export function isFacet(name: string, p: ColumnProfile, totalRows: number): boolean {
  const key = columnKey(name)
  if (p.filled === 0 || isOfMachine(name, key)) return false
  if (p.link > 0.1 || p.image > 0.1 || p.html > 0.1 || p.date > 0.5) return false
  if (p.meanWords > leastSaid || p.meanLength > 60 || p.maxLength > 400) return false
  // `Attribute 1 visible`: how the shop shows an option, not what it is.
  if (/^(?:attribute|option)s?_?\d+_/.test(key)) return false
  if (p.examples.length > 0 && p.examples.every((text) => email.test(text))) return false
  if (isConstant(p, totalRows)) return false
  // The number of a category in somebody's list (`google_product_category: 3216`) names none.
  if (p.integer > 0.9 && /(?:^|_)categor(?:y|ies)(?:_|$)/.test(key)) return false
  // A switch: `1` says nothing to a shopper.
  if (p.integer === 1 && p.min >= 0 && p.max <= 1 && p.distinct <= 2 && p.filled > 1) return false
  const isUnique = p.distinctShare > 0.95 && p.filled >= 20
  if (isUnique && (p.number + p.measure < 0.9 || (p.integer > 0.9 && p.meanLength >= 5))) return false
  return true
}

/** Columns of words that a shop hangs on products, several in a cell. */
export const isTagColumn = (name: string): boolean =>
  /^(?:product_)?(?:tags?|labels|etiquetas|étiquettes|schlagw[oö]rt(?:er|e)|tags_x_y_z|метки|mots_cl[ée]s)$/.test(
    columnKey(name),
  )

export const splitTags = (value: unknown): string[] =>
  (Array.isArray(value)
    ? value.map(String)
    : typeof value === 'string'
      ? value.split(/\s*[,;|]\s*/)
      : []
  ).filter((tag) => tag.trim() !== '')

/** `attr_t_product_colour` → `product_colour`: what exporters put before every attribute of theirs. */
export function facetLabel(name: string): string {
  const bare = name
    // As Shopify exports metafields.
    .replace(/\s*\(product\.metafields\..*\)$/, '')
    .replace(
      /^(?:attr(?:ibutes?)?|spec(?:s|ification|ifications)?|properties|property|param|pa|product_attributes)[_.: ]+(?:[a-z][_.])?(?=.)/i,
      '',
    )
  return attributeName(apartWords(bare))
}

/** `ItemWeight` and `RAMType` as words, where a name is written in one; "WiFi" is one word. */
const apartWords = (name: string): string =>
  /^\p{L}[\p{L}\p{N}.]*$/u.test(name)
    ? name
        .replaceAll(/(\p{Ll}{2})(\p{Lu}[\p{Lu}\p{Ll}]{2})/gu, '$1 $2')
        .replaceAll(/(\p{Lu}{2,})(\p{Lu}\p{Ll}{2})/gu, '$1 $2')
    : name
