import { signalStates } from '../../world/scene/signal-table.ts'
import type { PlanInput } from './planner.ts'
import { planStepS } from './plan.ts'

/** For amber one brakes as hard as this without a thought; harder only where one would not be across in the least time that a light is amber, with some to spare. */
const amberMps2 = 3
const amberS = 2.5
/** Brakes take so long to build up comfortably. */
const rampS = 0.5
const heldUpMps2 = 1.5
/** Of the road's grip, what a stop for a light may take. */
const gripShare = 0.9
const gravityMps2 = 9.81
/** At a stop sign one stands this near to the line for this long. */
const standM = 3
const standS = 0.5
const standMps = 0.15
/** A line that the bumper is over by more than this has been passed. */
const overM = 2

/** Which stop lines hold now, of lights and of signs, and what has been decided at them. */
export class StopControl {
  readonly #stoodS = new Map<number, number>()
  /** What was decided at each line when its light turned: whether to stop. It stands until the light is green. */
  readonly #stops = new Map<number, boolean>()

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
          : this.#lightHolds(index, signals.state[head] as number, toLine, input)
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

  #lightHolds(index: number, state: number, toLine: number, { ego, environment }: PlanInput): boolean {
    if (state !== signalStates.red && state !== signalStates.amber) {
      this.#stops.delete(index)
      return false
    }
    const { speedMps } = ego
    const decided = this.#stops.get(index)
    // Who meant to be across and was held up stops after all, where that is no effort.
    const isHeldUp = state === signalStates.red && speedMps * speedMps <= 2 * heldUpMps2 * toLine
    if (decided !== undefined && !(decided === false && isHeldUp)) return decided
    const isSoon = state === signalStates.amber && toLine < amberS * speedMps
    const most = Math.min(isSoon ? amberMps2 : Infinity, gripShare * gravityMps2 * environment.friction)
    const toBrake = toLine - (isSoon ? rampS * speedMps : 0)
    const stops = speedMps * speedMps <= 2 * most * Math.max(toBrake, 0.3) || speedMps < 1
    this.#stops.set(index, stops)
    return stops
  }
}
