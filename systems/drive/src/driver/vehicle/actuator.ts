import { clamp } from '@heavylift/core/math'
/** How a commanded value becomes a real one. */
export interface ActuatorLimits {
  /** Dead time; a whole number of steps is kept. */
  delayS: number
  /** Most change of the value per second. */
  ratePerS: number
  min: number
  max: number
}

/** One actuator: what is asked for comes `delayS` later, no faster than its rate, within its range. */
export class Actuator {
  value = 0
  readonly #limits: ActuatorLimits
  readonly #stepS: number
  /** Ring of commands under way; the oldest is at `next`. */
  readonly #waiting: Float64Array
  #next = 0

  constructor(limits: ActuatorLimits, stepS: number) {
    this.#limits = limits
    this.#stepS = stepS
    this.#waiting = new Float64Array(Math.round(limits.delayS / stepS))
  }

  /** Gives the value after a step. Rates may be passed that are tighter or wider for this step. */
  step(command: number, ratePerS = this.#limits.ratePerS): number {
    const { min, max } = this.#limits
    let wanted = command
    if (this.#waiting.length > 0) {
      wanted = this.#waiting[this.#next] as number
      this.#waiting[this.#next] = command
      this.#next = (this.#next + 1) % this.#waiting.length
    }
    const most = ratePerS * this.#stepS
    const within = clamp(wanted, min, max)
    this.value =
      Math.abs(within - this.value) <= most ? within : this.value + Math.sign(within - this.value) * most
    return this.value
  }
}
