import type { Random } from '@heavylift/core'
import type { DelayRules } from '../problem/problem.ts'

/** Delays of robots as the rules of 2026 draw them, tick by tick; planners see who is delayed, not for how long. */
export class Delays {
  readonly #rules: DelayRules
  readonly #random: Random
  /** Ticks that each robot is delayed yet. */
  readonly left: Int32Array
  begun = 0

  constructor(rules: DelayRules, robots: number, random: Random) {
    this.#rules = rules
    this.#random = random
    this.left = new Int32Array(robots)
  }

  /** Goes on by a tick: ends delays, and draws new ones among the robots that have none. */
  next(): void {
    const { event, probability } = this.#rules
    const free: number[] = []
    for (let robot = 0; robot < this.left.length; robot++) {
      if (this.left[robot]! > 0) this.left[robot]!--
      if (this.left[robot] === 0) free.push(robot)
    }
    const delayed =
      event === 'bernoulli'
        ? free.filter(() => this.#random.chance(probability))
        : this.#random.sample(
            free,
            Math.min(free.length, this.#random.poisson(this.left.length * probability)),
          )
    for (const robot of delayed) this.left[robot] = this.#duration()
    this.begun += delayed.length
  }

  #duration(): number {
    const { least, most, duration, meanShare, deviationShare } = this.#rules
    if (duration === 'uniform') return this.#random.int(least, most)
    const span = most - least
    const drawn = least + span * meanShare + span * deviationShare * this.#random.normal()
    return Math.min(most, Math.max(least, Math.round(drawn)))
  }
}
