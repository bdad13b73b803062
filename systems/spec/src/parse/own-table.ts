/**
 * A table that names of strangers' code are looked up in has only what it names itself: what all objects of the language have (`constructor`,
 * `toString`) is none of it, at any depth.
 */
export function ownTable<T extends object>(table: T): T {
  if (Object.getPrototypeOf(table) !== Object.prototype) return table
  Object.setPrototypeOf(table, null)
  for (const part of Object.values(table))
    if (typeof part === 'object' && part !== null && !Object.isFrozen(part)) ownTable(part)
  return table
}
