import { whole } from '../facts/expression.ts'
import type { Effect } from '../resolve/values.ts'
import type { FoundOperation } from './flat-routes.ts'
import { mountsOf } from './mounted.ts'
import type { Observation } from './observation.ts'

/**
 * Whether a header is read by middleware of the whole program or of a part of it, and nothing that the operation answers asks for it: what
 * writes a log reads who sent a request, and that is no input of each operation.
 */
export function isOnlyNoted(
  { site, through, note }: Effect,
  operation: FoundOperation,
  { answers, signIns }: Observation,
): boolean {
  if (mountsOf(operation, [site, ...through]).length === 0) return false
  const name = String(note['name']).toLowerCase()
  const isAsked = answers.some(({ conditions }) =>
    conditions
      .flat(2)
      .some(({ subject, value }) =>
        `${whole(subject)} ${String(value ?? '')}`.toLowerCase().includes(`header.${name}`),
      ),
  )
  return (
    !isAsked &&
    !signIns.some(({ credentials }) => credentials.some((one) => one.in === 'header' && one.name === name))
  )
}
