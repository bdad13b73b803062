import type { JsonObject } from '../read-source.ts'
import { feedEventSchema } from '../recorded/feed-event-schema.ts'
import type { FeedMapping } from './mapping-schema.ts'
import type { MappedMatch } from './mapped-state.ts'
import { isNothing, ownValueAt, writtenOf } from './row-scope.ts'
import type { RowScope } from './row-scope.ts'

/** A row of a feed that is not what its mapping says. */
export class RowFault extends Error {}

/** Blanks of the carried columns filled from the rows above. */
export function carry(scope: RowScope, match: MappedMatch, mapping: FeedMapping): RowScope {
  if (mapping.carry.length === 0) return scope
  for (const column of mapping.carry) {
    const path = typeof column === 'string' ? column : column.from
    const value = ownValueAt(scope, path)
    const isBlank =
      isNothing(value) || (typeof column !== 'string' && column.blanks.includes(writtenOf(value)))
    if (!isBlank) match.carried[path] = value
  }
  return { ...scope, carried: { ...match.carried } }
}

/** Sets `value` at a path of names with dots, making the objects on the way. */
export function setAt(target: JsonObject, path: string, value: unknown): void {
  const names = path.split('.')
  const last = names.pop() ?? ''
  let at = target
  for (const name of names) {
    const next = at[name]
    at = at[name] = typeof next === 'object' && next !== null ? { ...next } : {}
  }
  at[last] = value
}

/** Why a mapped event is none, by its field. */
export function faultOf(event: unknown): string | null {
  const issue = feedEventSchema.safeParse(event).error?.issues[0]
  return issue
    ? `Field "${issue.path.map(String).join('.')}" is wrong: ${issue.message}. Map it, or correct its mapping.`
    : null
}
