import { bootstrapByGroup } from '../../learn/bootstrap.ts'
import { foldOfGroups, groupHash } from '../../learn/groups.ts'
import { reliabilitySvg } from '../../learn/reliability-svg.ts'
import { writeReport } from '../../learn/report.ts'
import type { Trained, TrainInput } from '../../learn/trainable.ts'
import { dataFiles, describeData } from '../../learn/training-data.ts'
import { packNumbers } from '../../learn/weights-file.ts'
import { engineAtLarge, fitEngine, shapeOf } from './fit-engine.ts'
import type { Population } from './fit-engine.ts'
import { forecastRun } from './forecast-run.ts'
import type { RunForecast } from './forecast-run.ts'
import { coverageBins, fuelMetrics, totalErrorPct } from './fuel-metrics.ts'
import { readFuelRuns } from './fuel-run.ts'
import type { FuelRun } from './fuel-run.ts'
import { carKey, loadFuelWeights, priorOf } from './fuel-weights.ts'
import type { FuelModel } from './fuel-weights.ts'
import { simulatedRuns } from './simulated-runs.ts'

/** Flow near full load of an engine that nothing is known of, litres a second: a racing saloon's. */
const typicalFlow = 0.03
const flowSpread = 0.5
const carSpread = 0.006
const leastError = 0.002
/** Weight of a measured car's shape in the mean, in invented engines. */
const carWeight = 100
const mostFolds = 8
/** Share of a run whose fuel is known. */
export const knownShare = 0.2

/** Trains one fold's model; its own error is left at the least. */
export function trainFuelModel(runs: readonly FuelRun[], population: Population): FuelModel {
  const cars = new Map<string, FuelRun[]>()
  for (const run of runs) if (run.car !== null) cars.set(run.car, [...(cars.get(run.car) ?? []), run])
  const surfaces = new Map([...cars].map(([car, own]) => [car, fitEngine(own, population)]))
  const mean = population.mean.map((value) => value * 500)
  for (const surface of surfaces.values()) {
    const shape = shapeOf(surface)
    for (let i = 0; i < mean.length; i++) mean[i] = mean[i]! + carWeight * shape[i]!
  }
  const weight = 500 + carWeight * surfaces.size
  return {
    kind: 'fuel',
    surface: Array.from(mean, (value) => rounded((typicalFlow * value) / weight)),
    ways: population.ways.map((way) => Array.from(way, rounded)),
    flow: typicalFlow,
    flowSpread,
    cars: Object.fromEntries(
      [...surfaces].map(([car, surface]) => [carKey(car), Array.from(surface, rounded)]),
    ),
    carSpread,
    modelError: { unknown: leastError, known: leastError },
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(5))
}

/** The error of its own that a model has to own up to, so that its 80 % intervals hold 80 % of these runs' seconds. */
export function fitModelError(forecast: (modelError: number) => RunForecast[]): number {
  let low = leastError
  let high = 0.2
  for (let round = 0; round < 12; round++) {
    const middle = (low + high) / 2
    if (fuelMetrics(forecast(middle)).coverage80 < 80) low = middle
    else high = middle
  }
  return rounded(high)
}

/** Races whose engines no model was made of: they widen the intervals of unknown cars, and stress the model. */
function unknownEngines(): FuelRun[] {
  return [...simulatedRuns('fuel-stress-1', 'oval', 24, 6), ...simulatedRuns('fuel-stress-2', 'road', 24, 3)]
}

