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
  /** It holds these nodes from now on, and starts when those have left who are being ended for it. */
  isHeldUp?: boolean
}

/** Tier, then priority, then age: sort_job_queue2 of Slurm. */
export const inOrder =
  (partitions: readonly PlanPartition[]) =>
  (a: PlanJob, b: PlanJob): number =>
    partitions[b.partition]!.tier - partitions[a.partition]!.tier || b.priority - a.priority || a.id - b.id

/** By the tier of partitions, `preempt/partition_prio`: who may be ended is no hindrance at any later time. */
export const mayEnd =
  (partitions: readonly PlanPartition[]) =>
  (job: PlanJob, running: RunningJob): boolean => {
    const [own, its] = [partitions[running.partition]!, partitions[job.partition]!]
    return own.isPreemptible && own.tier < its.tier && running.nodes.some((node) => its.nodes.includes(node))
  }

const byEnd = (a: RunningJob, b: RunningJob): number => a.endS - b.endS || a.id - b.id

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
   * How far apart the times are at which it is looked who has ended, at first; with each look it doubles. Slurm’s time interval, which begins with
   * 30 s (see `bf_window_linear`). 0 unless given: the very earliest start.
   */
  endsWithinS?: number
  /** Nodes that somebody is just leaving: whoever would start there now is planned a second later. */
  leaving?: ReadonlySet<number>
  /** Which of those that run are to be ended so that a job fits on some nodes that nobody is leaving, where that may be; they leave at once. */
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
    running: state.running.toSorted(byEnd),
    reservations: [],
    windowS: options.windowS ?? 86_400,
    endsWithinS: options.endsWithinS ?? 0,
    leaving,
    floor,
    mayEnd: mayEnd(state.partitions),
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
    if (found.startS === nowS && found.isHeldUp !== true) {
      plan.machine.take(found.nodes, job.need)
      // Slurm keeps times of starts in whole seconds.
      const started = { ...job, nodes: found.nodes, endS: Math.floor(nowS) + job.limitS }
      const at = plan.running.findIndex((one) => byEnd(one, started) > 0)
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
  leaving: ReadonlySet<number>
  floor: (atS: number) => number
  /** Ends others so that a job fits on some nodes; false where that cannot be. */
  endFor: (job: PlanJob, nodes: readonly number[]) => boolean
  mayEnd: (job: PlanJob, running: RunningJob) => boolean
}

