import { columnKey } from './columns.ts'

/** How switches are written out in the languages that exports come in. */
const on = ['true', 'yes', 'y', '1', 'on', 'ja', 'j', 'oui', 'sí', 'si', 'sì', 'sim', 'wahr', 'vrai', 'vero']
const off = [
  'false',
  'no',
  'n',
  '0',
  'off',
  'nein',
  'non',
  'não',
  'nao',
  'nee',
  'nej',
  'falsch',
  'faux',
  'falso',
]

const shown = new Set([
  ...on,
  'publish',
  'published',
  'active',
  'enabled',
  'visible',
  'online',
  'live',
  'sellable',
  'catalog, search',
  'catalog',
  'search',
  'both',
  'catalog/search',
  'approved',
  'available',
  'web',
  'global',
  'listed',
])
const hidden = new Set([
  ...off,
  'draft',
  'archived',
  'inactive',
  'disabled',
  'hidden',
  'unpublished',
  'private',
  'pending',
  'trash',
  'trashed',
  'deleted',
  'offline',
  'none',
  '-1',
  'not visible individually',
  'proposed',
  'rejected',
  'unlisted',
])
/** Kinds of rows that platforms write; none is a category of products. */
const kinds = new Set([
  'simple',
  'variable',
  'variation',
  'grouped',
  'external',
  'configurable',
  'bundle',
  'virtual',
  'downloadable',
  'product',
  'sku',
  'rule',
  'variant',
  'subscription',
  'giftcard',
  'physical',
  'digital',
  'variable-subscription',
  'subscription_variation',
])

const word = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim().toLowerCase()
    : ''

/** Whether a cell says yes: `TRUE`, `oui`. */
export const saysYes = (value: unknown): boolean => on.includes(word(value))

/** Whether a cell says no: `FALSE`, `nein`. */
export const saysNo = (value: unknown): boolean => off.includes(word(value))

/** Whether a column's values are those of a switch or state that shops hide products by. */
export function statesVisibility(examples: readonly string[]): boolean {
  const words = examples.map(word)
  // `2` is "disabled" where `1` is "enabled" (Magento).
  return words.length > 0 && words.every((value) => shown.has(value) || hidden.has(value) || value === '2')
}

/** Whether a column says what kind of row each is (`variable`, `variation`). */
export function statesKind(examples: readonly string[]): boolean {
  return (
    examples.length > 0 &&
    examples.every((value) =>
      word(value)
        .split(/\s*,\s*/)
        .every((part) => kinds.has(part)),
    )
  )
}

/** Why the shop does not show what a row states; null when it does. `values`: of the columns that state visibility. */
export function hiddenBy(values: readonly (readonly [column: string, value: unknown])[]): string | null {
  for (const [column, value] of values) {
    const key = columnKey(column)
    if (/^(?:deleted_at|archived_at)$/.test(key)) {
      if (word(value) !== '') return `${column}: ${word(value)}`
      continue
    }
    if (/^published_at$/.test(key)) {
      if (value === null) return `${column} is empty`
      continue
    }
    const text = word(value)
    // `hidden: true`, `is_archived: 1`: said the other way round.
    if (/^(?:is_)?(?:hidden|disabled|archived|deleted|draft)$/.test(key)) {
      if (on.includes(text)) return `${column}: ${text}`
      continue
    }
    const isOff = hidden.has(text) || (text === '2' && /online|status/.test(key))
    if (isOff) return `${column}: ${String(value)}`
  }
  return null
}

/** Only shown with the product that it belongs to. */
export const isPartOnly = (value: unknown): boolean => word(value) === 'not visible individually'
