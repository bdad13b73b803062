import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { committedFuel } from '../../../src/insights/fuel/committed-fuel.ts'
import { forecastRun } from '../../../src/insights/fuel/forecast-run.ts'
import { constantRate, fuelMetrics } from '../../../src/insights/fuel/fuel-metrics.ts'
import { burntBetween, readFuelRuns } from '../../../src/insights/fuel/fuel-run.ts'
import type { FuelRun } from '../../../src/insights/fuel/fuel-run.ts'
import { loadFuelWeights } from '../../../src/insights/fuel/fuel-weights.ts'
import { simulatedRuns } from '../../../src/insights/fuel/simulated-runs.ts'
import { trainFuel } from '../../../src/insights/fuel/train-fuel.ts'
import { writeIbt } from '../../feeds/write-ibt.ts'

const { signal } = new AbortController()
const runs = simulatedRuns('unit-fuel', 'road', 6, 3)

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fuel-'))
  // Two runs of one car and one of another, made from the simulated race.
  for (const [i, run] of runs.slice(0, 3).entries())
    await writeFile(join(folder, `${i}.ibt.gz`), gzipSync(ibtOf(i === 1 ? runs[0]! : run, i)))
})
afterAll(() => rm(folder, { recursive: true }))

function ibtOf(run: FuelRun, number: number): Uint8Array {
  const yaml = `DriverCarIdx: 0\nDriverCarRedLine: 8000.000\nCarPath: testcar${number === 2 ? 'b' : 'a'}\n`
  return writeIbt({
    yaml,
    startedAtSeconds: 1_700_000_000 + number,
    channels: {
      SessionTime: { type: 'double', values: run.seconds },
      RPM: { type: 'float', values: run.rpmShare.map((share) => share * 8000) },
      Throttle: { type: 'float', values: run.throttle },
      FuelLevel: { type: 'float', values: run.fuelLitres },
      Speed: { type: 'float', values: run.throttle },
    },
  })
}

test('an unknown engine is learnt from a fifth of a run: better than its mean rate, and the interval holds [LIVE-FUEL-01]', () => {
  const weights = committedFuel()
  const forecasts = runs.map((run) => forecastRun(run, weights.priorFor(null, null), 0.2))
  const metrics = fuelMetrics(forecasts)
  expect(metrics.medianTotalErrorPct).toBeLessThan(4)
  expect(metrics.wapePerSecondPct).toBeLessThan(
    0.3 * fuelMetrics(forecasts.map(constantRate)).wapePerSecondPct,
  )
  expect(metrics.coverage80).toBeGreaterThan(50)
  const blind = forecastRun(runs[0]!, weights.priorFor(null, null), 0)
  expect(blind.deviation.at(-1)).toBeGreaterThan(5 * forecasts[0]!.deviation.at(-1)!)
})

test('more throttle and more engine speed never burn less, where engines are driven [LIVE-FUEL-01]', () => {
  const { surfaces } = committedFuel().priorFor(null, null)
  for (let r = 2; r <= 10; r++)
    for (let t = 1; t < 7; t++) expect(surfaces[r * 7 + t]!).toBeGreaterThan(surfaces[r * 7 + t - 1]!)
  for (let r = 2; r <= 9; r++) expect(surfaces[r * 7 + 6]!).toBeGreaterThan(surfaces[(r - 1) * 7 + 6]!)
})

test('training is the same each time, and no run is scored by a model that saw it [LIVE-FUEL-02]', async () => {
  const input = { dataDir: folder, report: () => {}, signal }
  const trained = await trainFuel(input)
  expect(JSON.stringify(await trainFuel(input))).toBe(JSON.stringify(trained))
  const weights = loadFuelWeights(trained.weights)
  const read = await readFuelRuns(
    ['0', '1', '2'].map((name) => join(folder, `${name}.ibt.gz`)),
    signal,
  )
  const lonely = read.find((run) => run.car === 'testcarb')!
  // Its only run was held back, so its own fold does not know the car; others do.
  expect(weights.priorFor(lonely.id, lonely.car).isKnownCar).toBe(false)
  expect(weights.priorFor(null, lonely.car).isKnownCar).toBe(true)
  const twin = read.find((run) => run.car === 'testcara')!
  expect(weights.priorFor(twin.id, twin.car).isKnownCar).toBe(true)
  const metrics = fuelMetrics([forecastRun(twin, weights.priorFor(twin.id, twin.car), 0)])
  expect(metrics.medianTotalErrorPct).toBeLessThan(1)
}, 30_000)

test('fuel that is put in, or a car that is put back, is not burnt fuel [LIVE-FUEL-02]', () => {
  const run = { ...runs[0]!, fuelLitres: Float64Array.from([10, 9.99, 9.98, 20, 19.99, 0, 0]) }
  const filled = burntBetween(run, 0, 4)
  expect(filled.litres).toBeCloseTo(0.03, 9)
  expect(filled.isFilled).toBe(true)
  expect(burntBetween(run, 4, 6)).toEqual({ litres: 0, isFilled: true })
  expect(burntBetween(run, 0, 2).isFilled).toBe(false)
})
