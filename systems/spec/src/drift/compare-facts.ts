import { always } from '../facts/condition.ts'
import type { Evidence, Fact } from '../facts/fact.ts'
import { operationTitle, sayFact } from '../requirements/say-fact.ts'
import { comparable, modelsIn } from './alike.ts'
import { hiddenChange } from './hidden-change.ts'
import type { SameCode } from './same-code.ts'
import { failingAlike } from './same-questions.ts'
import { saysKey } from './says.ts'

export const driftKinds = ['changed', 'gone', 'unspecified', 'unproved'] as const
export type DriftKind = (typeof driftKinds)[number]

export interface Drift {
  kind: DriftKind
  /** The requirement: an operation's title, or a fact's own name. */
  requirement: string
  /** `code`: it is of no fact, but of the code behind an operation. */
  factKind: Fact['kind'] | 'code'
  /** What the spec says, and what the code does; null where there is none. */
  before: string | null
  after: string | null
  /** Where the code is, or was; of an answer that is gone, where its operation is. */
  evidence: Evidence | null
  /** Id of the specified fact, else of the new one. */
  factId: string
  /** Of a model: the operations whose requests or answers hold it. */
  usedBy: string[]
  /** The common requirement of the spec that says it of this operation; empty where its own says it. */
  common: string
  /** What is said of it where its sentence is as it was, and only code that an expression of it is cut short of is other code. */
  unshown?: string
  /** The part of the code that changed, as `path#symbol`; empty where that is not known. What changed there in one way is one drift to people. */
  cause: string
}

/**
 * Whether it is a note: of the code behind an operation, of which no fact tells, and which may be the same written otherwise. `spec check` says it, and fails by it
 * only where it is strict.
 */
export const isNote = ({ factKind, kind }: Drift): boolean => factKind === 'code' && kind === 'unproved'

export interface Comparison {
  drifts: Drift[]
  /** Facts that say what they said from another place: ids of before and after. */
  moved: { before: string; after: string }[]
}

/** What tests assert is no behaviour of the service: it shows what others say. */
const quiet = new Set<Fact['kind']>(['assertion', 'export'])

/**
 * What the code does now against what it did when the spec was agreed. Facts that say the same are paired wherever they stand,
 * whatever they are called; of the rest, those of one operation and one kind that are nearest each other are one that changed, but for those of which `isSame`
 * knows that their code does what it did.
 */
export function compareFacts(
  before: readonly Fact[],
  after: readonly Fact[],
  isSame: SameCode = () => new Set(),
): Comparison {
  const loud = (all: readonly Fact[]) => all.filter(({ kind }) => !quiet.has(kind))
  const [oldOnes, newOnes] = comparable(loud(before), loud(after))
  const plain: Plain = new Map([...oldOnes, ...newOnes].map((one) => [one.fact, one.plain]))
  const [old, now] = [oldOnes, newOnes].map((all) => all.map(({ fact }) => fact)) as [Fact[], Fact[]]
  const operations = pairOperations(old, now)
  const placeOf = (fact: Fact, isOld: boolean) =>
    fact.kind === 'operation'
      ? ''
      : 'operation' in fact
        ? isOld
          ? (operations.get(fact.operation) ?? `gone ${fact.operation}`)
          : fact.operation
        : ''
  const nowById = new Map(now.map((fact) => [fact.id, fact]))
  const placeNow = (fact: Fact): Evidence | null =>
    ('operation' in fact && nowById.get(operations.get(fact.operation) ?? '')?.evidence[0]) || null
  const comparison: Comparison = { drifts: [], moved: [] }
  const titles = titlesOf([...old, ...now])
  const left = Map.groupBy(now, (fact) => groupKey(fact, placeOf(fact, false)))
  const groups = Map.groupBy(old, (fact) => groupKey(fact, placeOf(fact, true)))
  for (const key of new Set([...groups.keys(), ...left.keys()])) {
    const [was, is] = [groups.get(key) ?? [], left.get(key) ?? []]
    const operation = is[0] ? placeOf(is[0], false) : was[0] ? placeOf(was[0], true) : ''
    const same = (old: readonly Fact[], fresh: readonly Fact[]) => isSame(operation, old, fresh)
    compareGroup(was, is, titles, operations, plain, placeNow, same, comparison)
  }
  const users = usersOfModels([...old, ...now], titles)
  const drifts = withoutParts(comparison.drifts, [...old, ...now]).map((one) =>
    one.factKind === 'model' ? { ...one, usedBy: users(one.requirement) } : one,
  )
  return { ...comparison, drifts: drifts.toSorted(byRequirement) }
}

/** Of each fact the form that is compared. */
type Plain = ReadonlyMap<Fact, Fact>

