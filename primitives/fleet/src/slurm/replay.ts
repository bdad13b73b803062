import type { SlurmConf } from '../read/slurm-conf.ts'
import { Machine } from './machine.ts'
import { inOrder, machineOf, mayEnd, planStarts } from './plan.ts'
import type { ClusterState, PlanJob, PlanOptions, RunningJob } from './plan.ts'

export interface ReplayJob extends PlanJob {
  submitS: number
  /** How long it runs if nobody ends it. */
  runS: number
}

/** One look of a scheduler at the queue. */
export interface Pass {
  atS: number
  by: 'main' | 'backfill'
  /** After so many jobs it broke off. */
  mostJobs?: number
}

export interface ReplayOptions {
  /** Between two passes of backfill: bf_interval. */
  backfillEveryS: number
  /**
   * When its schedulers looked, ascending, where that is known: then nobody looks at other times. Else the main one looks at each arrival and end.
   */
  passes?: readonly Pass[]
  /** Of backfill: bf_window, bf_resolution, bf_max_job_test. */
  plan?: PlanOptions
  /** A job that was ended for another may start again so much later. */
  requeueS: number
  /** A job that had others ended has no more ended for so long. */
  endAgainS: number
  /** From the end of a job to its nodes being free for another. */
  releaseS: number
  /** The same of each node, where it is known. */
  releaseOfNodeS?: (id: number, node: number, endedS: number) => number | undefined
}

/** One run of a job; one that was ended for another has several. */
export interface Run {
  id: number
  startS: number
  endS: number
  nodes: readonly number[]
  wasPreempted: boolean
}

/**
 * How long Slurm waits after it has ended a job for another: with the one until its credential has run out, and one second more, and with
 * the other until whoever was to end should have ended.
 */
export function waitsOf({
  setting,
}: Pick<SlurmConf, 'setting'>): Pick<ReplayOptions, 'requeueS' | 'endAgainS'> {
  return {
    requeueS: Number(/cred_expire=(\d+)/.exec(setting('AuthInfo') ?? '')?.[1] ?? 120) + 1,
    endAgainS: Number(setting('KillWait') ?? 30) + Number(setting('MessageTimeout') ?? 10),
  }
}

/** How often those to be ended are put in another order: preempt_reorder_count. */
const reorders = 1

interface Active extends RunningJob {
  submitted: ReplayJob
  startS: number
  endsS: number
}

/**
 * The main scheduler looks once: in order, and a partition whose head does not fit keeps its nodes from whoever comes after.
 * @param leaving nodes that somebody is just leaving: nobody starts there
 * @param endFor ends others for a head that does not fit on some nodes, and says whom; they leave at once
 * @returns who starts, and where
 */
export function passOnce(
  state: ClusterState,
  leaving: ReadonlySet<number> = new Set(),
  endFor: (job: PlanJob, machine: Machine, nodes: readonly number[]) => readonly RunningJob[] = () => [],
): { job: PlanJob; nodes: readonly number[] }[] {
  const machine = machineOf(state)
  const closed = new Set(leaving)
  const failed = new Set<number>()
  const starts: { job: PlanJob; nodes: readonly number[] }[] = []
  for (const job of state.pending.toSorted(inOrder(state.partitions))) {
    if (failed.has(job.partition)) continue
    const partition = state.partitions[job.partition]!
    const open = partition.nodes.filter((node) => state.isUp[node]! && !closed.has(node))
    const nodes = machine.choose(job.need, open, () => true)
    if (nodes !== null) {
      machine.take(nodes, job.need)
      starts.push({ job, nodes })
      continue
    }
    for (const one of endFor(job, machine, open)) {
      machine.release(one.nodes, one.need)
      for (const node of one.nodes) closed.add(node)
    }
    failed.add(job.partition)
    for (const node of partition.nodes) closed.add(node)
  }
  return starts
}

/**
 * Replays jobs through a model of Slurm's schedulers: the main one at each arrival and end, which stops in a partition at the first job
 * that does not fit; pre-emption by the tier of partitions, by requeue; backfill at its interval. In whole seconds; the same input gives the
 * same output.
 */
