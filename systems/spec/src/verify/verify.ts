import { factsOf } from '../facts/fact-set.ts'
import type { Fact, OperationFact } from '../facts/fact.ts'
import { operationTitle } from '../requirements/say-fact.ts'
import type { Observation } from './observation.ts'

const verdicts = ['observed', 'contradicted', 'not observed'] as const

export interface VerifiedStatus {
  requirement: string
  status: number
  verdict: (typeof verdicts)[number]
  /** How often it was seen. */
  times: number
}

export interface Verification {
  statuses: VerifiedStatus[]
  /** Requests that no operation of the spec takes, with how they were answered. */
  unknown: (Observation & { times: number })[]
}

/**
 * What was seen, beside what the facts say: a status that they have is observed, one that they have not is contradicted. A failure of the
 * service itself (500 and above) that the facts do not name is contradicted too. Of two paths that fit, the one with more fixed parts is meant.
 */
export function verify(facts: readonly Fact[], seen: readonly Observation[]): Verification {
  const operations = factsOf(facts, 'operation')
  const said = new Map<string, Set<number>>(operations.map(({ id }) => [id, new Set()]))
  for (const fact of facts)
    if (fact.kind === 'response' || fact.kind === 'error') said.get(fact.operation)?.add(fact.status)
  const forms = operations
    .map((operation) => ({ operation, form: formOf(operation.path), fixed: fixedParts(operation.path) }))
    .toSorted((a, b) => b.fixed - a.fixed)
  const counts = new Map<string, Map<number, number>>()
  const unknown = new Map<string, Observation & { times: number }>()
  for (const one of seen) {
    const match = forms.find(
      ({ operation, form }) =>
        (operation.method === '*' || operation.method === one.method) && form.test(one.path),
    )
    if (match) {
      const own = counts.get(match.operation.id) ?? new Map<number, number>()
      counts.set(match.operation.id, own.set(one.status, (own.get(one.status) ?? 0) + 1))
      continue
    }
    // The framework answers what it does not know.
    if (one.status === 404 || one.status === 405) continue
    const key = `${one.method} ${one.path} ${one.status}`
    unknown.set(key, { ...one, times: (unknown.get(key)?.times ?? 0) + 1 })
  }
  const statuses = operations.flatMap((operation): VerifiedStatus[] => {
    const [own, found] = [
      said.get(operation.id) ?? new Set<number>(),
      counts.get(operation.id) ?? new Map<number, number>(),
    ]
    return [...new Set([...own, ...found.keys()])]
      .toSorted((a, b) => a - b)
      .map((status) => ({
        requirement: operationTitle(operation),
        status,
        verdict: !own.has(status) ? 'contradicted' : found.has(status) ? 'observed' : 'not observed',
        times: found.get(status) ?? 0,
      }))
  })
  return { statuses, unknown: [...unknown.values()] }
}

function formOf(path: string): RegExp {
  const parts = path.split(/(\{[^{}]+\})/).map((part) => {
    if (!part.startsWith('{')) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    return part.endsWith('*}') ? '.*' : '[^/]+'
  })
  return new RegExp(`^${parts.join('').replace(/\/$/, '')}/?$`)
}

const fixedParts = (path: string) =>
  path.split('/').filter((part) => part !== '' && !part.startsWith('{')).length

/** Requests that change nothing, one for each operation of GET: path parameters get a name that nothing has. */
export function safeRequests(facts: readonly Fact[]): { operation: OperationFact; path: string }[] {
  return factsOf(facts, 'operation')
    .filter(({ method }) => method === 'GET')
    .map((operation) => ({
      operation,
      path: operation.path.replaceAll(/\{[^{}]+\}/g, 'heavylift-unknown'),
    }))
}
