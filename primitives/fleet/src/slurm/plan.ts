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
  /** Reservations begin and end at multiples of it, rounded down: bf_resolution. */
  resolutionS?: number
  /**
   * Ends of running jobs so near to each other count as one, the last: Slurm’s `time_window`, which is
   * 30 s. 0 unless given: the very earliest start.
   */
  endsWithinS?: number
  /** Nodes that somebody is just leaving: whoever is planned there now keeps them whole until it can start. */
  leaving?: ReadonlySet<number>
  /** Which of those that run are to be ended so that a job fits on some nodes, where that may be; they leave at once. */
  endFor?: (job: PlanJob, machine: Machine, nodes: readonly number[]) => readonly RunningJob[]
}

/**
 * When each pending job starts if every running one goes to its limit: the plan of sched/backfill. In order of priority each gets the
 * earliest start that delays none before it; what waits holds its nodes whole until its own limit. `_attempt_backfill` of Slurm;
 * https://slurm.schedmd.com/sched_config.html
 */
export function planStarts(state: ClusterState, options: PlanOptions = {}): PlannedStart[] {
  const { nowS } = state
  const resolutionS = options.resolutionS ?? 1
  const floor = (atS: number) => Math.floor(atS / resolutionS) * resolutionS
  const leaving = new Set(options.leaving)
  const plan: Plan = {
    state,
    machine: machineOf(state),
    running: state.running.toSorted((a, b) => a.endS - b.endS || a.id - b.id),
    reservations: [],
    windowS: options.windowS ?? 86_400,
    endsWithinS: options.endsWithinS ?? 0,
    floor,
    endFor: (job, nodes) => {
      const victims = options.endFor?.(job, plan.machine, nodes) ?? []
      for (const victim of victims) {
        plan.machine.release(victim.nodes, victim.need)
        plan.running.splice(
          plan.running.findIndex(({ id }) => id === victim.id),
          1,
        )
        for (const node of victim.nodes) leaving.add(node)
      }
      return victims.length > 0
    },
  }
  const planned: PlannedStart[] = []
  for (const job of state.pending
    .toSorted(inOrder(state.partitions))
    .slice(0, options.mostJobs ?? Infinity)) {
    const found = earliest(job, plan)
    planned.push(found)
    const isHeldUp = found.nodes.some((node) => leaving.has(node))
    if (found.startS === nowS && !isHeldUp) {
      plan.machine.take(found.nodes, job.need)
      const started = { ...job, nodes: found.nodes, endS: nowS + job.limitS }
      const at = plan.running.findIndex(({ endS }) => endS > started.endS)
      plan.running.splice(at === -1 ? plan.running.length : at, 0, started)
    } else if (found.startS < Infinity) {
      const fromS = floor(found.startS)
      plan.reservations.push({ fromS, untilS: floor(found.startS + job.limitS), nodes: found.nodes, job })
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

/** What a plan goes by: who runs, by their ends, and what those before have reserved. */
interface Plan {
  state: ClusterState
  machine: Machine
  running: RunningJob[]
  reservations: Reservation[]
  windowS: number
  endsWithinS: number
  floor: (atS: number) => number
  /** Ends others so that a job fits on some nodes; false where that cannot be. */
  endFor: (job: PlanJob, nodes: readonly number[]) => boolean
}

function earliest(job: PlanJob, plan: Plan): PlannedStart {
  const { state, reservations, floor } = plan
  const { nowS } = state
  const allowed = state.partitions[job.partition]!.nodes.filter((node) => state.isUp[node])
  const none: PlannedStart = { job, startS: Infinity, nodes: [], endOf: null, behind: null }
  for (let fromS = nowS; fromS <= nowS + plan.windowS;) {
    const endS = fromS + job.limitS
    const inTheWay = reservations.filter((one) => one.untilS > fromS && one.fromS <= endS)
    const held = new Set(inTheWay.flatMap(({ nodes }) => nodes))
    // Where what is reserved changes next: there it is tried again.
    const laterS = Math.min(
      ...reservations.flatMap((one) => [one.fromS, one.untilS]).filter((atS) => atS > fromS),
    )
    const open = allowed.filter((node) => !held.has(node))
    const room = open.length < job.need.nodes ? null : firstRoom(job, plan, open)
    if (room === null && laterS === Infinity) return none
    const startS = room === null ? Infinity : Math.max(room.atS, fromS)
    if (room === null || startS > laterS) {
      fromS = laterS
      continue
    }
    const untilS = startS + job.limitS
    const isTaken = reservations.some(
      (one) =>
        one.untilS > floor(startS) &&
        one.fromS < floor(untilS) &&
        one.nodes.some((node) => room.nodes.includes(node)),
    )
    if (startS > nowS && startS > fromS && isTaken) {
      fromS = startS
      continue
    }
    if (startS > nowS + plan.windowS) return none
    return { job, startS, nodes: room.nodes, endOf: room.endOf, behind: behindOf(job, plan, allowed, startS) }
  }
  return none
}

/** Whose nodes would have room sooner, were they not reserved. */
function behindOf(job: PlanJob, plan: Plan, allowed: readonly number[], startS: number): PlanJob | null {
  if (plan.reservations.length === 0) return null
  const room = firstRoom(job, { ...plan, endFor: () => false }, allowed)
  if (room === null || room.atS >= startS) return null
  const { atS } = room
  return plan.reservations.find((one) => one.fromS < atS + job.limitS && atS < one.untilS)?.job ?? null
}

interface Room {
  atS: number
  nodes: readonly number[]
  endOf: RunningJob | null
}

const anyNode = () => true

/** Now, by ending others now, or when enough of those that run on these nodes have ended: `_will_run_test` of select/cons_tres. */
function firstRoom(job: PlanJob, plan: Plan, nodes: readonly number[]): Room | null {
  const { nowS } = plan.state
  const now = plan.machine.choose(job.need, nodes, anyNode)
  if (now !== null) return { atS: nowS, nodes: now, endOf: null }
  if (plan.endFor(job, nodes)) {
    const freed = plan.machine.choose(job.need, nodes, anyNode)
    if (freed !== null) return { atS: nowS, nodes: freed, endOf: null }
  }
  const free = new Machine(plan.machine)
  const open = new Set(nodes)
  const running = plan.running.filter((one) => one.nodes.some((node) => open.has(node)))
  for (let at = 0; at < running.length;) {
    const groupEndsS = Math.max(running[at]!.endS, nowS + 1) + plan.endsWithinS
    let lastS = nowS
    for (; at < running.length && Math.max(running[at]!.endS, nowS + 1) <= groupEndsS; at++) {
      lastS = Math.max(running[at]!.endS, nowS + 1)
      free.release(running[at]!.nodes, running[at]!.need)
    }
    const chosen = free.choose(job.need, nodes, anyNode)
    if (chosen === null) continue
    const endOf = running.slice(0, at).findLast((one) => one.nodes.some((node) => chosen.includes(node)))
    return { atS: lastS, nodes: chosen, endOf: endOf ?? null }
  }
  return null
}
