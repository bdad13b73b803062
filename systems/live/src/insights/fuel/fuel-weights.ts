import { groupHash } from '../../learn/groups.ts'
import { unpackNumbers } from '../../learn/weights-file.ts'
import type { WeightsFile } from '../../learn/weights-file.ts'
import { gridSize } from './burn-grid.ts'

/** What one fold's training yields. Surfaces are litres a second at the knots of the grid. */
export interface FuelModel {
  kind: 'fuel'
  /** Mean surface of an engine that nothing is known of. */
  surface: number[]
  /** Ways in which engines differ, each one standard deviation, as shares of an engine's flow near full load. */
  ways: number[][]
  /** Flow near full load of an unknown engine, litres a second, and its standard deviation as a share of it. */
  flow: number
  flowSpread: number
  /** Surfaces of cars that were measured, under the hash of the simulator's name of the car. */
  cars: Record<string, number[]>
  /** Standard deviation of a known car's flow from run to run, as a share; the same for each way, in shares of it. */
  carSpread: number
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
  isKnownCar: boolean
  /** The model's own error, as a share of the fuel used. */
  modelError: number
}

/** Fold models with the runs that each did not see. */
export interface FuelWeights {
  /** The prior for a run (its id, null for a live race) of a car (the simulator's name, null when unknown). */
  priorFor(run: string | null, car: string | null): FuelPrior
}

export function carKey(car: string): string {
  return groupHash(`car/${car}`).toString(16).padStart(8, '0')
}

export function loadFuelWeights(file: WeightsFile): FuelWeights {
  const models = file.models as FuelModel[]
  const unseen = file.unseen.map((packed) => new Set(unpackNumbers(packed)))
  return {
    priorFor(run, car) {
      const at = run === null ? -1 : unseen.findIndex((groups) => groups.has(groupHash(run)))
      const chosen = models[at]
      return priorOf(chosen === undefined ? models : [chosen], car)
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
export function priorOf(models: readonly FuelModel[], car: string | null): FuelPrior {
  const [first] = models
  if (first === undefined) throw new RangeError('There is no fuel model.')
  const key = car === null ? '' : carKey(car)
  const knownSurfaces = models.flatMap((model) => (model.cars[key] === undefined ? [] : [model.cars[key]]))
  const isKnownCar = knownSurfaces.length > 0
  const base = meanSurface(isKnownCar ? knownSurfaces : models.map((model) => model.surface))
  const flow = isKnownCar ? flowOf(base) : first.flow
  const ways = first.ways.length
  const surfaces = new Float64Array((1 + ways) * gridSize)
  surfaces.set(base)
  for (const [k, way] of first.ways.entries())
    surfaces.set(
      way.map((value) => value * flow),
      (k + 1) * gridSize,
    )
  return {
    surfaces,
    mean: [1, ...first.ways.map(() => 0)],
    deviation: isKnownCar
      ? [first.carSpread, ...first.ways.map(() => first.carSpread)]
      : [first.flowSpread, ...first.ways.map(() => 1.2)],
    flow,
    isKnownCar,
    modelError: isKnownCar ? first.modelError.known : first.modelError.unknown,
  }
}

/** Mean of a surface near full load: engine speed 0.8 to 1 of the redline, throttle 0.8 and more. */
export function flowOf(surface: ArrayLike<number>): number {
  let sum = 0
  for (let r = 8; r <= 10; r++) sum += surface[r * 7 + 5]! + surface[r * 7 + 6]!
  return sum / 6
}