export function replaySlurm(
  cluster: Pick<ClusterState, 'nodes' | 'partitions'>,
  jobs: readonly ReplayJob[],
  options: ReplayOptions,
): Run[] {
  const isUp = cluster.nodes.map(() => true)
  const ahead = jobs.toSorted((a, b) => a.submitS - b.submitS || a.id - b.id)
  const runs: Run[] = []
  let pending: { job: ReplayJob; fromS: number }[] = []
  let running: Active[] = []
  let leaving: { node: number; freeS: number }[] = []
  /** When each job had others ended for it. */
  const madeRoomS = new Map<number, number>()
  let nextBackfillS = -Infinity
  let arrived = 0
  let nowS = ahead[0]?.submitS ?? 0

  const stateNow = (): ClusterState => ({
    ...cluster,
    nowS,
    isUp,
    running,
    pending: pending.filter(({ fromS }) => fromS <= nowS).map(({ job }) => job),
  })
  const start = (job: PlanJob, nodes: readonly number[]) => {
    const at = pending.findIndex((one) => one.job.id === job.id)
    const submitted = pending[at]!.job
    pending.splice(at, 1)
    const endsS = nowS + Math.min(submitted.runS, submitted.limitS)
    // Slurm keeps times of starts in whole seconds.
    const endS = Math.floor(nowS) + submitted.limitS
    running.push({ ...submitted, submitted, nodes, startS: nowS, endS, endsS })
  }
  /** Returns when the last of its nodes is free. */
  const leave = (one: Active, wasPreempted: boolean): number => {
    runs.push({ id: one.id, startS: one.startS, endS: nowS, nodes: one.nodes, wasPreempted })
    running = running.filter((other) => other !== one)
    const ends = one.nodes.map((node) => {
      const releaseS = options.releaseOfNodeS?.(one.id, node, nowS) ?? options.releaseS
      leaving.push({ node, freeS: nowS + releaseS })
      return nowS + releaseS
    })
    return Math.max(...ends)
  }

  /** Ends those who are in the way of a job on some nodes, where that helps; they leave at once. */
  const endFor = (job: PlanJob, machine: Machine, nodes: readonly number[]): Active[] => {
    if (Math.floor(nowS) < (madeRoomS.get(job.id) ?? -Infinity) + options.endAgainS) return []
    const victims = victimsFor(job, machine, nodes)
    if (victims.length > 0) madeRoomS.set(job.id, Math.floor(nowS))
    for (const victim of victims) {
      // It is queued again when it has left, and Slurm keeps begin times in whole seconds.
      const leftS = leave(victim, true)
      pending.push({ job: victim.submitted, fromS: Math.floor(leftS) + options.requeueS })
    }
    return victims
  }

  const nodesLeft = () => new Set(leaving.map(({ node }) => node))

  const mainPass = () => {
    for (const { job, nodes } of passOnce(stateNow(), nodesLeft(), endFor)) start(job, nodes)
  }

  /**
   * Jobs of lower tiers to end until one fits on some nodes; none when it would not fit even so. Lowest tier first, then of fewest nodes, then in the
   * order of their ids; and twice anew with those first that were in the way: `_run_now` of select/cons_tres with preempt_reorder_count of 1.
   */
  const victimsFor = (job: PlanJob, machine: Machine, nodes: readonly number[]): Active[] => {
    const fits = (freed: Machine) => freed.choose(job.need, nodes, () => true)
    const isOn = (one: Active) => one.nodes.some((node) => nodes.includes(node))
    const isBelow = mayEnd(cluster.partitions)
    let candidates = running
      .filter((one) => isBelow(job, one))
      .sort(
        (a, b) =>
          cluster.partitions[a.partition]!.tier - cluster.partitions[b.partition]!.tier ||
          a.nodes.length - b.nodes.length ||
          a.id - b.id,
      )
    for (let pass = 1; ; pass++) {
      const freed = new Machine(machine)
      let chosen: number[] | null = null
      let ended = 0
      while (chosen === null && ended < candidates.length) {
        const one = candidates[ended++]!
        if (!isOn(one)) continue
        freed.release(one.nodes, one.need)
        chosen = fits(freed)
      }
      if (chosen === null) return []
      const overlap = (one: Active) => one.nodes.filter((node) => chosen.includes(node)).length
      const victims = candidates.slice(0, ended)
      if (pass > reorders + 1 || candidates.length <= pass) return victims.filter((one) => overlap(one) > 0)
      const last = victims.at(-1)!
      candidates = [
        last,
        ...victims.slice(0, -1).sort((a, b) => overlap(b) - overlap(a)),
        ...candidates.slice(ended),
      ]
    }
  }

  // Backfill takes nodes for free that somebody is just leaving, and then nobody starts there yet.
  const backfill = (mostJobs = options.plan?.mostJobs ?? Infinity) => {
    const looked = { ...options.plan, mostJobs, leaving: nodesLeft(), endFor }
    const planned = planStarts(stateNow(), looked)
    for (const { job, startS, nodes, isHeldUp } of planned)
      if (startS === nowS && isHeldUp !== true) start(job, nodes)
  }

  const { passes } = options
  let looked = 0
  for (;;) {
    const isWaited = pending.length > 0 || arrived < ahead.length
    const next = Math.min(
      ahead[arrived]?.submitS ?? Infinity,
      ...running.map(({ endsS }) => endsS),
      ...leaving.map(({ freeS }) => freeS),
      ...(passes === undefined
        ? [
            ...pending.map(({ fromS }) => (fromS > nowS ? fromS : Infinity)),
            pending.length > 0 ? Math.max(nextBackfillS, nowS + 1) : Infinity,
          ]
        : [isWaited ? (passes[looked]?.atS ?? Infinity) : Infinity]),
    )
    if (next === Infinity) break
    nowS = next
    leaving = leaving.filter(({ freeS }) => freeS > nowS)
    for (const one of running.filter(({ endsS }) => endsS <= nowS)) leave(one, false)
    if (options.releaseS === 0) leaving = []
    for (; arrived < ahead.length && ahead[arrived]!.submitS <= nowS; arrived++)
      pending.push({ job: ahead[arrived]!, fromS: nowS })
    if (passes !== undefined) {
      for (; looked < passes.length && passes[looked]!.atS <= nowS; looked++) {
        if (passes[looked]!.by === 'main') mainPass()
        else backfill(passes[looked]!.mostJobs)
      }
      continue
    }
    mainPass()
    if (nowS >= nextBackfillS && pending.length > 0) {
      nextBackfillS = nowS + options.backfillEveryS
      backfill()
    }
  }
  return runs.sort((a, b) => a.startS - b.startS || a.id - b.id)
}
