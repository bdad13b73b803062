import { whole } from '../facts/expression.ts'
import type { Effect } from '../resolve/values.ts'
import type { FoundOperation } from './flat-routes.ts'
import { mountsOf } from './mounted.ts'
import type { Observation } from './observation.ts'
import { impersonal } from '../packs/credentials.ts'

/**
 * Whether a header that says nothing of who calls (of browsers, of proxies) is read by middleware of the whole program or of a part of it,
 * and nothing that the operation answers asks for it: what writes a log reads it, and it is no input of each operation.
 */
export function isOnlyNoted(
  { site, through, note }: Effect,
  operation: FoundOperation,
  { answers }: Observation,
): boolean {
  const name = String(note['name']).toLowerCase()
  if (!impersonal.test(name) || mountsOf(operation, [site, ...through]).length === 0) return false
  const isAsked = answers.some(({ conditions }) =>
    conditions
      .flat(2)
      .some(({ subject, value }) =>
        `${whole(subject)} ${String(value ?? '')}`.toLowerCase().includes(`header.${name}`),
      ),
  )
  return !isAsked
}
