import { z } from 'zod'
import type { Replica } from '../routing/replica.ts'
import { fleetColumns, fleetStates } from './fleet-columns.ts'
import { replicasOf } from './live-stats.ts'
import type { LiveStats, ServedModel } from './live-stats.ts'
import { mergeSeen } from './seen-elsewhere.ts'
import type { SeenReplica } from './seen-elsewhere.ts'

/** Sent first, and again when the table is another one. */
export const fleetListSchema = z.object({
  atMs: z.number(),
  replicas: z.array(
    z.object({
      id: z.string(),
      provider: z.string(),
      model: z.string(),
      zone: z.string().nullable(),
      servedAs: z.array(z.string()),
    }),
  ),
})

/** Sent every second: replicas that are other than before, each its place in the list and then the columns. All of them the first time. */
export const fleetChangesSchema = z.object({ atMs: z.number(), changes: z.array(z.int()) })
export type FleetList = z.output<typeof fleetListSchema>

/** The figures of all replicas at one moment, a row of `fleetColumns` after the other. */
export interface FleetMoment {
  atMs: number
  list: FleetList['replicas']
  values: Int32Array
}

/** Reads the whole fleet at most once a second, however many look at it. */
export class Fleet {
  readonly #live: Pick<LiveStats, 'brief'>
  readonly #served: () => Iterable<Pick<ServedModel, 'name' | 'replicas'>>
  /** What other processes see, by replica. */
  readonly #elsewhere: () => ReadonlyMap<string, SeenReplica>
  #moment: FleetMoment | null = null

  constructor(
    live: Pick<LiveStats, 'brief'>,
    served: () => Iterable<Pick<ServedModel, 'name' | 'replicas'>>,
    elsewhere: () => ReadonlyMap<string, SeenReplica> = () => new Map(),
  ) {
    this.#live = live
    this.#served = served
    this.#elsewhere = elsewhere
  }

  /** `list` is the same object for as long as the replicas are the same. */
  read(nowMs: number): FleetMoment {
    const before = this.#moment
    if (before !== null && nowMs - before.atMs < 900) return before
    const served = replicasOf([...this.#served()])
    const isSame =
      before !== null &&
      before.list.length === served.length &&
      before.list.every(({ id, servedAs }, at) => {
        const now = served[at]
        return now?.replica.id === id && now.servedAs.join() === servedAs.join()
      })
    const elsewhere = this.#elsewhere()
    const values = new Int32Array(served.length * fleetColumns.length)
    for (const [at, { replica }] of served.entries()) {
      const here = seenHere(replica, this.#live, nowMs)
      const there = elsewhere.get(replica.id)
      const { state, requestsInFlight, ttftMs, failedShare, tokensPerSecond } =
        there === undefined ? here : mergeSeen(here, there)
      const { engine } = replica
      values.set(
        [
          fleetStates.indexOf(state),
          requestsInFlight,
          engine?.waiting ?? -1,
          engine?.kvUse == null ? -1 : Math.round(engine.kvUse * 100),
          ttftMs === null ? -1 : coarse(ttftMs),
          Math.round(failedShare * 100),
          coarse(tokensPerSecond),
        ],
        at * fleetColumns.length,
      )
    }
    const list = isSame
      ? before.list
      : served.map(({ replica: { id, provider, model, zone }, servedAs }) => ({
          id,
          provider,
          model,
          zone,
          servedAs,
        }))
    return (this.#moment = { atMs: nowMs, list, values })
  }
}

/** A replica as this process sees it. */
export function seenHere(replica: Replica, live: Pick<LiveStats, 'brief'>, nowMs: number): SeenReplica {
  const brief = live.brief(replica.id, nowMs)
  return {
    id: replica.id,
    state: replica.state,
    requestsInFlight: replica.requestsInFlight,
    tokensPerSecond: brief?.tokensPerSecond ?? 0,
    ttftMs: brief?.ttftMs ?? null,
    failedShare: brief?.failedShare ?? 0,
  }
}

/** What differs from `before`, as `fleetChangesSchema` has it; all when there is nothing before. */
export function changesOf(values: Int32Array, before: Int32Array | null): number[] {
  const width = fleetColumns.length
  const changes: number[] = []
  for (let at = 0; at < values.length; at += width) {
    let isOther = before === null
    for (let column = at; !isOther && column < at + width; column++)
      isOther = values[column] !== before?.[column]
    if (isOther) changes.push(at / width, ...values.subarray(at, at + width))
  }
  return changes
}

/** Two digits are as many as a colour shows, and change less often. */
function coarse(value: number): number {
  if (value < 100) return Math.round(value)
  const step = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Math.round(value / step) * step
}