const groupKey = (fact: Fact, operation: string) => JSON.stringify([fact.kind, fact.service, operation])

/** Old operations by id to the new ones that they are: the same method and path, else the same handler with the same code. */
export function pairOperations(old: readonly Fact[], now: readonly Fact[]): Map<string, string> {
  const pairs = new Map<string, string>()
  const [from, to] = [old, now].map((all) => all.filter((fact) => fact.kind === 'operation'))
  const free = new Map((to ?? []).map((fact) => [fact.id, fact]))
  for (const fact of from ?? []) if (free.delete(fact.id)) pairs.set(fact.id, fact.id)
  for (const fact of from ?? []) {
    if (pairs.has(fact.id) || fact.handler === '') continue
    const same = [...free.values()].filter(
      (other) => other.handler === fact.handler && other.service === fact.service,
    )
    const [only] = same
    if (only && same.length === 1 && (only.path === fact.path || only.method === fact.method)) {
      pairs.set(fact.id, only.id)
      free.delete(only.id)
    }
  }
  return pairs
}

function compareGroup(
  old: readonly Fact[],
  now: readonly Fact[],
  titles: ReadonlyMap<string, string>,
  operations: ReadonlyMap<string, string>,
  plain: Plain,
  placeNow: (old: Fact) => Evidence | null,
  sameIn: (old: readonly Fact[], now: readonly Fact[]) => ReadonlySet<Fact>,
  { drifts, moved }: Comparison,
) {
  const of = (fact: Fact) => operationless(plain.get(fact) ?? fact)
  const withoutOperation = (fact: Fact) => saysKey(of(fact))
  const gradeless = (fact: Fact) => saysKey({ ...of(fact), grade: 'proved' })
  const asSplit = splitOtherwise(old, now, of)
  const free = now.filter((fact) => !asSplit.has(fact))
  const take = (matches: (one: Fact) => boolean): Fact | null => {
    const at = free.findIndex(matches)
    return at === -1 ? null : (free.splice(at, 1)[0] ?? null)
  }
  const differing = old.filter((fact) => {
    if (asSplit.has(fact)) return false
    const key = withoutOperation(fact)
    const same =
      take((one) => one.id === fact.id && withoutOperation(one) === key) ??
      take((one) => withoutOperation(one) === key)
    if (same && (same.id !== fact.id || where(same) !== where(fact)))
      moved.push({ before: fact.id, after: same.id })
    return same === null
  })
  const same = differing.length + free.length > 0 ? sameIn(differing, free) : new Set<Fact>()
  const rest = differing.filter((fact) => !same.has(fact))
  const left = free.filter((fact) => !same.has(fact))
  const pairs = rest
    .flatMap((fact) => left.map((one) => ({ fact, one, score: likeness(of(fact), of(one)) })))
    .filter(
      ({ fact, one, score }) => score >= 0.5 || operations.get(fact.id) === one.id || fact.id === one.id,
    )
    .toSorted((a, b) => b.score - a.score)
  const done = new Set<Fact>()
  const isFailing = failingAlike(old, now, (fact) => caseless(of(fact)))
  for (const { fact, one } of pairs) {
    if (done.has(fact) || done.has(one)) continue
    done.add(fact).add(one)
    if (isFailing(fact, one)) continue
    const isProofLost = gradeless(fact) === gradeless(one)
    // A proof that came to what was only declared is no drift; one that was lost is. That it is asked now when it comes is none of the code.
    if (isProofLost && (fact.grade !== 'proved' || one.grade === 'open')) continue
    // Nor is how much is known of when one comes that was asked before.
    if (fact.grade === 'open' && caseless(of(fact)) === caseless(of(one))) continue
    drifts.push(drift(isProofLost ? 'unproved' : 'changed', fact, one, titles))
  }
  for (const fact of rest)
    if (!done.has(fact) && !isFailing(fact, null)) {
      const gone = drift('gone', fact, null, titles)
      // Its own lines are no more: where its operation is now is where people look.
      drifts.push({ ...gone, evidence: placeNow(fact) ?? gone.evidence })
    }
  for (const one of left)
    if (!done.has(one) && !isFailing(null, one)) drifts.push(drift('unspecified', null, one, titles))
}

function drift(
  kind: DriftKind,
  old: Fact | null,
  now: Fact | null,
  titles: ReadonlyMap<string, string>,
): Drift {
  const fact = old ?? now
  if (!fact) throw new RangeError('A drift is of a fact.')
  const title = titleOf(fact, titles)
  const before = old ? sayFact(old, title) : null
  const after = now ? sayFact(now, titleOf(now, titles)) : null
  const hidden = old && now && kind === 'changed' && before === after ? hiddenChange(old, now) : null
  return {
    kind,
    requirement: title,
    factKind: fact.kind,
    before,
    after: hidden ? `${after} (${hidden.text})` : after,
    ...(hidden?.isOfCode && { unshown: hidden.text }),
    evidence: (now ?? fact).evidence[0] ?? null,
    factId: fact.id,
    usedBy: [],
    common: '',
    cause: '',
  }
}

