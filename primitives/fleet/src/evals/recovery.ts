import { createRandom } from '@heavylift/core'
import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { bestIntervalS, youngIntervalS } from '../failures/checkpoints.ts'
import { playDrill } from '../failures/drill.ts'
import { lossGpuS, preemptInOrder, preemptLeastLoss } from '../failures/preempt.ts'
import type { Running } from '../failures/preempt.ts'

const hourS = 3600

/** `fleet.recovery`: checkpoints against Young's interval, drills on a cluster that fails, and what pre-emption loses by three rules. */
export function runRecoveryEval({
  signal,
}: MeasureInput): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>> {
  const models = [
    { mtbfS: 6 * hourS, costS: 20, restartS: 300 },
    { mtbfS: 24 * hourS, costS: 60, restartS: 600 },
    { mtbfS: 72 * hourS, costS: 240, restartS: 600 },
  ]
  const errors = models.map((model) => {
    const { intervalS } = bestIntervalS(model, 200_000, () => createRandom('fleet-daly'))
    return 100 * Math.abs(intervalS / youngIntervalS(model) - 1)
  })
  signal.throwIfAborted()
  const cluster = {
    nodes: 512,
    spares: 8,
    nodesPerRack: 16,
    nodeMtbfS: 1500 * 24 * hourS,
    rackMtbfS: 3000 * 24 * hourS,
    repairS: 48 * hourS,
    detectS: 60,
    restartS: 300,
    checkpointCostS: 30,
    horizonS: 365 * 24 * hourS,
  }
  const mtbfS = 1 / (cluster.nodes / cluster.nodeMtbfS + 33 / cluster.rackMtbfS)
  const checkpointEveryS = youngIntervalS({ mtbfS, costS: cluster.checkpointCostS, restartS: 0 })
  const drill = (more: object) =>
    playDrill({ ...cluster, checkpointEveryS, ...more }, createRandom('fleet-drill')).goodput
  const preemption = comparePreemption()
  return Promise.resolve({
    n: preemption.drills,
    metrics: {
      dalyErrPct: Math.max(...errors),
      goodput: drill({}),
      goodputWithoutSpares: drill({ spares: 0 }),
      goodputWithStragglers: drill({ straggler: { mtbfS: 600 * 24 * hourS, factor: 1.6, detectS: 900 } }),
      goodputWithSilentFaults: drill({ silent: { mtbfS: 3000 * 24 * hourS, checkEvery: 6 } }),
      lostToNewestFirst: preemption.least / preemption.newest,
      lostToLowestPriority: preemption.least / preemption.lowest,
    },
    notes: [
      'dalyErrPct: the largest distance of the best played interval from √(2·C·MTBF), three models, 200,000 failures each.',
      'Drills: 512 machines in racks of 16 with 8 spares for a year. Pre-emption: GPU-hours lost by the least-loss choice over those by the newest first and by the lowest priority first.',
    ],
  })
}

/** 400 made moments of a full cluster in which a job of high priority needs GPUs. */
function comparePreemption(): { drills: number; least: number; newest: number; lowest: number } {
  const sums = { drills: 400, least: 0, newest: 0, lowest: 0 }
  for (let drill = 0; drill < sums.drills; drill++) {
    const random = createRandom(`fleet-preempt-${drill}`)
    const nowS = 30 * 24 * hourS
    const running: Running[] = Array.from({ length: 120 }, (_, job) => {
      const ageS = Math.exp(random.normal() * 1.4 + 8.5)
      const everyS = random.pick([900, 1800, 3600, 7200, Infinity])
      const sinceS = everyS === Infinity ? ageS : ageS % everyS
      const gpus = 2 ** random.int(0, 5)
      return {
        job,
        gpus,
        startS: nowS - ageS,
        checkpointS: nowS - sinceS,
        restartS: random.int(60, 600),
        priority: random.int(1, 3),
        endS: nowS + ageS * random.next() * 2,
      }
    })
    const needed = 8 * random.int(4, 32)
    const choices = {
      least: preemptLeastLoss(running, needed, nowS, 10),
      newest: preemptInOrder(running, needed, 10, (a, b) => b.startS - a.startS),
      lowest: preemptInOrder(running, needed, 10, (a, b) => a.priority - b.priority),
    }
    for (const [rule, chosen] of Object.entries(choices) as [
      'least' | 'newest' | 'lowest',
      number[] | null,
    ][]) {
      for (const job of chosen ?? []) sums[rule] += lossGpuS(running[job]!, nowS) / hourS
    }
  }
  return sums
}
