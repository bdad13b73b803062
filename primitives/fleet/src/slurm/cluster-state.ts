import type { SlurmConf } from '../read/slurm-conf.ts'
import type { Need } from './machine.ts'
import type { ClusterState, PlanJob, PlanOptions } from './plan.ts'
import type { SlurmCluster } from './read-cluster.ts'
import type { SlurmJob } from './snapshot.ts'

const takesJobs = /^(idle|mixed|allocated|completing|planned|allocated\+|resv|reserved)/
const hasEnded =
  /^(COMPLETED|CANCELLED|FAILED|TIMEOUT|NODE_FAIL|PREEMPTED|BOOT_FAIL|DEADLINE|OUT_OF_MEMORY|REVOKED)/

/** `time_window` of `will_run_test` in select/cons_tres. */
const endsWithinS = 30

/** A job without a limit is taken to hold its nodes for a year. */
const noLimitS = 365 * 86_400

/** Held by its user, an administrator, a dependency or a begin time: no room would start it. */
export const isHeld = ({ reason, dependsOn }: SlurmJob) =>
  dependsOn !== '' || /^(JobHeld|Dependency|BeginTime|.*Limit$|QOS|Assoc)/.test(reason)

export interface ClusterView {
  state: ClusterState
  options: PlanOptions
  /** By id, whoever runs or waits. */
  jobs: Map<number, SlurmJob>
  /** Who waits for something else than room. */
  held: SlurmJob[]
}

/** A look at Slurm as the planner takes it: nodes and partitions by number. */
export function viewCluster({ atS, conf, nodes, jobs }: SlurmCluster): ClusterView {
  const numbers = new Map(conf.nodes.map(({ name }, i) => [name, i]))
  const states = new Map(nodes.map((node) => [node.name, node.state]))
  const partitions = conf.partitions.map((partition) => ({
    name: partition.name,
    nodes: partition.nodes.flatMap((name) => numbers.get(name) ?? []),
    tier: partition.priorityTier,
    isPreemptible: conf.preemptType.endsWith('partition_prio') && partition.preemptMode !== 'OFF',
  }))
  const partitionNumbers = new Map(partitions.map(({ name }, i) => [name, i]))
  const open = jobs.filter(({ state }) => !hasEnded.test(state))
  const planJob = (job: SlurmJob): PlanJob[] => {
    const partition = partitionNumbers.get(job.partition)
    if (partition === undefined) return []
    return [{ id: job.id, partition, priority: job.priority, need: needOf(job), limitS: limitOf(job, conf) }]
  }
  const waiting = open.filter(({ state }) => /^(PENDING|REQUEUED)/.test(state))
  return {
    state: {
      nowS: atS,
      nodes: conf.nodes.map(({ name, cpus, memoryMb, gpus }) => ({
        name,
        cpus,
        gpus: Object.values(gpus).reduce((sum, one) => sum + one, 0),
        memoryMb,
      })),
      isUp: conf.nodes.map(({ name }) => takesJobs.test(states.get(name) ?? 'unknown')),
      partitions,
      running: open
        .filter(({ state, nodeNames }) => !state.startsWith('PENDING') && nodeNames.length > 0)
        .flatMap((job) =>
          planJob(job).map((plan) => ({
            ...plan,
            nodes: job.nodeNames.flatMap((name) => numbers.get(name) ?? []),
            endS: job.startS < 0 ? atS + plan.limitS : job.startS + plan.limitS,
          })),
        ),
      pending: waiting.filter((job) => !isHeld(job)).flatMap(planJob),
    },
    options: {
      windowS: 60 * (Number(conf.scheduler['bf_window']) || 1440),
      resolutionS: Number(conf.scheduler['bf_resolution']) || 60,
      endsWithinS,
      mostJobs: Number(conf.scheduler['bf_max_job_test']) || 500,
    },
    jobs: new Map(open.map((job) => [job.id, job])),
    held: waiting.filter(isHeld),
  }
}

function needOf({ nodes, nodeNames, cpus, gpusPerNode, memoryMb }: SlurmJob): Need {
  const count = Math.max(1, nodeNames.length, nodes)
  return { nodes: count, cpus: Math.ceil(cpus / count), gpus: gpusPerNode, memoryMb }
}

function limitOf({ limitS, partition }: SlurmJob, conf: SlurmConf): number {
  const own = conf.partitions.find(({ name }) => name === partition)
  return limitS ?? own?.defaultTimeS ?? own?.maxTimeS ?? noLimitS
}
