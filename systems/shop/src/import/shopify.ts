import type { RawRow } from '@heavylift/core/rows'
import { ofShoppers, parseCell } from './nested-row.ts'
import { hiddenBy } from './visibility.ts'

const shopifyVisibility = ['Status', 'Published'] as const

/** What the newer product export calls the columns of the older one. */
const newer: Readonly<Record<string, string>> = {
  'URL handle': 'Handle',
  Description: 'Body (HTML)',
  'Product category': 'Product Category',
  'Published on online store': 'Published',
  SKU: 'Variant SKU',
  'Option1 name': 'Option1 Name',
  'Option1 value': 'Option1 Value',
  'Option2 name': 'Option2 Name',
  'Option2 value': 'Option2 Value',
  'Option3 name': 'Option3 Name',
  'Option3 value': 'Option3 Value',
  Price: 'Variant Price',
  'Compare-at price': 'Variant Compare At Price',
  'Inventory tracker': 'Variant Inventory Tracker',
  'Inventory quantity': 'Variant Inventory Qty',
  'Product image URL': 'Image Src',
  'Variant image URL': 'Variant Image',
}

const isNewer = (names: readonly string[]): boolean =>
  names.includes('URL handle') && (names.includes('Option1 value') || names.includes('Price'))

const inOlderWords = (fields: Record<string, unknown>): Record<string, unknown> =>
  isNewer(Object.keys(fields))
    ? Object.fromEntries(Object.entries(fields).map(([name, value]) => [newer[name] ?? name, value]))
    : fields

/** Whether the header is that of a Shopify products export. */
export function isShopifyHeader(header: readonly string[]): boolean {
  if (isNewer(header)) return true
  return header.includes('Handle') && (header.includes('Variant Price') || header.includes('Option1 Value'))
}

const text = (fields: Record<string, unknown>, name: string) => {
  const value = fields[name]
  return typeof value === 'string' ? value.trim() : ''
}

/** Whether a shop does not count what it has of something: an export without that column counts what it states. */
const isUntracked = (fields: Record<string, unknown>): boolean =>
  'Variant Inventory Tracker' in fields && text(fields, 'Variant Inventory Tracker') === ''

/**
 * Turns export rows into the general columns. Only the first row of a handle states title, body and option names;
 * rows without a price only add an image. State lasts from row to row, since the rows of a handle follow each other.
 */
