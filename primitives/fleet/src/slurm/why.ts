import { inOrder, machineOf, planStarts } from './plan.ts'
import type { ClusterState, PlanJob, PlanOptions, RunningJob } from './plan.ts'

export type Resource = 'nodes that take jobs' | 'GPUs' | 'CPUs' | 'memory' | 'nodes'

/** Why a job waits, by number; the sentence is made from it. */
export interface Why {
  /** Infinity when the cluster can never hold it. */
  startS: number
  /** What there is too little of now, and how many nodes have enough of it. */
  lacks: { resource: Resource; nodesWithEnough: number; nodesNeeded: number } | null
  /** Jobs of a lower tier are ended for it at the next pass. */
  endsOthers: boolean
  /** The running job whose end makes the last room. */
  endOf: RunningJob | null
  /** Jobs that go before it, the first first, and the one among them that holds back what it could have. */
  ahead: PlanJob[]
  behind: PlanJob | null
  /** What would start earlier, the earliest first. */
  sooner: { change: string; startS: number }[]
}

const worthS = 60

/**
 * Plans the queue as far as the job, then once more for each change that its owner could make. Every time is one at the latest: as
 * if whatever runs went to its limit.
 */
export function explainWait(state: ClusterState, id: number, options: PlanOptions = {}): Why | null {
  const job = state.pending.find((one) => one.id === id)
  if (job === undefined) return null
  const byOrder = inOrder(state.partitions)
  const ahead = state.pending.filter((one) => byOrder(one, job) < 0).sort(byOrder)
  // A change may move the job in the order, so the others stay in the plan.
  const planOf = (changed: PlanJob) =>
    planStarts({ ...state, pending: [...ahead, changed] }, options).find((one) => one.job.id === id)!
  const planned = planOf(job)
  const sooner = changesOf(job, state)
    .map(({ change, job: changed }) => ({ change, startS: planOf(changed).startS }))
    .filter(({ startS }) => startS <= planned.startS - worthS)
    .sort((a, b) => a.startS - b.startS)
  return {
    startS: planned.startS,
    lacks: lackOf(job, state),
    endsOthers: planned.isHeldUp === true,
    endOf: planned.endOf,
    ahead,
    behind: planned.behind,
    sooner: firstOfEach(sooner),
  }
}

/** Of what nodes have too little for the job, beginning with what it takes first. */
function lackOf(job: PlanJob, state: ClusterState): Why['lacks'] {
  const machine = machineOf(state)
  const { need } = job
  let left = state.partitions[job.partition]!.nodes.filter((node) => state.isUp[node])
  const steps: [Resource, (node: number) => boolean][] = [
    ['nodes that take jobs', () => true],
    ['GPUs', (node) => machine.gpus[node]! >= need.gpus],
    ['CPUs', (node) => machine.cpus[node]! >= need.cpus],
    ['memory', (node) => machine.memoryMb[node]! >= need.memoryMb],
  ]
  for (const [resource, hasEnough] of steps) {
    left = left.filter(hasEnough)
    if (left.length < need.nodes) return { resource, nodesWithEnough: left.length, nodesNeeded: need.nodes }
  }
  return null
}

/** What the owner of a job could ask for instead. */
function changesOf(job: PlanJob, state: ClusterState): { change: string; job: PlanJob }[] {
  const { need, limitS } = job
  const changes: { change: string; job: PlanJob }[] = []
  for (const part of [2, 4, 8, 16]) {
    // In round figures, as people set them.
    const step = limitS / part > 3600 ? 1800 : 300
    const shorter = Math.floor(limitS / part / step) * step
    if (shorter >= 300)
      changes.push({
        change: `a limit of ${spanOf(shorter)} instead of ${spanOf(limitS)}`,
        job: { ...job, limitS: shorter },
      })
  }
  for (const nodes of [Math.ceil(need.nodes / 2), Math.ceil(need.nodes / 4)]) {
    if (nodes < need.nodes)
      changes.push({ change: `${nodes} of ${need.nodes} nodes`, job: { ...job, need: { ...need, nodes } } })
  }
  if (need.gpus > 1) {
    const gpus = Math.ceil(need.gpus / 2)
    const half = { ...need, gpus, cpus: Math.ceil(need.cpus / 2), memoryMb: need.memoryMb / 2 }
    changes.push({ change: `${gpus} of ${need.gpus} GPUs on each node`, job: { ...job, need: half } })
  }
  for (const [partition, { name }] of state.partitions.entries()) {
    if (partition !== job.partition) changes.push({ change: `partition ${name}`, job: { ...job, partition } })
  }
  return changes
}

/** The mildest of changes that come to the same. */
function firstOfEach(sooner: readonly { change: string; startS: number }[]) {
  const seen = new Set<number>()
  return sooner.filter(({ startS }) => !seen.has(startS) && seen.add(startS)).slice(0, 4)
}

/** `3 h 20 min`, `45 min`, `2 d 4 h`. */
export function spanOf(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60))
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours >= 48) return `${Math.floor(hours / 24)} d${hours % 24 === 0 ? '' : ` ${hours % 24} h`}`
  return `${hours} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`
}