/** Titles of the operations that lead to a model by its name, through other models too. */
function usersOfModels(facts: readonly Fact[], titles: ReadonlyMap<string, string>) {
  const holders = new Map<string, Set<string>>()
  const hold = (model: string, holder: string) =>
    holders.set(model, (holders.get(model) ?? new Set()).add(holder))
  for (const fact of facts) {
    if (fact.kind === 'model')
      for (const { shape } of fact.fields) for (const name of modelsIn(shape)) hold(name, fact.name)
    if (fact.kind === 'response' || fact.kind === 'body' || fact.kind === 'parameter')
      for (const name of modelsIn(fact.shape)) hold(name, titleOf(fact, titles))
  }
  const operations = new Set(titles.values())
  return (model: string) => {
    const met = new Set([model])
    for (const one of met) for (const holder of holders.get(one) ?? []) met.add(holder)
    return [...met].filter((one) => operations.has(one)).toSorted()
  }
}

export function titlesOf(facts: readonly Fact[]): Map<string, string> {
  return new Map(
    facts.flatMap((fact) => (fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [])),
  )
}

export function titleOf(fact: Fact, titles: ReadonlyMap<string, string>): string {
  if (fact.kind === 'operation') return operationTitle(fact)
  if ('operation' in fact) return titles.get(fact.operation) ?? fact.operation
  return fact.name
}

/** Of an operation that is gone or new, its parts say nothing more. */
function withoutParts(drifts: readonly Drift[], facts: readonly Fact[]): Drift[] {
  const whole = new Set(
    drifts
      .filter(({ factKind, kind }) => factKind === 'operation' && (kind === 'gone' || kind === 'unspecified'))
      .map(({ factId }) => factId),
  )
  const operation = new Map(
    facts.flatMap((fact) => ('operation' in fact ? [[fact.id, fact.operation] as const] : [])),
  )
  return drifts.filter(({ factId }) => !whole.has(operation.get(factId) ?? ''))
}

/** What an answer says, but for when it comes and how well that is known. */
const caseless = (fact: Fact) => saysKey({ ...fact, condition: always, grade: 'proved' })

/** Answers that are told in other parts than before, as many words are told case by case, and come in the same cases all together. */
function splitOtherwise(old: readonly Fact[], now: readonly Fact[], of: (fact: Fact) => Fact): Set<Fact> {
  const side = (all: readonly Fact[]) =>
    Map.groupBy(
      all.filter(({ kind, grade }) => (kind === 'error' || kind === 'response') && grade !== 'open'),
      (fact) => saysKey({ ...of(fact), condition: always }),
    )
  const cases = (all: readonly Fact[]) =>
    [
      ...new Set(
        all.flatMap((fact) => of(fact).condition.map((row) => saysKey({ ...of(fact), condition: [row] }))),
      ),
    ]
      .toSorted()
      .join('\n')
  const [before, after] = [side(old), side(now)]
  return new Set(
    [...before].flatMap(([key, all]) => {
      const others = after.get(key) ?? []
      const isSplit = others.length > 0 && others.length !== all.length && cases(all) === cases(others)
      return isSplit ? [...all, ...others] : []
    }),
  )
}

const operationless = (fact: Fact) => ('operation' in fact ? { ...fact, operation: '' } : fact)
/** In which file: what moves within it is found again by its symbol. */
const where = ({ evidence }: Fact) => evidence[0]?.path ?? ''

/** Share of what two facts say that they both say, 0 to 1. */
function likeness(a: Fact, b: Fact): number {
  const parts = (fact: Fact) => new Set(saysKey(fact).match(/"[^"]+":(?:"[^"]*"|[^,{}[\]]+)|[^,{}[\]]+/g))
  const [left, right] = [parts(a), parts(b)]
  const both = [...left].filter((part) => right.has(part)).length
  const named =
    'name' in a &&
    'name' in b &&
    a.kind !== 'guard' &&
    !(a.kind === 'parameter' && a.in === 'path') &&
    a.name !== b.name
  // Another name is another thing; what is said of both alike makes them no one thing.
  return named ? 0 : both / Math.max(1, left.size + right.size - both)
}

export const byRequirement = (a: Drift, b: Drift) =>
  a.requirement < b.requirement
    ? -1
    : a.requirement > b.requirement
      ? 1
      : driftKinds.indexOf(a.kind) - driftKinds.indexOf(b.kind)
