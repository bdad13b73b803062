import { createRandom } from '@heavylift/core'
import { logistic } from '@heavylift/core/math'
import type { Floor } from '../floor/floor.ts'

/** Steps that are looked back on, and that are looked ahead: a minute. */
export const horizon = 60
const recent = 15
/** Robot-steps of waiting on a cell within the horizon from which it is congested: a tenth of the time. */
export const congestedFrom = 6
const radii = [1, 3, 6] as const

/** Numbers that tell of a cell: see `CongestionWatch.write`. */
export const featureCount = 5 + 2 * radii.length

/** What has gone on at each cell of late: robots that waited, and that drove in. */
export class CongestionWatch {
  readonly #floor: Floor
  readonly waited: Int32Array
  readonly #waitedLately: Int32Array
  readonly #entered: Int32Array
  readonly #steps: { waits: number[]; entries: number[] }[] = []
  readonly #degree: Uint8Array

  constructor(floor: Floor) {
    this.#floor = floor
    const cells = floor.isFree.length
    this.waited = new Int32Array(cells)
    this.#waitedLately = new Int32Array(cells)
    this.#entered = new Int32Array(cells)
    this.#degree = Uint8Array.from({ length: cells }, (_, cell) =>
      [0, 1, 2, 3].reduce((ways, direction) => ways + (floor.ahead[cell * 4 + direction]! >= 0 ? 1 : 0), 0),
    )
  }

  /** @param states after a step @param actions of the step @param waits steps for which each robot has waited with somewhere to go */
  note(states: Int32Array, actions: Uint8Array, waits: Int32Array): void {
    const now: { waits: number[]; entries: number[] } = { waits: [], entries: [] }
    for (let robot = 0; robot < states.length; robot++) {
      const cell = states[robot]! >> 2
      if (actions[robot] === 0) now.entries.push(cell)
      if (waits[robot]! > 0) now.waits.push(cell)
    }
    this.#steps.push(now)
    for (const cell of now.waits) {
      this.waited[cell]!++
      this.#waitedLately[cell]!++
    }
    for (const cell of now.entries) this.#entered[cell]!++
    for (const cell of this.#steps.at(-1 - recent)?.waits ?? []) this.#waitedLately[cell]!--
    if (this.#steps.length <= horizon) return
    const old = this.#steps.shift()!
    for (const cell of old.waits) this.waited[cell]!--
    for (const cell of old.entries) this.#entered[cell]!--
  }

  /** The features of all free cells, cell by cell. @param states where robots are now */
  write(states: Int32Array): { cells: Int32Array; features: Float64Array } {
    const { isFree, rows, columns } = this.#floor
    const robots = new Int32Array(isFree.length)
    for (const state of states) robots[state >> 2]!++
    const [waits, crowd] = [this.waited, robots].map((counts) => sumsOf(counts, rows, columns)) as [
      BoxSums,
      BoxSums,
    ]
    const cells = Int32Array.from(Array.from(isFree.keys()).filter((cell) => isFree[cell] === 1))
    const features = new Float64Array(cells.length * featureCount)
    for (const [place, cell] of cells.entries()) {
      let at = place * featureCount
      features[at++] = 1
      features[at++] = Math.log1p(this.waited[cell]!)
      features[at++] = Math.log1p(this.#waitedLately[cell]!)
      features[at++] = Math.log1p(this.#entered[cell]!)
      features[at++] = this.#degree[cell]! / 4
      for (const radius of radii) {
        features[at++] = Math.log1p(waits(cell, radius)) / 2
        features[at++] = Math.log1p(crowd(cell, radius))
      }
    }
    return { cells, features }
  }
}

type BoxSums = (cell: number, radius: number) => number

/** Sums over squares around cells, each in the same time (a summed-area table). */
function sumsOf(counts: Int32Array, rows: number, columns: number): BoxSums {
  const table = new Int32Array((rows + 1) * (columns + 1))
  const width = columns + 1
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      table[(row + 1) * width + column + 1] =
        counts[row * columns + column]! +
        table[row * width + column + 1]! +
        table[(row + 1) * width + column]! -
        table[row * width + column]!
  return (cell, radius) => {
    const [row, column] = [Math.floor(cell / columns), cell % columns]
    const [top, left] = [Math.max(0, row - radius), Math.max(0, column - radius)]
    const [bottom, right] = [Math.min(rows, row + radius + 1), Math.min(columns, column + radius + 1)]
    return (
      table[bottom * width + right]! -
      table[top * width + right]! -
      table[bottom * width + left]! +
      table[top * width + left]!
    )
  }
}

/** Moments of runs and what came of them. */
export interface Sample {
  features: Float64Array
  /** 1 where the cell was congested in the minute after. */
  outcome: Uint8Array
  /** 1 where it was in the minute before. */
  before: Uint8Array
}

/** Chance of each cell to be congested in the minute to come: a logistic regression. */
export class CongestionModel {
  readonly #weights: Float64Array

  constructor(weights: Float64Array) {
    this.#weights = weights
  }

  predict(features: Float64Array): Float64Array {
    const weights = this.#weights
    return Float64Array.from({ length: features.length / featureCount }, (_, place) => {
      let sum = 0
      for (let at = 0; at < featureCount; at++) sum += weights[at]! * features[place * featureCount + at]!
      return logistic(sum)
    })
  }
}

export interface LearnOptions {
  passes: number
  /** Weights shrink towards zero by so much, as a share of each step. */
  decay: number
}

/** Learns by steps along the gradient, one cell at a time in an order taken at random; the steps get shorter. */
export function learnCongestion(
  samples: readonly Sample[],
  { passes, decay }: LearnOptions,
): CongestionModel {
  const weights = new Float64Array(featureCount)
  const random = createRandom('congestion')
  const places = samples.flatMap((sample, number) =>
    Array.from({ length: sample.outcome.length }, (_, place) => [number, place] as const),
  )
  const steps = passes * places.length
  for (let step = 0; step < steps; step++) {
    const [number, place] = places[random.int(0, places.length - 1)]!
    const { features, outcome } = samples[number]!
    const from = place * featureCount
    let sum = 0
    for (let at = 0; at < featureCount; at++) sum += weights[at]! * features[from + at]!
    const rate = 0.05 * (1 - step / steps) + 0.0005
    const error = outcome[place]! - logistic(sum)
    for (let at = 0; at < featureCount; at++)
      weights[at]! += rate * (error * features[from + at]! - decay * weights[at]!)
  }
  return new CongestionModel(weights)
}

/** Mean square of chance less outcome. */
export function brierOf(chances: ArrayLike<number>, outcome: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < outcome.length; at++) sum += (chances[at]! - outcome[at]!) ** 2
  return sum / outcome.length
}
