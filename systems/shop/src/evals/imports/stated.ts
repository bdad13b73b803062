import type { RawRow } from '@heavylift/core/rows'

/**
 * What an export literally says of one row, read by the platforms' own documentation and apart from the importer: the
 * oracle of `shop.imports`. Only what is certain is judged; everything else is left open.
 */
export interface StatedRow {
  /** The platform's own column says that the shop does not show it. */
  isHidden: boolean
  /** As exported; empty when the row continues the one above. */
  title: string
  /** Id of the row that this one is a variant of; empty for none. */
  parent: string
  id: string
  options: string[]
  /** Last steps of its category paths. */
  categories: string[]
}

const text = (fields: Record<string, unknown>, name: string): string => {
  const value = fields[name]
  return typeof value === 'string'
    ? value.trim()
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''
}

const objects = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value)
    ? value.filter((entry): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null)
    : []

const leaf = (path: string, step: RegExp) =>
  path
    .split(step)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .at(-1)

function leaves(cell: string): string[] {
  if (cell === '' || cell.startsWith('[') || cell.startsWith('{')) return []
  if (cell.includes(';') && !/[>/]/.test(cell))
    return cell
      .split(';')
      .map((name) => name.trim())
      .filter((name) => name !== '')
  if (cell.includes('>')) return [leaf(cell.split(/,(?=[^,]*>)/)[0] ?? '', />/) ?? '']
  if (/,[^,]*\//.test(cell)) return cell.split(',').map((path) => leaf(path, /\//) ?? '')
  return cell.includes(',') || cell.includes('/') || cell.includes('|') ? [] : [cell]
}

/** @param above the row before, whose title and hidden state continuing rows of Shopify share */
export function statedOf(row: RawRow, above: StatedRow | null): StatedRow | null {
  if (!('fields' in row)) return null
  const { fields } = row
  const has = (name: string) => name in fields
  if (has('Handle') && has('Option1 Value')) {
    const title = text(fields, 'Title')
    const isSame = above !== null && above.id === text(fields, 'Handle')
    const status = text(fields, 'Status').toLowerCase()
    return {
      isHidden: isSame
        ? above.isHidden
        : ['draft', 'archived'].includes(status) || text(fields, 'Published').toLowerCase() === 'false',
      title: isSame ? above.title : title,
      parent: '',
      id: text(fields, 'Handle'),
      options: [1, 2, 3]
        .map((n) => text(fields, `Option${n} Value`))
        .filter((value) => value !== '' && value !== 'Default Title'),
      categories: isSame ? [] : leaves(text(fields, 'Product Category') || text(fields, 'Type')),
    }
  }
  if (has('Published') && has('Visibility in catalog')) {
    const isVariation = text(fields, 'Type').includes('variation')
    return {
      isHidden:
        ['0', '-1', 'false'].includes(text(fields, 'Published').toLowerCase()) ||
        text(fields, 'Visibility in catalog') === 'hidden',
      title: text(fields, 'Name'),
      parent: text(fields, 'Parent').replace(/^id:/, ''),
      id: text(fields, 'SKU') || text(fields, 'ID'),
      options: isVariation
        ? [1, 2, 3].map((n) => text(fields, `Attribute ${n} value(s)`)).filter((value) => value !== '')
        : [],
      categories: leaves(text(fields, 'Categories')),
    }
  }
  if (has('sku') && has('product_online') && has('visibility')) {
    const variations = text(fields, 'configurable_variations')
    return {
      isHidden:
        text(fields, 'product_online') === '2' ||
        text(fields, 'product_online') === '0' ||
        text(fields, 'visibility') === 'Not Visible Individually',
      title: text(fields, 'name'),
      parent: '',
      id: text(fields, 'sku'),
      options: [...variations.matchAll(/,[^=,|]+=([^,|]+)/g)].map((match) => match[1] ?? ''),
      categories: leaves(text(fields, 'categories')),
    }
  }
  const isOff = text(fields, 'Active (0/1)') === '0' || text(fields, 'Visibility') === 'none'
  const status =
    ['status', 'Status', 'product_status', 'Product Status']
      .map((name) => text(fields, name).toLowerCase())
      .find((value) => value !== '') ?? ''
  const variants = objects(fields['variants'])
  const plain =
    ['category', 'categories', 'product_type', 'Category', 'g:product_type']
      .map((name) => text(fields, name))
      .find((value) => value !== '') ?? ''
  return {
    isHidden:
      isOff ||
      ['draft', 'archived', 'unpublished', 'inactive', 'disabled', 'hidden', 'trash'].includes(status),
    title:
      ['title', 'name', 'Title', 'Name', 'product_name', 'Product Title']
        .map((name) => text(fields, name))
        .find((value) => value !== '') ?? '',
    parent: '',
    id: ['id', 'sku', 'SKU', 'handle'].map((name) => text(fields, name)).find((value) => value !== '') ?? '',
    options: variants.flatMap((variant) => {
      const options = variant['options']
      if (typeof options !== 'object' || options === null || Array.isArray(options)) return []
      return Object.values(options).filter(
        (value): value is string => typeof value === 'string' && value !== '',
      )
    }),
    categories:
      plain === ''
        ? objects(fields['categories'])
            .flatMap((entry) => [text(entry, 'name')])
            .filter((name) => name !== '')
            .slice(-1)
        : leaves(plain),
  }
}