function earliest(job: PlanJob, plan: Plan): PlannedStart {
  const { state, reservations, floor } = plan
  const { nowS } = state
  const allowed = state.partitions[job.partition]!.nodes.filter((node) => state.isUp[node])
  const none: PlannedStart = { job, startS: Infinity, nodes: [], endOf: null, behind: null }
  const spaces = spacesOf(reservations)
  for (let fromS = nowS; fromS <= nowS + plan.windowS;) {
    const { open, laterS } = openFrom(fromS, job, allowed, spaces)
    const room = open.length < job.need.nodes ? null : firstRoom(job, plan, open, fromS === nowS)
    if (room === null && laterS === Infinity) return none
    // Where somebody is just leaving it is planned a second later.
    const isLeft = fromS === nowS && room?.atS === nowS && room.nodes.some((node) => plan.leaving.has(node))
    const startS = room === null ? Infinity : isLeft ? Math.floor(nowS) + 1 : Math.max(room.atS, fromS)
    if (room === null || (startS > laterS && !isLeft)) {
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
    // Who starts now gets its nodes anew, of those that nobody is just leaving.
    const isHeldUp = startS === nowS && room.isMade === true
    const nodes =
      startS === nowS && !isHeldUp
        ? plan.machine.choose(job.need, open, (node) => !plan.leaving.has(node))!
        : room.nodes
    return {
      job,
      startS,
      nodes,
      endOf: room.endOf,
      behind: behindOf(job, plan, allowed, startS),
      ...(isHeldUp ? { isHeldUp } : {}),
    }
  }
  return none
}

/** A stretch of time in which the same nodes are reserved. */
interface Space {
  fromS: number
  untilS: number
  held: ReadonlySet<number>
}

/** From the beginning of time to its end. */
function spacesOf(reservations: readonly Reservation[]): Space[] {
  const edges = [...new Set(reservations.flatMap((one) => [one.fromS, one.untilS]))].sort((a, b) => a - b)
  return [-Infinity, ...edges].map((fromS, at) => {
    const untilS = edges[at] ?? Infinity
    const within = reservations.filter((one) => one.fromS < untilS && one.untilS > fromS)
    return { fromS, untilS, held: new Set(within.flatMap(({ nodes }) => nodes)) }
  })
}

/** The nodes that nobody holds while a job would run that starts then, and when it is to be tried again: where a stretch ends after which a node is free that is not before. */
function openFrom(fromS: number, job: PlanJob, allowed: readonly number[], spaces: readonly Space[]) {
  let open = allowed
  let laterS = Infinity
  for (const [at, space] of spaces.entries()) {
    if (space.untilS <= fromS) continue
    const left = open.filter((node) => !space.held.has(node))
    const next = spaces[at + 1]
    if (laterS === Infinity && next !== undefined) {
      const before = new Set(left)
      if (allowed.some((node) => !next.held.has(node) && !before.has(node))) laterS = space.untilS
    }
    if (space.fromS > fromS + job.limitS) break
    open = left
  }
  return { open, laterS }
}

/** Whose nodes would have room sooner, were they not reserved. */
function behindOf(job: PlanJob, plan: Plan, allowed: readonly number[], startS: number): PlanJob | null {
  if (plan.reservations.length === 0) return null
  const room = firstRoom(job, plan, allowed, false)
  if (room === null || room.atS >= startS) return null
  const { atS } = room
  return plan.reservations.find((one) => one.fromS < atS + job.limitS && atS < one.untilS)?.job ?? null
}

interface Room {
  atS: number
  nodes: readonly number[]
  endOf: RunningJob | null
  isMade?: boolean
}

const anyNode = () => true

/** Now, by ending others now (where it is to start now), or when enough of those that run on these nodes have ended: `_will_run_test` of select/cons_tres. */
function firstRoom(job: PlanJob, plan: Plan, nodes: readonly number[], isForNow: boolean): Room | null {
  const { nowS } = plan.state
  const now = plan.machine.choose(job.need, nodes, anyNode)
  if (now !== null) return { atS: nowS, nodes: now, endOf: null }
  const free = new Machine(plan.machine)
  const open = new Set(nodes)
  const staying = plan.running.filter((one) => {
    const isGone = plan.mayEnd(job, one)
    if (isGone) free.release(one.nodes, one.need)
    return !isGone
  })
  const endOfOne = (at: number) => Math.max(staying[at]!.endS, nowS + 1)
  const isOpen = (at: number) => staying[at]!.nodes.some((node) => open.has(node))
  const withoutThem = staying.length < plan.running.length ? free.choose(job.need, nodes, anyNode) : null
  if (withoutThem !== null) {
    // Where somebody is just leaving it waits for that first: then nobody else is ended for it yet.
    const isFree = (node: number) => !plan.leaving.has(node)
    if (isForNow && withoutThem.every(isFree)) plan.endFor(job, nodes.filter(isFree))
    return { atS: nowS, nodes: withoutThem, endOf: null, isMade: isForNow }
  }
  // Ends go in steps from a full one of the first's, each twice as long as the one before; who has none of these nodes is passed over without a look at its end.
  let withinS = plan.endsWithinS
  const first = staying.findIndex((_, at) => isOpen(at))
  const fromS = first === -1 || withinS === 0 ? 0 : (Math.floor(endOfOne(first) / withinS) + 1) * withinS
  for (let at = Math.max(0, first); at < staying.length;) {
    let lastS = nowS
    let untilS = fromS + withinS
    for (let isIn = true; at < staying.length && isIn;) {
      if (isOpen(at)) {
        lastS = endOfOne(at)
        free.release(staying[at]!.nodes, staying[at]!.need)
        if (plan.endsWithinS === 0) untilS = lastS
        isIn = at + 1 < staying.length && endOfOne(at + 1) <= untilS
      }
      at++
    }
    do withinS *= 2
    while (withinS > 0 && at < staying.length && endOfOne(at) > fromS + withinS)
    const chosen = free.choose(job.need, nodes, anyNode)
    if (chosen === null) continue
    const endOf = staying.slice(0, at).findLast((one) => one.nodes.some((node) => chosen.includes(node)))
    return { atS: lastS, nodes: chosen, endOf: endOf ?? null }
  }
  return null
}
