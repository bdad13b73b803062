import { createHash } from 'node:crypto'
import type { Fact } from '../facts/fact.ts'
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
  const condition = fact.condition.map((row) =>
    row.map((atom) => ({ ...atom, subject: nameless(atom.subject) })),
  )
  switch (fact.kind) {
    case 'operation':
      return { kind: fact.kind, method: fact.method, path: pathKey(fact.path), condition }
    case 'parameter':
      return { ...rest, name: fact.in === 'path' ? fact.position : fact.name, condition }
    case 'guard':
      // What it refuses with is told by errors; its name is the author's, or that of its file.
      return { ...rest, name: '', condition }
    case 'error':
      return { ...rest, raisedBy: '', condition }
    default:
      return { ...rest, condition }
  }
}

/**
 * An expression of the code without the names that its author may change at will: variables and functions. What is read of them
 * (`.isActive`), values, and the request's own names stay.
 */
export function nameless(subject: string): string {
  if (/^(?:path|query|header|cookie|form|body)\b/.test(subject)) return subject
  const names = new Map<string, string>()
  return subject.replaceAll(
    // A package may have dashes in its name: `jwt-go.Parse`.
    /(?<![.\w"'])([A-Za-z_$](?:[\w$]|-(?=[\w-]+\.))*)(\s*\()?/g,
    (all, name: string, call: string | undefined) => {
      if (
        /^(?:path|query|header|cookie|form|body|true|false|null|None|undefined|nil|not|and|or|in|is|typeof|new)$/.test(
          name,
        )
      )
        return all
      const known = names.get(name) ?? `$${names.size + 1}`
      names.set(name, known)
      return `${known}${call ?? ''}`
    },
  )
}
