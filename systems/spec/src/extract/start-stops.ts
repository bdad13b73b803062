import { keyOfAtom } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { allOf } from '../resolve/conditions.ts'
import { keptIn, onceFor } from '../facts/once-for.ts'
import type { Answer, Observation, Returned } from './observation.ts'
import type { Run } from './run-code.ts'
import { isOfEnvironment } from './sign-in.ts'

/** Leaves out what would only come of an environment that the program does not start with: it reads it as it begins, and throws then. */
export function withoutStops(run: Run, observation: Observation): Observation {
  const stops = stopsOf(run)
  if (stops.length === 0) return observation
  const { answers, returned, refuses } = observation
  const known = new Map<unknown, unknown>()
  const left = <T extends Answer | Returned>(all: readonly T[]): T[] =>
    all.flatMap((one) => keptIn(known, one, () => started(one, stops)) as T[])
  return {
    ...observation,
    answers: left(answers),
    returned: left(returned),
    refuses: new Map([...refuses].map(([at, all]) => [at, left(all)])),
  }
}

/** What the environment is where the program stops, by the words of its tests; the program has begun by the time that it is asked. */
const stopsOf = onceFor(({ interpreter }: Run): readonly (readonly string[])[] => {
  const isOfIt = (condition: Condition) =>
    condition.every((row) => row.every(({ subject }) => isOfEnvironment(subject)))
  return interpreter.running.stops
    .filter((conditions) => conditions.length > 0 && conditions.every(isOfIt))
    .flatMap((conditions) => allOf(conditions))
    .flatMap((row) => (row.length > 0 ? [row.map(keyOfAtom)] : []))
})

function started<T extends { conditions: readonly Condition[] }>(
  one: T,
  stops: readonly (readonly string[])[],
): T[] {
  const isStop = (row: readonly Atom[]): boolean => {
    const keys = new Set(row.map(keyOfAtom))
    return stops.some((stop) => stop.every((key) => keys.has(key)))
  }
  const isAsked = one.conditions.some((condition) =>
    condition.some((row) => row.some(({ subject }) => isOfEnvironment(subject))),
  )
  if (!isAsked) return [one]
  const rows = allOf(one.conditions)
  const left = rows.filter((row) => !isStop(row))
  return left.length === rows.length ? [one] : left.length === 0 ? [] : [{ ...one, conditions: [left] }]
}