export function createShopifyMapper(): (
  row: RawRow & { fields: Record<string, unknown> },
) =>
  | { kind: 'variant'; fields: Record<string, unknown> }
  | { kind: 'image'; handle: string; image: string }
  | { kind: 'hidden'; reason: string }
  | { kind: 'reject'; code: string; reason: string } {
  let first: Record<string, unknown> = {}
  let handle = ''
  let index = 0
  return ({ fields: written }) => {
    const fields = inOlderWords(written)
    const now = text(fields, 'Handle')
    if (now === '') return { kind: 'reject', code: 'missing-id', reason: 'The row has no Handle.' }
    if (now !== handle) {
      handle = now
      first = fields
      index = 0
    }
    // Only the first row of a handle says whether the shop shows it.
    const reason = hiddenBy(shopifyVisibility.map((name) => [name, first[name]]))
    if (reason !== null) return { kind: 'hidden', reason }
    const image = text(fields, 'Image Src')
    const stated = text(fields, 'Variant Price')
    const hasOption = text(fields, 'Option1 Value') !== ''
    if (stated === '' && !hasOption && first !== fields && image !== '')
      return { kind: 'image', handle, image }
    index++
    // Shops leave out what has no price yet; the row is a choice all the same.
    const price = stated === '' ? '0' : stated
    const from = (name: string) => text(fields, name) || text(first, name)
    const options: Record<string, string> = {}
    for (const n of [1, 2, 3]) {
      const name = text(first, `Option${n} Name`)
      const value = text(fields, `Option${n} Value`)
      if (name !== '' && value !== '' && !(name === 'Title' && value === 'Default Title'))
        options[name] = value
    }
    const attributes: Record<string, unknown> = {}
    for (const name of Object.keys(first)) {
      const [label, values] = metafield(name, text(first, name)) ?? []
      if (label !== undefined) attributes[label] = values
    }
    const tags = from('Tags')
    if (tags !== '') attributes['tags'] = tags.split(/,\s*/)
    const sku = text(fields, 'Variant SKU').replace(/^'/, '')
    const mapped: Record<string, unknown> = {
      id: handle,
      item_group_id: handle,
      variant_id: sku === '' ? `${handle}-${index}` : sku,
      title: from('Title'),
      description: from('Body (HTML)') || from('Body HTML'),
      brand: from('Vendor'),
      category: shelfOf(from('Product Category'), from('Type')),
      price,
      compare_at_price: text(fields, 'Variant Compare At Price'),
      stock: isUntracked(fields) ? '' : text(fields, 'Variant Inventory Qty'),
      image_link: text(fields, 'Variant Image') || image || text(first, 'Image Src'),
      additional_image_link: image,
      options,
      attributes,
    }
    return { kind: 'variant', fields: mapped }
  }
}

/**
 * Metafields are exported as `Label (product.metafields.namespace.key)`. Those of Shopify's own taxonomy name their entries with the key
 * before them (`fabric__organic-cotton`); what its programs for search, suggestions and advertisements keep tells nothing of the goods.
 */
export function metafield(name: string, value: string): [string, string[]] | null {
  const [, label = '', namespace = ''] = /^(.+?) \(product\.metafields\.([^.)]+)/.exec(name) ?? []
  if (label === '' || value === '' || /^(?:shopify--|mm-google-shopping$)/.test(namespace)) return null
  // What refers to another thing of the shop's tells nothing by itself, and what programs show beside the goods is none of the store's words.
  if (/^\W*gid:\/\//.test(value) || ofShoppers.test(name) || /widget|badge|_tag\)/i.test(name)) return null
  const parsed = parseCell(value)
  if (Array.isArray(parsed)) return [label, parsed.flatMap((each) => (typeof each === 'string' ? each : []))]
  if (typeof parsed === 'object' && parsed !== null) return [label, [statedBy(parsed).join('\n')]]
  // Lines and markup are a text, whatever signs are in it.
  if (/[\n<]/.test(value)) return [label, [value]]
  const entry = (text: string) => /^[a-z\d-]+__([a-z\d-]+)$/.exec(text)?.[1]?.replaceAll('-', ' ') ?? text
  return [label, value.split(/;\s*/).map(entry)]
}

/** A measure (`{ "value": 3, "unit": "cm" }`), or the lines of Shopify's rich text: `{ "type": "root", "children": [ { "type": "paragraph", … } ] }`. */
function statedBy(node: unknown): string[] {
  const { type, value, unit, children } = Object(node) as Record<string, unknown>
  if (typeof unit === 'string') return [`${String(value)} ${unit}`]
  if (type === 'text') return typeof value === 'string' ? [value] : []
  if (!Array.isArray(children)) return []
  const lines = children.flatMap(statedBy)
  if (type === 'root' || type === 'list') return lines
  return [`${type === 'list-item' ? '• ' : ''}${lines.join('')}`]
}

/**
 * The path of Shopify's own categories, down to what the store itself calls the kind: "Jewelry > Earrings > Ear cuffs". Shopify writes
 * `Uncategorized` where none was chosen, in every language.
 */
function shelfOf(stated: string, type: string): string {
  const path = stated === 'Uncategorized' ? '' : stated
  const plain = (name: string) =>
    name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, '')
      .replace(/s$/, '')
  const isNamed = path.split('>').some((name) => plain(name) === plain(type))
  return path === '' ? type : type === '' || isNamed ? path : `${path} > ${type}`
}
