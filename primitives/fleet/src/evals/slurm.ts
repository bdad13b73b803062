import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { quantile } from '@heavylift/core/math'
import { explainMissingSlurm, startSlurm } from '@heavylift/jobs/testing'
import { readSlurmConf } from '../read/slurm-conf.ts'
import type { SlurmConf } from '../read/slurm-conf.ts'
import { replaySlurm, waitsOf } from '../slurm/replay.ts'
import type { ReplayJob } from '../slurm/replay.ts'
import { logLines, readSlurmLog, releaseIn } from './slurm-log.ts'
import type { SlurmLog } from './slurm-log.ts'
import { cores, makeOrders, nodes, partitions, playOnSlurm } from './slurm-play.ts'
import type { Order, Played } from './slurm-play.ts'

/**
 * `fleet.slurm`: jobs go to a real Slurm of twelve nodes and three partitions with pre-emption and backfill; the model replays what came
 * from the times of submission, the run times and the moments at which its schedulers looked. Beside it, looks at the running cluster whose plan is held against the start that came.
 */
export async function runSlurmEval({
  options,
  report,
  signal,
}: MeasureInput): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>> {
  const missing = await explainMissingSlurm()
  if (missing !== null) return { n: 0, metrics: {}, notes: [`Left out: ${missing}.`] }
  const orders = makeOrders(Number(options?.['jobs'] ?? 500), String(options?.['seed'] ?? 'fleet-slurm'))
  const slurm = await startSlurm({ nodes, cores, partitions: [...partitions, ...logLines], signal })
  try {
    const played = await playOnSlurm(slurm, orders, report, signal)
    const file = slurm.env.SLURM_CONF
    const log = readSlurmLog(await readFile(join(dirname(file), 'slurmctld.log'), 'utf8'))
    return judge(played, log, orders, await readSlurmConf({ file, text: await readFile(file, 'utf8') }))
  } finally {
    await slurm.stop()
  }
}

/** The cluster of the eval as the model takes it. */
const all = Array.from({ length: nodes }, (_, i) => i)
const cluster = {
  nodes: all.map((i) => ({ name: `n${i}`, cpus: cores, gpus: 0, memoryMb: 1000 })),
  partitions: [
    { name: 'urgent', nodes: all, tier: 10, isPreemptible: false },
    { name: 'normal', nodes: all.slice(0, 9), tier: 5, isPreemptible: false },
    { name: 'spare', nodes: all, tier: 1, isPreemptible: true },
  ],
}

/** Slurm's own defaults. */
const plan = { resolutionS: 60, endsWithinS: 30 }
/** From an end to the node's word that all is gone, where no log says it. */
const usualReleaseS = 0.1

/** Says how near the model comes to what Slurm did: with the moments at which Slurm looked, and without them. */
export function judge(
  { jobs, submitS, looks }: Played,
  log: SlurmLog,
  orders: readonly Order[],
  conf: SlurmConf,
): Omit<MeasuredResult, 'name' | 'version' | 'seconds'> {
  // A start is written some milliseconds into the look that it belongs to.
  const lookOf = (atS: number) => log.passes.findLast((pass) => pass.atS <= atS)?.atS ?? atS
  const real = new Map(jobs.map(({ id }) => [id, lookOf(log.startsS.get(id)!.at(-1)!)]))
  const asked = jobs.map((job, i): ReplayJob => ({
    id: job.id,
    partition: cluster.partitions.findIndex(({ name }) => name === job.partition),
    priority: -job.id,
    need: { nodes: orders[i]!.nodes, cpus: orders[i]!.cpus, gpus: 0, memoryMb: 0 },
    limitS: orders[i]!.limitMinutes * 60,
    submitS: log.submitS.get(job.id)!,
    runS: log.endS.get(job.id)! - real.get(job.id)!,
  }))
  const byItself = { ...waitsOf(conf), backfillEveryS: 1, releaseS: usualReleaseS, plan }
  const replayed = replaySlurm(cluster, asked, {
    ...byItself,
    passes: log.passes,
    releaseOfNodeS: (id, node, endedS) => releaseIn(log, id, `n${node}`, endedS),
  })
  const alone = replaySlurm(cluster, asked, byItself).filter(({ wasPreempted }) => !wasPreempted)
  const nodesOf = new Map(jobs.map(({ id, nodeNames }) => [id, nodeNames.toSorted().join()]))
  const last = replayed.filter(({ wasPreempted }) => !wasPreempted)
  const errors = last.map(({ id, startS }) => Math.abs(startS - real.get(id)!)).sort((a, b) => a - b)
  const started = [...log.startsS.values()].reduce((sum, starts) => sum + starts.length, 0)
  const late = looks.map((one) => real.get(one.id)! - one.plannedS)
  const own = looks.filter(({ slurmS }) => slurmS > 0)
  const percent = (part: number, of: number) => (100 * part) / Math.max(1, of)
  const within = (list: number[], seconds: number) =>
    percent(list.filter((one) => one <= seconds).length, list.length)
  return {
    n: jobs.length,
    metrics: {
      orderEqualPct: orderEqualPct(last, real),
      startErrP50S: quantile(errors, 0.5),
      startErrP99S: quantile(errors, 0.99),
      withinCyclePct: within(errors, 1),
      samePassPct: within(errors, 0.1),
      sameNodesPct: percent(
        last.filter(
          ({ id, nodes: on }) =>
            nodesOf.get(id) ===
            on
              .map((node) => `n${node}`)
              .toSorted()
              .join(),
        ).length,
        last.length,
      ),
      aloneOrderEqualPct: orderEqualPct(alone, real),
      waitedPct: percent(jobs.filter(({ id }, i) => real.get(id)! - submitS[i]! > 1).length, jobs.length),
      preempted: started - jobs.length,
      preemptedByModel: replayed.length - last.length,
      looks: looks.length,
      // Everything runs shorter than its limit, so a plan by limits is a latest time: hardly any may start after it.
      startedAfterPlanPct: percent(late.filter((one) => one > 1).length, late.length),
      sameAsSlurmsPlanPct: percent(
        own.filter((one) => Math.abs(one.plannedS - one.slurmS) <= 60).length,
        own.length,
      ),
    },
    notes: [
      'One scheduler cycle is 1 s (bf_interval). start: the model replays the whole from times of submission, needs, limits, run times and the moments at which Slurm’s two schedulers looked (slurmctld.log), so a start once gone wrong goes on; samePassPct are started at the same look. alone: the same by its own clock, without the moments of the log. orderEqualPct: of all pairs of jobs that Slurm started more than a cycle apart, how many the replay starts in that order.',
    ],
  }
}

function orderEqualPct(
  replayed: readonly { id: number; startS: number }[],
  real: ReadonlyMap<number, number>,
) {
  let pairs = 0
  let equal = 0
  for (const [i, a] of replayed.entries()) {
    for (const b of replayed.slice(i + 1)) {
      const apart = real.get(a.id)! - real.get(b.id)!
      if (Math.abs(apart) <= 1) continue
      pairs++
      if (Math.sign(a.startS - b.startS) === Math.sign(apart) || a.startS === b.startS) equal++
    }
  }
  return (100 * equal) / Math.max(1, pairs)
}
