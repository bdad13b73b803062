import type { MeasureInput } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { committedFuel } from '../insights/fuel/committed-fuel.ts'
import { constantRate, fuelMetrics } from '../insights/fuel/fuel-metrics.ts'
import { readFuelRuns } from '../insights/fuel/fuel-run.ts'
import { tellRuns } from '../insights/fuel/train-fuel.ts'
import { bootstrapByGroup } from '../learn/bootstrap.ts'
import { dataFiles } from '../learn/training-data.ts'
import { rangeOf } from './probability-metrics.ts'

/**
 * Files played through the live rule, the gauge shown for one whole lap and hidden after; scored are runs that go on for a lap and
 * more. A car that was trained on is answered by the model that never saw it.
 */
export async function measureFuel({ dataDir, report, signal }: MeasureInput) {
  if (dataDir === null)
    throw new InvalidInputError({
      code: 'data-missing',
      message: 'Give a folder with .ibt telemetry by --data: there is no sample of real engines.',
    })
  const runs = await readFuelRuns(await dataFiles(dataDir), signal)
  report({ stage: 'replaying', done: 0, total: runs.length, unit: 'runs' })
  const weights = committedFuel()
  const known = tellRuns(runs, weights, 1)
  const { coverage80: _, ...baseline } = fuelMetrics(known.map(constantRate))
  const blind = tellRuns(runs, weights, 0)
  const zeroShot = fuelMetrics(blind)
  const sources = Map.groupBy(known, ({ car, track }) => `${car} at ${track}`)
  const [worst] = [...sources]
    .map(([source, of]) => ({ source, value: fuelMetrics(of).medianTotalErrorPct }))
    .toSorted((a, b) => b.value - a.value)
  // Each run is drawn as one; of one run an interval tells nothing.
  const over = (name: 'medianTotalErrorPct' | 'coverage80') =>
    rangeOf(
      bootstrapByGroup(
        known.map((_, run) => `${run}`),
        (rows) => fuelMetrics(Array.from(rows, (run) => known[run]!))[name],
      ),
    )
  return {
    n: known.length,
    metrics: {
      ...fuelMetrics(known),
      // Of an engine that nobody measured nothing is said: what is not told cannot be off.
      zeroShotTold: blind.length,
      zeroShotCoverage80: zeroShot.coverage80,
      zeroShotMedianTotalErrorPct: zeroShot.medianTotalErrorPct,
    },
    ...(known.length < 2
      ? {}
      : {
          intervals: { medianTotalErrorPct: over('medianTotalErrorPct'), coverage80: over('coverage80') },
        }),
    baseline,
    ...(worst === undefined ? {} : { worst: { medianTotalErrorPct: worst } }),
  }
}
