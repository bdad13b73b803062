import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RaceCarFacts } from '../../../src/domain/match.ts'
import { committedFuel } from '../../../src/insights/fuel/committed-fuel.ts'
import { engineSize } from '../../../src/insights/fuel/engine-size.ts'
import { constantRate, fuelMetrics } from '../../../src/insights/fuel/fuel-metrics.ts'
import { burntBetween, readFuelRuns } from '../../../src/insights/fuel/fuel-run.ts'
import { loadFuelWeights } from '../../../src/insights/fuel/fuel-weights.ts'
import { simulatedRuns } from '../../../src/insights/fuel/simulated-runs.ts'
import type { SimulatedRun } from '../../../src/insights/fuel/simulated-runs.ts'
import { tellRuns, trainFuel } from '../../../src/insights/fuel/train-fuel.ts'
import { writeIbt } from '../../feeds/write-ibt.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const { signal } = new AbortController()
const runs = simulatedRuns('unit-fuel', 'oval', 6, 4)

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fuel-'))
  // Two runs of one car and one of another, made from the simulated race.
  for (const [i, run] of runs.slice(0, 3).entries())
    await writeFile(join(folder, `${i}.ibt.gz`), gzipSync(ibtOf(i === 1 ? runs[0]! : run, i)))
})
afterAll(() => rm(folder, { recursive: true }))

function ibtOf(run: SimulatedRun, number: number): Uint8Array {
  const samples = run.events.filter((event) => event.kind === 'race-telemetry')
  const yaml = `TrackLength: 2.41 km\nDriverCarIdx: 0\nDriverCarRedLine: 8000.000\nDriverCarVersion: 2025.01\nCarPath: testcar${number === 2 ? 'b' : 'a'}\n`
  const top = Math.max(...samples.map(({ rpm }) => rpm ?? 0))
  return writeIbt({
    yaml,
    tickRateHz: 10,
    startedAtSeconds: 1_700_000_000 + number,
    channels: {
      SessionTime: { type: 'double', values: samples.map(({ sessionSeconds }) => sessionSeconds) },
      Lap: { type: 'int', values: samples.map(({ lap }) => lap) },
      LapDistPct: { type: 'float', values: samples.map(({ lapFraction }) => lapFraction) },
      RPM: { type: 'float', values: samples.map(({ rpm }) => ((rpm ?? 0) / top) * 8000) },
      Throttle: { type: 'float', values: samples.map(({ throttle }) => throttle ?? 0) },
      FuelLevel: { type: 'float', values: samples.map(({ fuelLitres }) => fuelLitres ?? 0) },
      Speed: { type: 'float', values: samples.map(({ speedMps }) => speedMps) },
    },
  })
}

const facts = (more: Partial<RaceCarFacts>): RaceCarFacts => ({
  carId: '1',
  model: 'never-measured',
  build: null,
  tankLitres: null,
  cylinders: null,
  redlineRpm: null,
  lapSeconds: null,
  ...more,
})

test('an unknown engine is learnt from a lap: better than its mean rate, and the interval holds [LIVE-FUEL-01]', () => {
  const told = tellRuns(runs, committedFuel(), 1)
  expect(told.length).toBe(6)
  const metrics = fuelMetrics(told)
  expect(metrics.medianTotalErrorPct).toBeLessThan(4)
  expect(metrics.coverage80).toBeGreaterThan(50)
  expect(fuelMetrics(told.map(constantRate)).coverage80).toBeLessThan(10)
  // Without the lap there is only a guess of its size, and nothing is said.
  expect(tellRuns(runs, committedFuel(), 0)).toEqual([])
})

