import type { JsonObject } from '../read-source.ts'

/** A row and what is around it in its document. */
export interface RowScope {
  row: JsonObject
  /** Objects around the row, the nearest first; empty for rows of a table. */
  parents: readonly JsonObject[]
  /** The whole document; the row itself for rows of a table. */
  document: unknown
  /** Row number, key in the array or object that it stands in, and the pattern that found it. */
  marks: Readonly<Record<'@row' | '@key' | '@rows', string>>
  /** Blanks that were filled from the rows above. */
  carried: Readonly<Record<string, unknown>>
}

export const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === 'NA' ||
  value === 'NaN' ||
  // Fields of a fixed width are blank by spaces.
  (typeof value === 'string' && value.trim() === '')

export const writtenOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.trim()
    : value === undefined || value === null
      ? ''
      : JSON.stringify(value)

/** JSON that stands in a cell as text; the value itself when it is none. */
function unfolded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}

/** The value at a JSON pointer (RFC 6901); undefined where there is none. JSON in a cell is looked into. */
export function atPointer(root: unknown, pointer: string): unknown {
  let value = root
  for (const part of pointer.split('/').slice(1)) {
    const object = unfolded(value)
    if (typeof object !== 'object' || object === null) return undefined
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    value = Object.hasOwn(object, key) ? (object as JsonObject)[key] : undefined
  }
  return value
}

/** The value that a path of a mapping names; undefined where there is none. */
export function valueAt(scope: RowScope, path: string): unknown {
  if (Object.hasOwn(scope.carried, path)) return scope.carried[path]
  return ownValueAt(scope, path)
}

/** The same without what was carried from the rows above. */
export function ownValueAt(scope: RowScope, path: string): unknown {
  if (path === '@row' || path === '@key' || path === '@rows') return scope.marks[path]
  if (path.startsWith('#/')) return atPointer(scope.document, path.slice(1))
  if (path.startsWith('../')) {
    const names = path.split('../')
    const parent = scope.parents[names.length - 2]
    const rest = names.at(-1) ?? ''
    if (parent === undefined) return undefined
    return rest.startsWith('/') ? atPointer(parent, rest) : ownColumn(parent, rest)
  }
  return path.startsWith('/') ? atPointer(scope.row, path) : ownColumn(scope.row, path)
}

const ownColumn = (row: JsonObject, name: string): unknown =>
  Object.hasOwn(row, name) ? row[name] : undefined

/** The element of an array in a row, as a row of its own. */
export function elementScope(scope: RowScope, element: JsonObject, key: string): RowScope {
  return {
    row: element,
    parents: [scope.row, ...scope.parents],
    document: scope.document,
    marks: { ...scope.marks, '@key': key },
    carried: {},
  }
}

/** The array at a path, or the values of an object there; JSON in a cell is looked into. */
export function elementsAt(scope: RowScope, path: string): [key: string, element: unknown][] {
  const value = unfolded(valueAt(scope, path))
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

/** A row with what is around it but for the arrays there, so that a row that is kept does not keep its whole document. */
export function withoutArrays(scope: RowScope): RowScope {
  const bare = (value: unknown): unknown =>
    Array.isArray(value)
      ? []
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bare(inner)]))
        : value
  return {
    ...scope,
    parents: scope.parents.map((parent) => bare(parent) as JsonObject),
    document: scope.document === scope.row ? null : bare(scope.document),
  }
}

/** A value as text; null where there is none. */
export const textOf = (value: unknown): string | null =>
  value === undefined || value === null || value === '' ? null : writtenOf(value)
