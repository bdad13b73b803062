import { always } from '../facts/condition.ts'
import { flowOf, wordsOf } from '../facts/code-mark.ts'
import { factsOf } from '../facts/fact-set.ts'
import type { FactSet } from '../facts/fact-set.ts'
import type { Evidence, Fact } from '../facts/fact.ts'
import type { Shape } from '../facts/shape.ts'
import { saysKey } from './says.ts'

/** Facts, and of which code they are. */
export type Marked = Pick<FactSet, 'facts' | 'code'>

/** Facts that code has come to otherwise without doing anything else, of those of one operation that say not what they said. */
export type SameCode = (operation: string, old: readonly Fact[], now: readonly Fact[]) => ReadonlySet<Fact>

/**
 * Where an operation's code does the same in the same order as when it was agreed, what is told of its answers and guards otherwise is of how code was read: it
 * stands in other functions, under other names or in other files now. That holds of facts of which all places are of code that is marked; what settings,
 * descriptions, types and libraries say may have changed.
 */
export function sameCode(
  { code: old, facts: oldFacts }: Marked,
  { code: now, facts }: Marked,
  agreedIds: ReadonlyMap<string, string>,
): SameCode {
  const none = new Set<Fact>()
  if (!old || !now || old.version !== now.version) return () => none
  const [answered, answers] = [statusesOf(oldFacts), statusesOf(facts)]
  const silent = new Set(now.read?.silent.map(({ path, symbol }) => `${path}#${symbol}`))
  const isPart = (path: string, symbol: string) =>
    (old.places[path]?.[symbol] ?? now.places[path]?.[symbol]) !== undefined ||
    silent.has(`${path}#${symbol}`)
  const byPath = Map.groupBy(now.read?.words ?? [], ({ path }) => path)
  // What is put before an operation stands in its code under a name of its own.
  const isWithin = ({ path, line }: Evidence) =>
    byPath.get(path)?.some((one) => one.words.length > 0 && one.line <= line && line <= one.endLine) === true
  const isMarked = (one: Evidence) => isPart(one.path, one.symbol) || isWithin(one)
  // Where operations are put somewhere what is put before them is told with their code.
  const routed = new Set(
    factsOf(facts, 'operation').flatMap(({ evidence }) => evidence.map(({ path }) => path)),
  )
  const hasCode = (path: string) => (old.places[path] ?? now.places[path]) !== undefined || routed.has(path)
  const isOfCode = ({ kind, grade, evidence }: Fact) =>
    evidence.length > 0 &&
    (grade === 'proved' || grade === 'open' || (grade === 'declared' && kind !== 'guard')) &&
    evidence.every(
      (one, at) =>
        isMarked(one) ||
        // What code is put together by, where what it is of is marked.
        (kind !== 'guard' && one.symbol === '' && (at > 0 || hasCode(one.path))),
    )
  return (operation, before, after) => {
    const agreed = agreedIds.get(operation) ?? ''
    const [was, is] = [old.operations[agreed], now.operations[operation]]
    if (was === undefined || is === undefined || flowOf(was) !== flowOf(is)) return none
    const hasOtherWords = wordsOf(was) !== wordsOf(is)
    // With other words, that a status came or went is no matter of where code stands.
    const isOneSided = (fact: Fact) =>
      hasOtherWords &&
      'status' in fact &&
      fact.kind !== 'guard' &&
      answered.has(`${agreed} ${fact.status}`) !== answers.has(`${operation} ${fact.status}`)
    const isSame = (fact: Fact) => {
      if (!isOfCode(fact) || isOneSided(fact)) return false
      if (fact.kind === 'guard' || fact.kind === 'error') return true
      const others = before.includes(fact) ? after : before
      // Which values code asks for is read of how it asks.
      if (fact.kind === 'parameter')
        return others.some((other) => other.kind === 'parameter' && valueless(other) === valueless(fact))
      // What an answer holds follows from types too.
      return (
        fact.kind === 'response' &&
        (fact.grade === 'open' ||
          others.some(
            (other) =>
              other.kind === 'response' && (caseless(other) === caseless(fact) || isSaidLess(fact, other)),
          ))
      )
    }
    // What one side says of a status is not the other's to leave out.
    const groups = Map.groupBy([...before, ...after], (fact) => ('status' in fact ? fact.status : fact.kind))
    return new Set([...groups.values()].filter((own) => own.every(isSame)).flat())
  }
}

const statusesOf = (facts: readonly Fact[]): Set<string> =>
  new Set(
    facts.flatMap((fact) =>
      fact.kind === 'error' || fact.kind === 'response' ? [`${fact.operation} ${fact.status}`] : [],
    ),
  )

/** Whether two answers of one status say the same, but that one says less of what it holds. In Python what is answered may follow from types alone. */
const isSaidLess = (a: ResponseFact, b: ResponseFact): boolean =>
  a.status === b.status &&
  a.mediaType === b.mediaType &&
  [a, b].every(({ evidence }) => evidence.every(({ path }) => !path.endsWith('.py'))) &&
  (isLess(a.shape, b.shape) || isLess(b.shape, a.shape))
type ResponseFact = Extract<Fact, { kind: 'response' }>

function isLess(less: Shape, more: Shape): boolean {
  if (less.type === 'unknown') return true
  if (less.type === 'array' && more.type === 'array')
    return (less.ofEach ?? []).length <= (more.ofEach ?? []).length && isLess(less.items, more.items)
  if (less.type !== 'object' || more.type !== 'object') return JSON.stringify(less) === JSON.stringify(more)
  return (
    less.fields.length === more.fields.length &&
    less.fields.every((one) => {
      const other = more.fields.find(({ name }) => name === one.name)
      return (
        other !== undefined &&
        one.isRequired === other.isRequired &&
        one.constraints.length <= other.constraints.length &&
        isLess(one.shape, other.shape)
      )
    })
  )
}

const valueless = (fact: Extract<Fact, { kind: 'parameter' }>) =>
  saysKey({ ...fact, constraints: fact.constraints.filter(({ keyword }) => keyword !== 'enum') })

const caseless = (fact: Fact) =>
  saysKey({ ...fact, operation: '', condition: always, grade: 'proved' } as Fact)