/** Trains the burn model: a fold for each run (eight at most), so that no run is scored by a model that saw it. */
export async function trainFuel(input: TrainInput): Promise<Trained> {
  const paths = (await dataFiles(input.dataDir)).filter((path) => /\.ibt(\.gz)?$/i.test(path))
  input.report({ stage: 'reading runs', done: 0, total: paths.length, unit: 'files' })
  const runs = await readFuelRuns(paths, input.signal)
  const population = engineAtLarge('population')
  const folds = Math.min(mostFolds, runs.length)
  const foldOf = foldOfGroups(
    runs.map((run) => run.id),
    folds,
  )
  const models: FuelModel[] = []
  for (let fold = 0; fold < folds; fold++) {
    input.signal.throwIfAborted()
    input.report({ stage: 'training', done: fold, total: folds, unit: 'folds' })
    models.push(
      trainFuelModel(
        runs.filter((run) => foldOf.get(run.id) !== fold),
        population,
      ),
    )
  }
  const priorFor = (run: FuelRun) =>
    priorOf(
      models.filter((_, fold) => foldOf.get(run.id) === fold),
      run.car,
    )
  const stress = unknownEngines()
  const unknownPrior = priorOf(models, null)
  const modelError = {
    unknown: fitModelError((error) =>
      stress.map((run) => forecastRun(run, { ...unknownPrior, modelError: error }, knownShare)),
    ),
    known: fitModelError((error) =>
      runs.flatMap((run) => {
        const prior = priorFor(run)
        return prior.isKnownCar ? [forecastRun(run, { ...prior, modelError: error }, knownShare)] : []
      }),
    ),
  }
  for (const model of models) model.modelError = modelError
  const weights = {
    layout: 1 as const,
    name: 'fuel',
    columns: ['engine speed as a share of the redline', 'throttle'],
    unseen: Array.from({ length: folds }, (_, fold) =>
      packNumbers(
        Uint32Array.from(runs.filter((run) => foldOf.get(run.id) === fold).map((run) => groupHash(run.id))),
      ),
    ),
    models,
  }
  const loaded = loadFuelWeights(weights)
  const held = [
    ...stress.map((run) => forecastRun(run, loaded.priorFor(null, null), knownShare)),
    ...runs.map((run) => forecastRun(run, loaded.priorFor(run.id, run.car), knownShare)),
  ]
  const picture = reliabilitySvg('Fuel used: share within intervals of each level', coverageBins(held))
  return { weights, report: await reportOf(), picture }

  async function reportOf(): Promise<string> {
    const ids = runs.map((run) => run.id)
    const measured = (name: string, share: number, goals: Record<string, string>) => {
      const forecasts = runs.map((run) => forecastRun(run, loaded.priorFor(run.id, run.car), share))
      return Object.keys(fuelMetrics(forecasts)).map((metric) => ({
        name: `${name}${metric}`,
        ...(goals[metric] === undefined ? {} : { goal: goals[metric] }),
        ...bootstrapByGroup(
          ids,
          (rows) => fuelMetrics(Array.from(rows, (row) => forecasts[row]!))[metric] ?? Number.NaN,
        ),
      }))
    }
    const stressed = (share: number) =>
      fuelMetrics(stress.map((run) => forecastRun(run, loaded.priorFor(null, null), share)))
    const [after, zero] = [stressed(knownShare), stressed(0)]
    const perRun = runs.map((run) => {
      const prior = loaded.priorFor(run.id, run.car)
      const error = (share: number) => totalErrorPct(forecastRun(run, prior, share)).toFixed(2)
      return `${prior.isKnownCar ? 'known' : 'new'} car ${error(knownShare)} % (zero-shot ${error(0)} %)`
    })
    return writeReport({
      title: 'Burn model: fuel from engine speed and throttle',
      summary:
        'Fuel flow as a surface over engine speed and throttle, with a normal belief over its scale and six ways in which engines differ, sharpened by whatever fuel is known (a calibration lap, a fill). It never sees a fuel channel otherwise.',
      data: [await describeData('iracing-ibt', paths)],
      split: `Split by run into ${folds} folds; a run is predicted by the model that did not see it. Fuel is known for the first ${100 * knownShare} % of a run and hidden after; zero-shot: never known. A car counts as known where another run of it was trained on. Knots, noise and the number of ways were chosen with these runs and simulated races in view, so the figure for a new car is optimistic.`,
      rows: runs.reduce((sum, run) => sum + run.seconds.length, 0),
      groups: runs.length,
      metrics: [
        ...measured('', knownShare, {
          medianTotalErrorPct: '≤ 1',
          maxTotalErrorPct: '≤ 2',
          coverage80: '78–82',
        }),
        ...measured('zeroShot.', 0, {}),
      ],
      importance: [],
      picture: 'fuel.svg',
      notes: [
        `Each run's error of the fuel used after the known part: ${perRun.join('; ')}.`,
        `On ${stress.length} cars of simulated races, whose engines follow other formulas with other parameters and noise: median error ${after.medianTotalErrorPct.toFixed(2)} %, largest ${after.maxTotalErrorPct.toFixed(2)} %, coverage ${after.coverage80.toFixed(0)} % after ${100 * knownShare} % of the run; zero-shot median ${zero.medianTotalErrorPct.toFixed(1)} %, coverage ${zero.coverage80.toFixed(0)} %.`,
        `Intervals own up to an error of ${(100 * modelError.unknown).toFixed(2)} % of the fuel used for unknown cars (set on those simulated races) and ${(100 * modelError.known).toFixed(2)} % for known cars (on the runs themselves, out of fold), beside what calibration leaves open. With so few real runs, their coverage is a rough figure.`,
        'A new engine whose known part never reaches full load at high speed keeps an error of a few per cent: the torque curve up there is then the population’s. A new engine without any known fuel is a guess of its size, and its interval says so.',
      ],
    })
  }
}
