import { signalStates } from '../../world/scene/signal-table.ts'
import type { PlanInput } from './planner.ts'
import { planStepS } from './plan.ts'

/** For amber one brakes as hard as this, not harder (a usual dilemma-zone bound); for red harder. */
const amberMps2 = 3
const redMps2 = 7
/** At a stop sign one stands this near to the line for this long. */
const standM = 3
const standS = 0.5
const standMps = 0.15
/** A line that the bumper is over by more than this has been passed. */
const overM = 2

/** Which stop lines hold now, of lights and of signs, and what has been decided at them. */
export class StopControl {
  readonly #stoodS = new Map<number, number>()
  /** Lines that an amber was too late for. */
  readonly #isLate = new Set<number>()

  /** Place along the route where the front bumper has to stop; infinite where it may drive on. */
  wall(input: PlanInput, frontS: number): number {
    const { map, signals, ego } = input
    for (const [index, { s, head }] of map.lines.entries()) {
      const toLine = s - frontS
      if (toLine < -overM) continue
      if (toLine > 150) return Infinity
      const holds =
        head < 0
          ? this.#signHolds(index, toLine, ego.speedMps)
          : this.#lightHolds(index, signals.state[head] as number, toLine, ego.speedMps)
      if (holds) return Math.max(s, frontS)
    }
    return Infinity
  }

  #signHolds(index: number, toLine: number, speedMps: number): boolean {
    const stood = this.#stoodS.get(index) ?? 0
    if (stood >= standS) return false
    if (toLine < 0 && speedMps > 1) return false
    if (toLine < standM && Math.abs(speedMps) < standMps) this.#stoodS.set(index, stood + planStepS)
    return true
  }

  #lightHolds(index: number, state: number, toLine: number, speedMps: number): boolean {
    if (state !== signalStates.red && state !== signalStates.amber) {
      this.#isLate.delete(index)
      return false
    }
    if (this.#isLate.has(index)) return false
    const most = state === signalStates.red ? redMps2 : amberMps2
    if (speedMps * speedMps <= 2 * most * Math.max(toLine, 0.3) || speedMps < 1) return true
    this.#isLate.add(index)
    return false
  }
}
