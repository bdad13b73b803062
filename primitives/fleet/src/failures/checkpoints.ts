import type { Random } from '@heavylift/core'

export interface CheckpointModel {
  /** Mean time between failures of the whole job. */
  mtbfS: number
  /** To write a checkpoint, while nothing else goes on. */
  costS: number
  /** From a failure until work goes on: to notice it, to get a machine, to load the checkpoint. */
  restartS: number
}

/** Young's interval, √(2·C·M): "A first order approximation to the optimum checkpoint interval" (CACM 1974). */
export function youngIntervalS({ mtbfS, costS }: CheckpointModel): number {
  return Math.sqrt(2 * costS * mtbfS)
}

/**
 * Part of the time that is work which lasts, by playing failures (exponential) against checkpoints every `intervalS` of work. The same
 * random stream gives the same failures to each interval, so that intervals can be compared.
 */
export function playCheckpoints(
  model: CheckpointModel,
  intervalS: number,
  failures: number,
  random: Random,
): number {
  let workS = 0
  let timeS = 0
  for (let i = 0; i < failures; i++) {
    const upS = -Math.log(1 - random.next()) * model.mtbfS
    workS += Math.floor(upS / (intervalS + model.costS)) * intervalS
    timeS += upS + model.restartS
  }
  return workS / timeS
}

/** As `playCheckpoints`, on times between failures that were recorded. */
export function playRecorded(
  { costS, restartS }: Pick<CheckpointModel, 'costS' | 'restartS'>,
  intervalS: number,
  gapsS: readonly number[],
): number {
  let workS = 0
  let timeS = 0
  for (const gapS of gapsS) {
    // Who fails while it comes back begins again to come back.
    workS += Math.floor(Math.max(0, gapS - restartS) / (intervalS + costS)) * intervalS
    timeS += gapS
  }
  return timeS === 0 ? 0 : workS / timeS
}

/** The interval at which the played goodput is highest: the top of a parabola through intervals around Young's. */
export function bestIntervalS(
  model: CheckpointModel,
  failures: number,
  makeRandom: () => Random,
): { intervalS: number; goodput: number } {
  const young = youngIntervalS(model)
  const points = Array.from({ length: 25 }, (_, i) => {
    const x = -0.9 + (1.8 * i) / 24
    return { x, y: playCheckpoints(model, young * Math.exp(x), failures, makeRandom()) }
  })
  // Loss grows as the ratio and its inverse: least squares on 1, e^x and e^−x has its top where the two are even.
  const sums = Array.from({ length: 3 }, () => [0, 0, 0, 0])
  for (const { x, y } of points) {
    const row = [1, Math.exp(x), Math.exp(-x)]
    for (let i = 0; i < 3; i++) {
      for (let k = 0; k < 3; k++) sums[i]![k]! += row[i]! * row[k]!
      sums[i]![3]! += row[i]! * y
    }
  }
  const [, up, down] = solve(sums)
  const intervalS = young * Math.sqrt(down! / up!)
  return { intervalS, goodput: playCheckpoints(model, intervalS, failures, makeRandom()) }
}

/** Gauss with pivots; the last column is the right side. */
function solve(rows: number[][]): number[] {
  const size = rows.length
  for (let i = 0; i < size; i++) {
    const pivot = rows
      .slice(i)
      .reduce((best, row, k) => (Math.abs(row[i]!) > Math.abs(rows[best]![i]!) ? i + k : best), i)
    ;[rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!]
    for (let k = 0; k < size; k++) {
      if (k === i) continue
      const factor = rows[k]![i]! / rows[i]![i]!
      for (let j = i; j <= size; j++) rows[k]![j]! -= factor * rows[i]![j]!
    }
  }
  return rows.map((row, i) => row[size]! / row[i]!)
}
