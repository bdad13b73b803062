import { always, normalizeCondition, unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { allOf, both, resolved } from '../resolve/conditions.ts'
import type { Outcome } from '../resolve/running.ts'
import type { Effect, Value } from '../resolve/values.ts'
import type { FoundOperation } from './flat-routes.ts'
import { answering, withoutAnswer } from './hand-on.ts'
import type { Observation } from './observation.ts'
import type { Run } from './run-code.ts'

/** How requests come past one function of a chain. */
export interface Past {
  /** Whoever comes to it is answered there: nothing behind it runs. */
  isAnswered: boolean
  /** What holds for what comes to the rest of the route, where others leave it (`next('route')` of Express); null where all do. */
  stays: Condition | null
  /** What holds for what leaves its route, and for what it hands on; null where that is not known. */
  leaves: Condition
  goesOn: Condition | null
}

/** Rows past which it is not said when a request goes which way. */
const maxRows = 3

/** What a function did. `ensured`: what held before; `isSettled`: it took branches by what the program holds, which changes while it runs. */
interface Ran {
  effects: readonly Effect[]
  result: readonly Outcome[]
  ensured: readonly Condition[]
  isSettled: boolean
}

/** How a function was seen to let requests past. `isOfRoute`: what leaves its route comes to nothing else of it. */
export function pastOf(run: Run, { effects, result, ensured, isSettled }: Ran, isOfRoute: boolean): Past {
  const { passed, left, leftRouter } = run.meaning.context.ways()
  const known = new Set(ensured.map((one) => JSON.stringify(one)))
  const when = (ways: readonly (readonly Condition[])[]): Condition => {
    const rows = ways.flatMap((way) => allOf(way.filter((one) => !known.has(JSON.stringify(one)))))
    const told = normalizeCondition(rows, { keepsUnsaid: true })
    return told.length > maxRows ? [[unsaid]] : told
  }
  // What is no handler of a route goes on with the next one all the same (expressjs.com, "Using middleware").
  const away = isOfRoute ? [...left, ...leftRouter] : leftRouter
  const on = isOfRoute ? passed : [...passed, ...left]
  const stays = when(on)
  const isNever = on.length === 0 && away.length === 0
  return {
    isAnswered: isNever && !isSettled && answersAll(run, effects, result),
    stays: away.length === 0 ? null : isAlways(stays) ? [[unsaid]] : stays,
    leaves: when(away),
    goesOn: isSettled ? null : stays,
  }
}

const isAlways = (condition: Condition) => condition.some((row) => row.length === 0)

// Whether each way through it ends in an answer, by one of them alone or by all that it gives together.
function answersAll(run: Run, effects: readonly Effect[], result: readonly Outcome[]): boolean {
  const answers = effects.filter(answering)
  if (answers.length === 0) return false
  if (withoutAnswer(run, effects, result).length === 0) return true
  const rows = answers.flatMap(({ conditions }) =>
    normalizeCondition(allOf(conditions), { keepsUnsaid: true }),
  )
  return isAlways(resolved(rows.filter((row) => !row.some(({ subject }) => subject === unsaid.subject))))
}

/** What goes on to a later route of what comes to this one: past its handlers, or through the last of them. Null where that is not known. */
export function leavesOf(pasts: readonly (Past | null)[], last: Condition | null): Condition | null {
  if (last === null || pasts.includes(null)) return null
  const rows = pasts.flatMap((one) => one?.leaves ?? [])
  const told = normalizeCondition([...rows, ...last], { keepsUnsaid: true })
  return told.length > maxRows || told.flat().some(({ subject }) => subject === unsaid.subject) ? null : told
}

/** Says of all that came since then that it comes only where these hold. */
export function behind(when: Condition, observation: Observation, answered: number, read: number): void {
  for (const answer of observation.answers.slice(answered)) answer.conditions = [when, ...answer.conditions]
  const reads = observation.reads.splice(read)
  observation.reads.push(...reads.map((one) => ({ ...one, conditions: [when, ...one.conditions] })))
}

/** Where a handler of an operation runs only for some of what comes to it. */
export function whenReached(
  { handlersWhen, behind: first }: FoundOperation,
  { stays }: Pick<Observation, 'stays'>,
  index: number,
  value: Value,
): Condition {
  const settings = handlersWhen?.get(value) ?? always
  const before = [...(stays ?? [])].flatMap(([at, when]) => (at < index ? [when] : []))
  return [...before, ...(first ? [first] : [])].reduce<Condition>(both, settings)
}
