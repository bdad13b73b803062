import { createHash } from 'node:crypto'
import { asAsked } from '../facts/condition.ts'
import type { Fact } from '../facts/fact.ts'
import { nameless } from '../facts/expression.ts'
import type { Constraint } from '../facts/shape.ts'
import { pathKey } from '../facts/fact-id.ts'

/**
 * What a fact says of behaviour, without where it stands and without names that are no behaviour: of handlers, of path
 * parameters, of what guards, of variables and functions of the code. Two facts that say the same are the same to a caller.
 */
export function saysKey(fact: Fact): string {
  const bare = JSON.stringify(behaviour(fact), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  return bare
}

/** Hash of `saysKey`, for the sidecar. */
export function saysHash(fact: Fact): string {
  return createHash('sha256').update(saysKey(fact)).digest('hex').slice(0, 6)
}

function behaviour(fact: Fact): Record<string, unknown> {
  const { id: _id, evidence: _evidence, ...rest } = fact
  // They stand in the order of their names, which other names may change.
  const condition = inOrder(
    asAsked(fact.condition).map((row) =>
      inOrder(row.map((atom) => ({ ...atom, subject: nameless(atom.subject) }))),
    ),
  )
  switch (fact.kind) {
    case 'operation':
      return { kind: fact.kind, method: fact.method, path: pathKey(fact.path), condition }
    case 'parameter':
      return {
        ...rest,
        name: fact.in === 'path' ? fact.position : fact.name,
        constraints: fact.constraints.map(unordered),
        condition,
      }
    case 'guard': {
      // What it refuses with is told by errors; its name is the author's, or that of its file, but for what it was made with (`isAllowed(mate, captain)`).
      const { kind, service, grade, operation, guard, roles, isOptional, credentials } = fact
      const shows = credentials.length > 0 ? { credentials } : {}
      const name = /\(.*\)$/s.exec(fact.name)?.[0] ?? ''
      return { kind, service, grade, operation, guard, name, roles, isOptional, condition, ...shows }
    }
    case 'error':
      return { ...rest, raisedBy: '', condition }
    default:
      return { ...rest, condition }
  }
}

/** Values of which one is asked stand in no order. */
const unordered = (one: Constraint): Constraint =>
  Array.isArray(one.value) ? { ...one, value: inOrder(one.value) } : one

const inOrder = <T>(all: readonly T[]): T[] => {
  const keyed = all.map((one) => ({ one, key: JSON.stringify(one) }))
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ one }) => one)
}
