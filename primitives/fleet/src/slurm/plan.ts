import { Machine } from './machine.ts'
import type { MachineNode, Need } from './machine.ts'

/** A partition as scheduling sees it; nodes by number. */
export interface PlanPartition {
  name: string
  nodes: readonly number[]
  /** Jobs of a higher tier go first, and may end those of a lower one. */
  tier: number
  /** Whether its jobs may be ended for a higher tier and queued again. */
  isPreemptible: boolean
}

export interface PlanJob {
  id: number
  partition: number
  priority: number
  need: Need
  limitS: number
}

export interface RunningJob extends PlanJob {
  nodes: readonly number[]
  /** When its limit ends it. */
  endS: number
}

export interface ClusterState {
  nowS: number
  nodes: readonly MachineNode[]
  /** Nodes that take jobs. */
  isUp: readonly boolean[]
  partitions: readonly PlanPartition[]
  running: readonly RunningJob[]
  pending: readonly PlanJob[]
}

export interface PlannedStart {
  job: PlanJob
  /** Infinity when the cluster can never hold it. */
  startS: number
  nodes: readonly number[]
  /** The job whose end makes the last room for it; null when it starts at once or where a reservation ends. */
  endOf: RunningJob | null
  /** The job ahead of it that has the nodes which would be free before; null when there is none. */
  behind: PlanJob | null
}

/** Tier, then priority, then age: sort_job_queue2 of Slurm. */
export const inOrder =
  (partitions: readonly PlanPartition[]) =>
  (a: PlanJob, b: PlanJob): number =>
    partitions[b.partition]!.tier - partitions[a.partition]!.tier || b.priority - a.priority || a.id - b.id

interface Reservation {
  fromS: number
  untilS: number
  nodes: readonly number[]
  job: PlanJob
}

export interface PlanOptions {
  /** How far ahead starts are looked for: bf_window, a day unless given. */
  windowS?: number
  /** Jobs that are looked at: bf_max_job_test. */
  mostJobs?: number
  /** Reservations begin at multiples of it and last for multiples: bf_resolution. */
  resolutionS?: number
  /**
   * Ends of running jobs so near to each other count as one, the last: Slurm's `time_window`, which is 30 s. 0 unless given: the very
   * earliest start.
   */
  endsWithinS?: number
  /** Nodes that somebody is just leaving: whoever is planned there now keeps them whole until it can start. */
  leaving?: ReadonlySet<number>
}

/**
 * When each pending job starts if every running one goes to its limit: the plan of sched/backfill. In order of priority each gets the
 * earliest start that delays none before it; what waits holds its nodes whole until its own limit. https://slurm.schedmd.com/sched_config.html
 */
export function planStarts(state: ClusterState, options: PlanOptions = {}): PlannedStart[] {
  const { nowS } = state
  const windowS = options.windowS ?? 86_400
  const resolutionS = options.resolutionS ?? 1
  const running = state.running.toSorted((a, b) => a.endS - b.endS || a.id - b.id)
  const reservations: Reservation[] = []
  const machine = machineOf(state)
  const planned: PlannedStart[] = []
  for (const job of state.pending
    .toSorted(inOrder(state.partitions))
    .slice(0, options.mostJobs ?? Infinity)) {
    const found = earliest(job, state, machine, running, reservations, windowS, options.endsWithinS ?? 0)
    planned.push(found)
    const isHeldUp = found.nodes.some((node) => options.leaving?.has(node))
    if (found.startS === nowS && !isHeldUp) {
      machine.take(found.nodes, job.need)
      const started = { ...job, nodes: found.nodes, endS: nowS + job.limitS }
      const at = running.findIndex(({ endS }) => endS > started.endS)
      running.splice(at === -1 ? running.length : at, 0, started)
    } else if (found.startS < Infinity) {
      const fromS = Math.floor(found.startS / resolutionS) * resolutionS
      reservations.push({
        fromS,
        untilS: fromS + Math.ceil(job.limitS / resolutionS) * resolutionS,
        nodes: found.nodes,
        job,
      })
    }
  }
  return planned
}

/** What is free now. */
export function machineOf(state: Pick<ClusterState, 'nodes' | 'running'>): Machine {
  const machine = new Machine(state.nodes)
  for (const { nodes, need } of state.running) machine.take(nodes, need)
  return machine
}

const anyNode = () => true

function earliest(
  job: PlanJob,
  state: ClusterState,
  now: Machine,
  running: readonly RunningJob[],
  reservations: readonly Reservation[],
  windowS: number,
  endsWithinS: number,
): PlannedStart {
  const { nowS } = state
  const allowed = state.partitions[job.partition]!.nodes.filter((node) => state.isUp[node])
  const free = new Machine(now)
  // Room comes where a job ends or a reservation does; between these nothing changes.
  const times = [
    ...new Set([
      nowS,
      ...lastOfEach(
        running
          .filter((one) => one.nodes.some((node) => allowed.includes(node)))
          .map(({ endS }) => Math.max(endS, nowS + 1)),
        endsWithinS,
      ),
      ...reservations.map(({ untilS }) => untilS),
    ]),
  ].sort((a, b) => a - b)
  let ended = 0
  let behind: PlanJob | null = null
  for (const atS of times) {
    if (atS > nowS + windowS) break
    while (ended < running.length && Math.max(running[ended]!.endS, nowS + 1) <= atS) {
      const one = running[ended++]!
      free.release(one.nodes, one.need)
    }
    const roomy = free.choose(job.need, allowed, anyNode)
    if (roomy === null) continue
    const inTheWay = reservations.filter(({ fromS, untilS }) => fromS < atS + job.limitS && atS < untilS)
    const held = new Set(inTheWay.flatMap((one) => one.nodes))
    const nodes = held.size === 0 ? roomy : free.choose(job.need, allowed, (node) => !held.has(node))
    if (nodes === null) {
      // There would be room, were it not for those before it.
      behind ??= inTheWay[0]!.job
      continue
    }
    const endOf = running
      .slice(0, ended)
      .findLast(
        (one) => Math.max(one.endS, nowS + 1) === atS && one.nodes.some((node) => nodes.includes(node)),
      )
    return { job, startS: atS, nodes, endOf: endOf ?? null, behind }
  }
  return { job, startS: Infinity, nodes: [], endOf: null, behind }
}

/** Of times, ascending, the last of each group of at most `withinS`. */
function lastOfEach(times: readonly number[], withinS: number): number[] {
  const last: number[] = []
  let fromS = -Infinity
  for (const atS of times) {
    if (atS > fromS + withinS) {
      fromS = atS
      last.push(atS)
    } else last[last.length - 1] = atS
  }
  return last
}
