import { columnKey } from './columns.ts'
import type { ColumnProfile } from './column-profile.ts'

/** Between the names of columns that say one thing together, also in a mapping: `title=Genus + Species`. */
const joint = ' + '
/** Columns that a name is put together of at most. */
const maxParts = 4

export const partsOf = (name: string): string[] => name.split(joint)

export const joined = (names: readonly string[]): string => names.join(joint)

/** What a row has in a column, or in several of which one name speaks: their texts in that order. */
export function cellOf(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  if (name in fields || !name.includes(joint)) return fields[name]
  return partsOf(name)
    .flatMap((part) => {
      const value = fields[part]
      return typeof value === 'string' || typeof value === 'number' ? String(value).trim() || [] : []
    })
    .join(' ')
}

/** The columns of a mapping, by the names that the file has. Null where one is not in it. */
export function namedParts(asked: string, names: readonly string[]): string | null {
  const found = partsOf(asked).map((part) => names.find((name) => columnKey(name) === columnKey(part)))
  return found.every((one) => one !== undefined) ? joined(found as string[]) : null
}

/**
 * Short names that stand before all else that a file says of its goods, such as genus, species and cultivar of plants: together they call
 * them, where no column does. Empty for fewer than two.
 * @param isElse whether a column states something else, by its name; what comes behind the first of these calls nothing
 * @param isId whether it only numbers the rows
 */
export function callingParts(
  profiles: ReadonlyMap<string, ColumnProfile>,
  isElse: (name: string) => boolean,
  isId: (name: string, profile: ColumnProfile) => boolean,
): string[] {
  const parts: string[] = []
  for (const [name, p] of profiles) {
    if (isId(name, p)) continue
    if (isElse(name)) break
    const isName =
      p.filled > 0 &&
      Math.max(p.link, p.image, p.html, p.list, p.pairs, p.path, p.date, p.boolean) === 0 &&
      p.number < 0.5 &&
      p.meanWords < 4 &&
      p.meanLength < 40 &&
      p.distinct > 1
    if (isName) parts.push(name)
  }
  const first = parts[0] === undefined ? undefined : profiles.get(parts[0])
  return parts.length < 2 || parts.length > maxParts || !first || first.filled < first.rows * 0.9 ? [] : parts
}
