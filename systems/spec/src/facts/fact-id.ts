import { hash } from 'node:crypto'
import { assertNever } from './assert-never.ts'
import { asAsked } from './condition.ts'
import type { Fact } from './fact.ts'

/** Any one of the kinds without its id. */
export type FactDraft = Fact extends infer Each ? (Each extends Fact ? Omit<Each, 'id'> : never) : never

/** `/articles/{slug}` and `/articles/{id}` are one path: a name between braces is no behaviour. */
export function pathKey(path: string): string {
  return path.replaceAll(/\{[^{}]*?(\*?)\}/g, '{$1}')
}

/** What makes a fact that one and no other. Statuses and constraints are part of what it says, so a change of them shows as a change of a fact. */
export function factKey(fact: FactDraft): string[] {
  const { kind, service } = fact
  switch (fact.kind) {
    case 'operation':
      return [kind, service, fact.method, pathKey(fact.path)]
    case 'parameter':
      // A path parameter's name is no behaviour; which of them it is, is.
      return [kind, fact.operation, fact.in, fact.in === 'path' ? String(fact.position) : fact.name]
    case 'body':
      return [kind, fact.operation, fact.mediaType]
    case 'response':
      return [kind, fact.operation, String(fact.status), JSON.stringify(asAsked(fact.condition))]
    case 'guard':
      return [kind, fact.operation, fact.guard, ...fact.roles]
    case 'error':
      return [
        kind,
        fact.operation,
        String(fact.status),
        fact.message,
        JSON.stringify(asAsked(fact.condition)),
      ]
    case 'assertion':
      return [kind, fact.operation, String(fact.status), fact.test]
    case 'event':
      return [kind, service, fact.direction, fact.name]
    case 'command':
    case 'export':
    case 'job':
    case 'model':
    case 'state-machine':
    case 'configuration':
      return [kind, service, fact.name]
    default:
      return assertNever(fact)
  }
}

/** `op-3f9a…`: the kind and 12 hexadecimal digits of the hash of what the fact is about; `nth`, from 0, of those that only a name tells apart. */
export function factId(fact: FactDraft, nth = 0): string {
  const key = [...factKey(fact), ...(nth > 0 ? [`#${nth}`] : [])]
  return `${fact.kind}-${hash('sha256', JSON.stringify(key)).slice(0, 12)}`
}

/** The function that asks, of a guard of which a sentence tells nothing else: two of one key are two facts. It is no part of the key, as a name is no behaviour. */
export const nameApart = (fact: FactDraft): string =>
  fact.kind === 'guard' && fact.guard !== 'authentication' && fact.roles.length === 0 ? fact.name : ''

/** Gives each of the facts that only a name tells apart an id of its own, by the order of their names. */
export function tellApart(facts: readonly Fact[]): void {
  const named = facts.filter((fact) => nameApart(fact) !== '')
  for (const same of Map.groupBy(named, (fact) => factId(fact)).values())
    for (const [nth, fact] of same.toSorted((a, b) => (nameApart(a) < nameApart(b) ? -1 : 1)).entries())
      fact.id = factId(fact, nth)
}
