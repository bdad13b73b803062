import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRandom } from '@heavylift/core'
import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { mean } from '@heavylift/core/math'
import { bestIntervalS, playRecorded, youngIntervalS } from '../failures/checkpoints.ts'
import { playDrill } from '../failures/drill.ts'
import { lossGpuS, preemptInOrder, preemptLeastLoss } from '../failures/preempt.ts'
import type { Running } from '../failures/preempt.ts'
import { readFailures } from '../read/failures.ts'

const hourS = 3600

/** `fleet.recovery`: checkpoints against Young's interval, also on failures that were recorded (`--data`), drills on a cluster that fails, and what pre-emption loses by three rules. */
export async function runRecoveryEval({
  dataDir,
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
  const recorded = dataDir === null ? null : await playRecords(dataDir)
  return {
    n: preemption.drills,
    metrics: {
      dalyErrPct: Math.max(...errors),
      goodput: drill({}),
      goodputWithoutSpares: drill({ spares: 0 }),
      goodputWithStragglers: drill({ straggler: { mtbfS: 600 * 24 * hourS, factor: 1.6, detectS: 900 } }),
      goodputWithSilentFaults: drill({ silent: { mtbfS: 3000 * 24 * hourS, checkEvery: 6 } }),
      lostToNewestFirst: preemption.least / preemption.newest,
      lostToLowestPriority: preemption.least / preemption.lowest,
      ...recorded?.metrics,
    },
    ...(recorded === null ? {} : { sources: recorded.sources, worst: recorded.worst }),
    notes: [
      'dalyErrPct: the largest distance of the best played interval from √(2·C·MTBF), three models, 200,000 failures each.',
      'Drills: 512 machines in racks of 16 with 8 spares for a year. Pre-emption: GPU-hours lost by the least-loss choice over those by the newest first and by the lowest priority first.',
      'Recorded: for each system with 200 failures, a job on the whole of it writes checkpoints of a minute every √(2·C·MTBF), MTBF of the first half of the record, over the second half; beside the best interval there in hindsight, and one hour.',
    ],
  }
}

const leastFailures = 200
const recordedModel = { costS: 60, restartS: 300 }

/** Young's interval from the first half of each record, played on the second. */
async function playRecords(dataDir: string) {
  const sources: Record<string, Record<string, number>> = {}
  for (const file of (await readdir(dataDir)).filter((name) => name.endsWith('.csv')).toSorted()) {
    for (const [system, moments] of readFailures(await readFile(join(dataDir, file), 'utf8'))) {
      if (moments.length < leastFailures) continue
      const gaps = moments.slice(1).map((atS, i) => atS - moments[i]!)
      const half = gaps.length >> 1
      const later = gaps.slice(half)
      const young = youngIntervalS({ ...recordedModel, mtbfS: mean(gaps.slice(0, half)) })
      const tries = Array.from({ length: 81 }, (_, i) => young * Math.exp((i - 40) / 10))
      const best = tries
        .map((intervalS) => ({ intervalS, goodput: playRecorded(recordedModel, intervalS, later) }))
        .reduce((a, b) => (b.goodput > a.goodput ? b : a))
      const goodput = playRecorded(recordedModel, young, later)
      sources[`${file.replace(/\.csv$/, '')} ${system}`.trim()] = {
        n: gaps.length,
        mtbfS: mean(gaps.slice(0, half)),
        mtbfLaterS: mean(later),
        intervalS: young,
        bestIntervalS: best.intervalS,
        goodput,
        bestGoodput: best.goodput,
        hourGoodput: playRecorded(recordedModel, hourS, later),
        lostPct: 100 * (1 - goodput / best.goodput),
      }
    }
  }
  const rows = Object.entries(sources)
  if (rows.length === 0) return null
  const worst = rows.reduce((a, b) => (b[1]['lostPct']! > a[1]['lostPct']! ? b : a))
  return {
    sources,
    metrics: {
      recordedGoodput: mean(rows.map(([, row]) => row['goodput']!)),
      recordedBestGoodput: mean(rows.map(([, row]) => row['bestGoodput']!)),
      recordedLostPct: mean(rows.map(([, row]) => row['lostPct']!)),
    },
    worst: { recordedLostPct: { source: worst[0], value: worst[1]['lostPct']! } },
  }
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
