import { InvalidInputError } from '@heavylift/core'
import { productColumns, questionColumns, reviewColumns } from './columns.ts'

/** What a mapping says beside columns. */
const others = ['ignore', 'facet', 'imageBase', 'priceUnit']

const known = new Set([
  ...others,
  ...Object.keys(productColumns),
  ...Object.keys(reviewColumns),
  ...Object.keys(questionColumns),
])

/**
 * Reads `price=Cost,title=Item name`: our column, then the file's (`-` for none); `variant.price=Amount` for what rows nest
 * as variants. `ignore=A|B` keeps columns from becoming attributes, `facet=A|B` makes them some, `imageBase=https://…` is
 * where pictures are that the file states as names, `priceUnit=minor` says that amounts are in cents.
 * @throws InvalidInputError `mapping-invalid` naming what is wrong and which columns there are
 */
export function parseMapping(text: string): Record<string, string> {
  const mapping: Record<string, string> = {}
  for (const part of text.split(',')) {
    if (part.trim() === '') continue
    const at = part.indexOf('=')
    const column = part.slice(0, at).trim()
    const name = part.slice(at + 1).trim()
    if (at === -1 || name === '' || !known.has(column.replace(/^variant\./, ''))) {
      throw new InvalidInputError({
        code: 'mapping-invalid',
        message: `"${part.trim()}" is not a mapping. Write COLUMN=NAME with one of: ${[...known].join(', ')}.`,
      })
    }
    mapping[column] = name
  }
  return mapping
}
