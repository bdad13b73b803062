import { ReactionClock } from './reference-driver.ts'
import type { CutInView, ReferenceDriver } from './reference-driver.ts'

/**
 * UN R157, 5.2.5.2: the reference point is where the other's tyre is 0.3 m over the marking. In lanes of 3.5 m with bodies of 1.9 m in their
 * middle that leaves 0.5 m between the bodies.
 */
const marginM = 0.5
/** The time to collision that has to suffice is v / (2 · 6 m/s²) + 0.35 s. */
const delayS = 0.35
const brakingMps2 = 6

/** What 5.2.5.2 of UN R157 asks of a system, as a driver: full braking 0.35 s after the other has come over the marking. */
export class RegulationDriver implements ReferenceDriver {
  readonly #delay = new ReactionClock(delayS)

  step(view: Readonly<CutInView>, stepS: number): number {
    if (!this.#delay.isRunning && view.clearM > marginM) return 0
    const hasReacted = this.#delay.hasPassed(stepS)
    return hasReacted && view.egoSpeedMps > view.otherSpeedMps ? -brakingMps2 : 0
  }
}
