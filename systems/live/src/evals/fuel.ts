import type { MeasureInput } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { forecastRun } from '../insights/fuel/forecast-run.ts'
import { constantRate, fuelMetrics } from '../insights/fuel/fuel-metrics.ts'
import { readFuelRuns } from '../insights/fuel/fuel-run.ts'
import { committedFuel } from '../insights/fuel/committed-fuel.ts'
import { knownShare } from '../insights/fuel/train-fuel.ts'
import { dataFiles } from '../learn/training-data.ts'

/** Every metric again under `zeroShot.`, with fuel never known. */
function underZeroShot(metrics: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [`zeroShot.${name}`, value]))
}

export async function measureFuel({ dataDir, report, signal }: MeasureInput) {
  if (dataDir === null)
    throw new InvalidInputError({
      code: 'data-missing',
      message: 'Give a folder with .ibt telemetry by --data: there is no sample of real engines.',
    })
  const runs = await readFuelRuns(await dataFiles(dataDir), signal)
  report({ stage: 'forecasting', done: 0, total: runs.length, unit: 'runs' })
  const weights = committedFuel()
  const forecasts = (share: number) =>
    runs.map((run) => forecastRun(run, weights.priorFor(run.id, run.car), share))
  const known = forecasts(knownShare)
  const { coverage80: _, ...baseline } = fuelMetrics(known.map(constantRate))
  return {
    n: runs.length,
    metrics: { ...fuelMetrics(known), ...underZeroShot(fuelMetrics(forecasts(0))) },
    baseline,
  }
}
