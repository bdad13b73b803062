import type { RaceCarFacts } from '../../domain/match.ts'
import { groupHash } from '../../learn/groups.ts'
import { unpackNumbers } from '../../learn/weights-file.ts'
import type { WeightsFile } from '../../learn/weights-file.ts'
import { gridSize } from './burn-grid.ts'
import { engineSize } from './engine-size.ts'

/** What one fold's training yields. Surfaces are litres a second at the knots of the grid. */
export interface FuelModel {
  kind: 'fuel'
  /** Mean surface of an engine that nothing is known of. */
  surface: number[]
  /** Ways in which engines differ, each one standard deviation, as shares of an engine's flow near full load. */
  ways: number[][]
  /** Flow near full load that `surface` is scaled to, litres a second. */
  flow: number
  /** Surfaces of cars that were measured, under the hashes of their model, and of model and build. */
  cars: Record<string, number[]>
  /** What no calibration takes away, as a share of the fuel used; set so that 80 of 100 fall into the 80 % interval. */
  modelError: { unknown: number; known: number }
}

/** How a car's fuel is estimated before anything of it is seen. */
export interface FuelPrior {
  /** Base surface and ways, one after the other: `1 + ways` surfaces of `gridSize`. */
  surfaces: Float64Array
  /** Means (1, 0, 0, …) and standard deviations of their weights. */
  mean: number[]
  deviation: number[]
  /** Litres a second near full load, for the size of noise. */
  flow: number
  /** Whether the car was measured: in this build, in another one, or not at all. */
  known: 'build' | 'model' | 'no'
  /** The model's own error, as a share of the fuel used. */
  modelError: number
}

/** Fold models with the runs that each did not see. */
export interface FuelWeights {
  /** The prior for a run (its id, null for a live race) of a car (null when nothing is known of it). */
  priorFor(run: string | null, car: RaceCarFacts | null, trackMetres?: number | null): FuelPrior
}

/** Standard deviation of a measured car's flow from run to run, and from build to build, as a share; the same for each way. */
const runSpread = 0.01
const buildSpread = 0.04

/** Keys of a car's surfaces, the most telling first. */
export function carKeys({ model, build }: Pick<RaceCarFacts, 'model' | 'build'>): string[] {
  return [...(build === null ? [] : [`${model}@${build}`]), model].map((name) =>
    groupHash(`car/${name}`).toString(16).padStart(8, '0'),
  )
}

export function loadFuelWeights(file: WeightsFile): FuelWeights {
  const models = file.models as FuelModel[]
  const unseen = file.unseen.map((packed) => new Set(unpackNumbers(packed)))
  return {
    priorFor(run, car, trackMetres = null) {
      const at = run === null ? -1 : unseen.findIndex((groups) => groups.has(groupHash(run)))
      const chosen = models[at]
      return priorOf(chosen === undefined ? models : [chosen], car, trackMetres)
    },
  }
}

function meanSurface(surfaces: readonly (readonly number[])[]): Float64Array {
  const mean = new Float64Array(gridSize)
  for (const surface of surfaces)
    for (let i = 0; i < gridSize; i++) mean[i] = mean[i]! + surface[i]! / surfaces.length
  return mean
}

/** The mean of several models: of those that know the car, where any does. Their ways are the same. */
export function priorOf(
  models: readonly FuelModel[],
  car: RaceCarFacts | null,
  trackMetres: number | null,
): FuelPrior {
  const [first] = models
  if (first === undefined) throw new RangeError('There is no fuel model.')
  const keys = car === null ? [] : carKeys(car)
  const measured = (key: string | undefined) =>
    models.flatMap((model) => (key === undefined || model.cars[key] === undefined ? [] : [model.cars[key]]))
  const ofModel = measured(keys.at(-1))
  const ofBuild = keys.length < 2 ? [] : measured(keys[0])
  const known = ofBuild.length > 0 ? 'build' : ofModel.length > 0 ? 'model' : 'no'
  const size = engineSize(car, trackMetres)
  const base = meanSurface(
    known === 'no' ? models.map((model) => model.surface) : known === 'build' ? ofBuild : ofModel,
  )
  if (known === 'no') for (let i = 0; i < base.length; i++) base[i] = (base[i]! * size.flow) / first.flow
  const flow = known === 'no' ? size.flow : flowOf(base)
  const ways = first.ways.length
  const surfaces = new Float64Array((1 + ways) * gridSize)
  surfaces.set(base)
  for (const [k, way] of first.ways.entries())
    surfaces.set(
      way.map((value) => value * flow),
      (k + 1) * gridSize,
    )
  const spread = known === 'build' ? runSpread : buildSpread
  return {
    surfaces,
    mean: [1, ...first.ways.map(() => 0)],
    deviation:
      known === 'no'
        ? [size.spread, ...first.ways.map(() => 1.2)]
        : [spread, ...first.ways.map(() => spread)],
    flow,
    known,
    modelError: known === 'build' ? first.modelError.known : first.modelError.unknown,
  }
}

/** Mean of a surface near full load: engine speed 0.8 to 1 of the redline, throttle 0.8 and more. */
export function flowOf(surface: ArrayLike<number>): number {
  let sum = 0
  for (let r = 8; r <= 10; r++) sum += surface[r * 7 + 5]! + surface[r * 7 + 6]!
  return sum / 6
}
