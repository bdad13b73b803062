import { createRandom } from '@heavylift/core'
import type { ClusterView } from '../src/slurm/cluster-state.ts'
import type { PlanPartition } from '../src/slurm/plan.ts'
import { replaySlurm } from '../src/slurm/replay.ts'
import type { ReplayJob, Run } from '../src/slurm/replay.ts'
import type { SlurmJob, SlurmNodeState } from '../src/slurm/snapshot.ts'

const racks = 6
const nodesPerRack = 8
const gpus = 8
const hourS = 3600

const people = ['ana', 'bo', 'chen', 'dara', 'emil', 'fay', 'gus', 'hana', 'ivo', 'june']
const work = ['pretrain', 'finetune', 'eval', 'embed', 'distil', 'sweep', 'render', 'rollout']

export interface MadeSlurm {
  view: ClusterView
  nodes: (SlurmNodeState & { rack: string })[]
  /** Everything that ran since `fromS`, by number of node. */
  runs: (Run & { user: string; name: string; gpusPerNode: number })[]
  fromS: number
}

/** A made cluster of 384 GPUs after a day, with a queue, two nodes that are out, and jobs of three tiers. */
export function makeSlurm(seed: string, nowS: number): MadeSlurm {
  const random = createRandom(`fleet-slurm-${seed}`)
  const fromS = nowS - 24 * hourS
  const names = Array.from({ length: racks * nodesPerRack }, (_, i) => {
    const rack = `r${Math.floor(i / nodesPerRack) + 1}`
    return { name: `${rack}n${(i % nodesPerRack) + 1}`, rack }
  })
  const out = new Map([
    [13, { state: 'drained', reason: 'GPU 3 fell off the bus' }],
    [38, { state: 'down', reason: 'not responding' }],
  ])
  const all = names.map((_, i) => i)
  const partitions: PlanPartition[] = [
    { name: 'prod', nodes: all.slice(0, 24), tier: 10, isPreemptible: false },
    { name: 'research', nodes: all, tier: 5, isPreemptible: false },
    { name: 'spare', nodes: all, tier: 1, isPreemptible: true },
  ]
  const open = partitions.map((one) => ({ ...one, nodes: one.nodes.filter((node) => !out.has(node)) }))
  const jobs: (ReplayJob & { user: string; name: string })[] = []
  for (let atS = fromS, id = 41_200; atS < nowS; id++) {
    const kind = random.next()
    const partition = kind < 0.25 ? 0 : kind < 0.88 ? 1 : 2
    const isWide = random.chance(partition === 2 ? 0.05 : 0.14)
    const perNode = isWide ? gpus : [1, 1, 2, 4, 8][random.int(0, 4)]!
    const runS = Math.round(Math.min(20 * hourS, Math.max(300, Math.exp(random.normal() * 1.1 + 8.6))))
    jobs.push({
      id,
      partition,
      priority: 1000 + random.int(0, 400) - (partition === 2 ? 500 : 0),
      need: { nodes: isWide ? random.int(2, 8) : 1, cpus: perNode * 8, gpus: perNode, memoryMb: 0 },
      limitS: hourS * Math.max(1, Math.ceil((runS * (1.2 + 1.5 * random.next())) / hourS)),
      submitS: Math.floor(atS),
      runS,
      user: people[random.int(0, people.length - 1)]!,
      name: work[random.int(0, work.length - 1)]!,
    })
    atS += -Math.log(1 - random.next()) * 185
  }
  const machines = names.map(({ name }) => ({ name, cpus: 64, gpus, memoryMb: 1_000_000 }))
  const options = { backfillEveryS: 1800, requeueS: 120, endAgainS: 40, releaseS: 0 }
  const known = new Map(jobs.map((job) => [job.id, job]))
  const runs = replaySlurm({ nodes: machines, partitions: open }, jobs, options)
    .filter(({ startS }) => startS <= nowS)
    .map((run) => {
      const { user, name, need } = known.get(run.id)!
      return { ...run, user, name, gpusPerNode: need.gpus }
    })
  const running = new Map(runs.filter(({ endS }) => endS > nowS).map((run) => [run.id, run]))
  const done = new Set(
    runs.filter(({ endS, wasPreempted }) => endS <= nowS && !wasPreempted).map(({ id }) => id),
  )
  const here = jobs.filter(({ id }) => !done.has(id))
  const slurmJobs = here.map((job): SlurmJob => {
    const run = running.get(job.id)
    return {
      id: job.id,
      label: String(job.id),
      name: job.name,
      user: job.user,
      account: job.partition === 0 ? 'serving' : 'lab',
      qos: 'normal',
      partition: partitions[job.partition]!.name,
      state: run === undefined ? 'PENDING' : 'RUNNING',
      reason: run === undefined ? 'Resources' : 'None',
      priority: job.priority,
      nodes: job.need.nodes,
      cpus: job.need.cpus * job.need.nodes,
      gpusPerNode: job.need.gpus,
      memoryMb: 0,
      limitS: job.limitS,
      submitS: job.submitS,
      startS: run?.startS ?? -1,
      endS: run === undefined ? -1 : run.startS + job.limitS,
      dependsOn: '',
      nodeNames: run?.nodes.map((node) => names[node]!.name) ?? [],
    }
  })
  return {
    view: {
      state: {
        nowS,
        nodes: machines,
        isUp: all.map((node) => !out.has(node)),
        partitions,
        running: here.flatMap((job) => {
          const run = running.get(job.id)
          return run === undefined ? [] : [{ ...job, nodes: run.nodes, endS: run.startS + job.limitS }]
        }),
        pending: here.filter(({ id }) => !running.has(id)),
      },
      options: { windowS: 7 * 24 * hourS, resolutionS: 60 },
      jobs: new Map(slurmJobs.map((job) => [job.id, job])),
      held: [],
    },
    nodes: names.map(({ name, rack }, i) => ({ name, rack, ...(out.get(i) ?? { state: 'up', reason: '' }) })),
    runs,
    fromS,
  }
}
