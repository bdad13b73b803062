import type { FleetConfig } from '../config.ts'
import { makeSlurm } from '../../samples/made-slurm.ts'
import { viewCluster } from './cluster-state.ts'
import type { ClusterView } from './cluster-state.ts'
import { readCluster } from './read-cluster.ts'
import type { SlurmNodeState } from './snapshot.ts'

/** A run of a job on nodes by number; those that go on end after now. */
export interface SeenRun {
  id: number
  name: string
  user: string
  nodes: readonly number[]
  gpusPerNode: number
  startS: number
  endS: number
  wasPreempted: boolean
}

export interface Shadow {
  source: 'sample' | 'slurm'
  view: ClusterView
  nodes: (SlurmNodeState & { rack: string })[]
  runs: SeenRun[]
  /** How far back `runs` goes. */
  fromS: number
}

const takesJobs = /^(idle|mixed|allocated|completing|planned|reserved)$/

/** Rack of a node by its name up to its last number: `r12n3` is in `r12n`, `gpu-a-07` in `gpu-a`. */
const rackOf = (name: string) => name.replace(/-?\d+$/, '') || name

let sample: Shadow | null = null

/** A look at the cluster of the configuration; without one, at a made cluster that stands still. */
export async function lookAtCluster(config: FleetConfig): Promise<Shadow> {
  if (config.slurm === undefined) {
    sample ??= { source: 'sample', ...makeSlurm('sample', 1_795_000_000) }
    return sample
  }
  const cluster = await readCluster(config.slurm.conf === undefined ? {} : { SLURM_CONF: config.slurm.conf })
  const view = viewCluster(cluster)
  const states = new Map(cluster.nodes.map((node) => [node.name, node]))
  const numbers = new Map(view.state.nodes.map(({ name }, i) => [name, i]))
  const runs = cluster.jobs
    .filter(({ nodeNames, startS }) => nodeNames.length > 0 && startS > 0)
    .map((job) => ({
      id: job.id,
      name: job.name,
      user: job.user,
      nodes: job.nodeNames.flatMap((name) => numbers.get(name) ?? []),
      gpusPerNode: job.gpusPerNode,
      startS: job.startS,
      endS: job.state === 'RUNNING' ? cluster.atS + 1 : job.endS,
      wasPreempted: job.state === 'PREEMPTED',
    }))
  return {
    source: 'slurm',
    view,
    nodes: view.state.nodes.map(({ name }) => {
      const { state, reason } = states.get(name) ?? { state: 'unknown', reason: 'sinfo does not list it' }
      return { name, rack: rackOf(name), state: takesJobs.test(state) ? 'up' : state, reason }
    }),
    runs,
    fromS: Math.min(cluster.atS, ...runs.map(({ startS }) => startS)),
  }
}