test('an over-rev after the known lap leaves what the lap taught [LIVE-FUEL-01]', () => {
  const [plain] = tellRuns(runs.slice(0, 1), committedFuel(), 1)
  const { events } = runs[0]!
  const second = events.findIndex((event) => event.kind === 'race-telemetry' && event.lap === 3)
  const spiked = events.map((event, at) =>
    event.kind === 'race-telemetry' && at === second ? { ...event, rpm: 2 * event.rpm! } : event,
  )
  const [told] = tellRuns([{ id: runs[0]!.id, events: spiked }], committedFuel(), 1)
  expect(told!.told.at(-1)!.said).toBeCloseTo(plain!.told.at(-1)!.said, 1)
})

test('the size of an engine follows from what the file says, and stays wide [LIVE-FUEL-05]', () => {
  const small = engineSize(facts({ tankLitres: 20, cylinders: 4, redlineRpm: 6400, lapSeconds: 100 }), 3300)
  const large = engineSize(facts({ tankLitres: 110, cylinders: 8, redlineRpm: 8000, lapSeconds: 100 }), 5100)
  expect(small.flow).toBeLessThan(0.02)
  expect(large.flow).toBeGreaterThan(0.035)
  for (const { spread } of [small, large]) expect(spread).toBeGreaterThanOrEqual(0.3)
  expect(engineSize(null, null).spread).toBeGreaterThan(0.6)
})

test('a measured car is known best in its build, less in another one, and others by their size [LIVE-FUEL-05]', async () => {
  const { weights } = await trainFuel({ dataDir: folder, report: () => {}, signal }, runs.slice(3))
  const trained = loadFuelWeights(weights)
  const car = facts({ model: 'testcara', build: '2025.01' })
  const same = trained.priorFor(null, car)
  const other = trained.priorFor(null, { ...car, build: '2026.02' })
  const none = trained.priorFor(null, { ...car, model: 'another' })
  expect([same.known, other.known, none.known]).toEqual(['build', 'model', 'no'])
  expect(same.deviation[0]).toBeLessThan(other.deviation[0]!)
  expect(other.deviation[0]).toBeLessThan(none.deviation[0]!)
})

test('more throttle and more engine speed never burn less, where engines are driven [LIVE-FUEL-01]', () => {
  const { surfaces } = committedFuel().priorFor(null, null)
  for (let r = 2; r <= 10; r++)
    for (let t = 1; t < 7; t++) expect(surfaces[r * 7 + t]!).toBeGreaterThan(surfaces[r * 7 + t - 1]!)
  for (let r = 2; r <= 9; r++) expect(surfaces[r * 7 + 6]!).toBeGreaterThan(surfaces[(r - 1) * 7 + 6]!)
})

test('training is the same each time, and no run is scored by a model that saw its car [LIVE-FUEL-02]', async () => {
  const input = { dataDir: folder, report: () => {}, signal }
  const trained = await trainFuel(input, runs.slice(3))
  expect(JSON.stringify(await trainFuel(input, runs.slice(3)))).toBe(JSON.stringify(trained))
  const weights = loadFuelWeights(trained.weights)
  const read = await readFuelRuns(
    ['0', '1', '2'].map((name) => join(folder, `${name}.ibt.gz`)),
    signal,
  )
  for (const run of read) {
    expect(weights.priorFor(run.id, run.car).known).toBe('no')
    expect(weights.priorFor(null, run.car).known).toBe('build')
  }
})

test('fuel that is put in, or a car that is put back, is not burnt fuel [LIVE-FUEL-02]', () => {
  const empty = new Float64Array(0)
  const run = {
    ...runs[0]!,
    name: 'made',
    car: null,
    trackMetres: null,
    rpmShare: empty,
    throttle: empty,
    seconds: Float64Array.from({ length: 7 }, (_, i) => i),
    fuelLitres: Float64Array.from([10, 9.99, 9.98, 20, 19.99, 0, 0]),
  }
  const filled = burntBetween(run, 0, 4)
  expect(filled.litres).toBeCloseTo(0.03, 9)
  expect(filled.isFilled).toBe(true)
  expect(burntBetween(run, 4, 6)).toEqual({ litres: 0, isFilled: true })
  expect(burntBetween(run, 0, 2).isFilled).toBe(false)
})
