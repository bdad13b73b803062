import { createRandom } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { TestSlurm } from '@heavylift/jobs/testing'
import { planStarts } from '../slurm/plan.ts'
import { viewCluster } from '../slurm/cluster-state.ts'
import { readCluster } from '../slurm/read-cluster.ts'
import type { SlurmJob } from '../slurm/snapshot.ts'

/** The cluster of the eval. */
export const nodes = 12
export const cores = 4
export const partitions = [
  'PartitionName=urgent Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=10 PreemptMode=OFF',
  'PartitionName=normal Nodes=n[0-8] Default=YES MaxTime=INFINITE State=UP PriorityTier=5 PreemptMode=OFF',
  'PartitionName=spare Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=1 PreemptMode=REQUEUE',
]

export interface Order {
  partition: string
  nodes: number
  cpus: number
  runS: number
  limitMinutes: number
  gapMs: number
}

/** Jobs of seconds with limits of minutes, for about nine tenths of the cluster. */
export function makeOrders(count: number, seed: string): Order[] {
  const random = createRandom(seed)
  const orders = Array.from({ length: count }, (): Order => {
    const kind = random.next()
    const cpus = random.int(1, cores)
    const nodesOf = random.chance(0.15) ? random.int(2, 4) : 1
    return {
      partition: kind < 0.12 ? 'urgent' : kind < 0.75 ? 'normal' : 'spare',
      nodes: nodesOf,
      cpus,
      runS: random.int(2, 9),
      limitMinutes: random.int(1, 4),
      gapMs: -Math.log(1 - random.next()),
    }
  })
  const work = orders.reduce((sum, one) => sum + one.nodes * one.cpus * (one.runS + 1), 0)
  const spanMs = (1000 * work) / (0.9 * nodes * cores)
  return orders.map((one) => ({ ...one, gapMs: (one.gapMs * spanMs) / count }))
}

export interface Look {
  id: number
  atS: number
  plannedS: number
  slurmS: number
}

export interface Played {
  jobs: SlurmJob[]
  /** When each was sent, in the order of ids: Slurm forgets it when it queues a job again. */
  submitS: number[]
  looks: Look[]
}

/** Also one that failed: what it did is known, and nobody waits for more. */
const isOver = (state: string): boolean =>
  !/^(?:PENDING|RUNNING|COMPLETING|CONFIGURING|SUSPENDED|REQUEUE|RESIZING|STOPPED|SIGNALING|STAGE_OUT)/.test(
    state,
  )

/** Sends the jobs as they come and looks at the cluster every second; returns when all have run. */
export async function playOnSlurm(
  slurm: TestSlurm,
  orders: readonly Order[],
  report: MeasureInput['report'],
  signal: AbortSignal,
): Promise<Played> {
  const looks: Look[] = []
  const submitS: number[] = []
  const look = async (withPlan: boolean): Promise<SlurmJob[]> => {
    const cluster = await readCluster(slurm.env)
    const view = viewCluster(cluster)
    for (const { job, startS } of withPlan ? planStarts(view.state, view.options) : []) {
      if (startS < Infinity)
        looks.push({ id: job.id, atS: cluster.atS, plannedS: startS, slurmS: view.jobs.get(job.id)!.startS })
    }
    return cluster.jobs
  }
  const send = async () => {
    for (const [i, order] of orders.entries()) {
      signal.throwIfAborted()
      const began = performance.now()
      await slurm.command('sbatch', [
        `--partition=${order.partition}`,
        `--nodes=${order.nodes}`,
        `--ntasks-per-node=${order.cpus}`,
        `--time=${order.limitMinutes}`,
        '--requeue',
        '--output=/dev/null',
        `--wrap=exec sleep ${order.runS}`,
      ])
      submitS.push(Math.floor(Date.now() / 1000))
      await sleep(Math.max(0, order.gapMs - (performance.now() - began)))
      report({ stage: 'on Slurm', done: i + 1, total: orders.length, unit: 'jobs' })
    }
  }
  const watch = async (): Promise<SlurmJob[]> => {
    for (let seconds = 0; ; seconds++) {
      signal.throwIfAborted()
      const jobs = await look(seconds % 5 === 0)
      if (jobs.length >= orders.length && jobs.every(({ state }) => isOver(state))) return jobs
      await sleep(1000)
    }
  }
  const [jobs] = await Promise.all([watch(), send()])
  return {
    jobs: jobs.toSorted((a, b) => a.id - b.id),
    submitS,
    looks,
  }
}
