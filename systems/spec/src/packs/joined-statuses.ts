import { unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { both } from '../resolve/conditions.ts'
import { joinedOf } from '../resolve/told.ts'
import type { Site, Value } from '../resolve/values.ts'
import { mayBeOther, waysOfStatus } from './status.ts'

/** The status that was set so far, by the value it was set on. */
export type Statuses = Readonly<Record<string, number[]>>

/** Where statuses that are set before an answer were set. */
export const setAt = new WeakMap<readonly number[], readonly Site[]>()
/** When each of them comes, where that is known of all, and whether it may be another one; of several ways that came together, none where no status was set on some of them. */
export const setWays = new WeakMap<
  readonly number[],
  { ways: { status: number; when: Condition }[] | null; isUnclear: boolean; isJoined?: true }
>()

export function noteWays(statuses: readonly number[], value: Value | undefined): void {
  if (value) setWays.set(statuses, { ways: waysOfStatus(value), isUnclear: mayBeOther(value) })
}

/** What is answered where no status was set. */
const usual: number[] = [200]
/** Ways past which it is not kept when a status is which. */
const maxWays = 6
/** Rows of when it is past which it is no more told. */
const maxRows = 8

/** After several ways of which one was gone a status is what that set; `when` says when it was gone. */
export function joinStatuses(ways: readonly { statuses: Statuses; when: () => Condition }[]): Statuses {
  const [first, ...others] = ways
  if (!first) return {}
  if (others.every(({ statuses }) => statuses === first.statuses)) return first.statuses
  const joined: Record<string, number[]> = {}
  for (const on of new Set(ways.flatMap(({ statuses }) => Object.keys(statuses)))) {
    const set = ways.map(({ statuses, when }) => ({ statuses: statuses[on] ?? usual, when }))
    const [one, ...more] = set
    if (one)
      joined[on] = more.every((other) => isSame(one.statuses, other.statuses)) ? one.statuses : joinOf(set)
  }
  return joined
}

// One that is set later may be set where it was set before.
const isSame = (one: readonly number[], other: readonly number[]): boolean =>
  one === other ||
  (one.length === 1 && other.length === 1 && one[0] === other[0] && !isUnclear(one) && !isUnclear(other))

const isUnclear = (statuses: readonly number[]): boolean => setWays.get(statuses)?.isUnclear === true

function joinOf(set: readonly { statuses: number[]; when: () => Condition }[]): number[] {
  const joined = [...new Set(set.flatMap(({ statuses }) => statuses))]
  const ways = set.flatMap(({ statuses, when }) => {
    const around = when()
    const inner = setWays.get(statuses)?.ways
    if (inner)
      return inner.map((way) => ({
        status: way.status,
        when: short(joinedOf(both(around, way.when), true, [around, way.when])),
      }))
    const kept = statuses.length > 1 ? short(both(around, [[unsaid]])) : short(around)
    return statuses.map((status) => ({ status, when: kept }))
  })
  const sites = new Set(set.flatMap(({ statuses }) => setAt.get(statuses) ?? []))
  setAt.set(joined, [...sites])
  setWays.set(joined, {
    ways: ways.length > 0 && ways.length <= maxWays ? ways : null,
    isUnclear: set.some(({ statuses }) => statuses.length === 0 || isUnclear(statuses)),
    isJoined: true,
  })
  return joined
}

const short = (when: Condition): Condition => (when.length > maxRows ? [[unsaid]] : when)
