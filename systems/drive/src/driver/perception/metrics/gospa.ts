import { Assignment } from '../tracking/assignment.ts'

/** Parts of a GOSPA distance, each as its share of the sum under the root (to the power of `p`). */
export interface Gospa {
  distance: number
  localisation: number
  missed: number
  false: number
  missedCount: number
  falseCount: number
}

/**
 * Generalised optimal sub-pattern assignment between true and estimated points x, y, x, y, … with α = 2 (Rahmathullah, García-Fernández, Svensson
 * 2017): the best assignment's distances, and (cutoff^p)/2 for each point that is missed or false. Distances beyond `cutoffM` assign nothing.
 */
export class GospaMetric {
  readonly #cutoffM: number
  readonly #power: number
  readonly #assignment = new Assignment()
  #costs = new Float64Array(0)

  constructor(cutoffM: number, power: number) {
    this.#cutoffM = cutoffM
    this.#power = power
  }

  measure(truth: Float64Array, truthCount: number, estimates: Float64Array, estimateCount: number): Gospa {
    const unassigned = this.#cutoffM ** this.#power
    const size = truthCount + estimateCount
    if (this.#costs.length < size * size) this.#costs = new Float64Array(size * size)
    const costs = this.#costs
    // Each truth may stay alone in a column of its own, each estimate in a row of its own; both cost half a cutoff.
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++) {
        const at = row * size + column
        if (row < truthCount && column < estimateCount) {
          const dx = (truth[2 * row] as number) - (estimates[2 * column] as number)
          const dy = (truth[2 * row + 1] as number) - (estimates[2 * column + 1] as number)
          costs[at] = Math.min(Math.sqrt(dx * dx + dy * dy) ** this.#power, unassigned)
        } else costs[at] = row >= truthCount && column >= estimateCount ? 0 : unassigned / 2
      }
    this.#assignment.solve(costs, size, size)
    let localisation = 0
    let matched = 0
    for (let row = 0; row < truthCount; row++) {
      const column = this.#assignment.columnOf[row] as number
      const cost = costs[row * size + column] as number
      if (column >= estimateCount || cost >= unassigned) continue
      localisation += cost
      matched++
    }
    const missedCount = truthCount - matched
    const falseCount = estimateCount - matched
    const missed = (missedCount * unassigned) / 2
    const false_ = (falseCount * unassigned) / 2
    return {
      distance: (localisation + missed + false_) ** (1 / this.#power),
      localisation,
      missed,
      false: false_,
      missedCount,
      falseCount,
    }
  }
}
