import { holds } from './conditions.ts'
import type { FeedMapping } from './mapping-schema.ts'
import type { MappedState } from './mapped-state.ts'
import type { Read } from './match-facts.ts'
import { textOf } from './row-scope.ts'
import type { RowScope } from './row-scope.ts'

/** Takes what a row tells for the mapping's tables into `learnt`; whether it told anything. */
export function learnTables(
  learnt: MappedState['learnt'],
  mapping: FeedMapping,
  scope: RowScope,
  read: Read,
): boolean {
  let isNew = false
  for (const [name, { rows }] of Object.entries(mapping.tables)) {
    if (rows === undefined || !holds(rows.when, scope)) continue
    const key = textOf(read(rows.key, `tables.${name}.key`))
    if (key === null) continue
    const table = (learnt[name] ??= {})
    table[key] = Object.fromEntries(
      Object.entries(rows.fields).map(([field, source]) => [field, read(source, `tables.${name}.${field}`)]),
    )
    isNew = true
  }
  return isNew
}

/** The tables as they are now: what the mapping states, and what rows have told. */
export const tablesOf = (
  mapping: FeedMapping,
  { learnt }: Pick<MappedState, 'learnt'>,
): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(mapping.tables).map(([name, { entries }]) => [name, { ...entries, ...learnt[name] }]),
  )
