import { ReactionClock } from './reference-driver.ts'
import type { CutInView, ReferenceDriver } from './reference-driver.ts'

/** UN R157, Annex 4, appendix 3: the factors of the attentive human driver. */
const wanderingM = 0.375
/** Risk perception of 0.4 s at the highest sideways speed seen in traffic, 1.8 m/s. */
const perceptionM = 0.72
const delayS = 0.75
const criticalTtcS = 2
const releaseMps2 = 0.4
const hardestMps2 = 0.774 * 9.81
/** Full braking after 0.6 s. */
const jerkMps3 = 12.65

/** Between which points of the vehicles the time to collision is taken; the appendix does not say. */
export type TtcPoints = 'centres' | 'bumpers'

/**
 * The competent and careful human driver of UN R157. It perceives a cut-in once the other's centre has left the wandering zone by the perception
 * distance, takes its foot off, and brakes fully from 0.75 s later on as soon as the time to collision is below 2 s, until it is the slower one.
 */
export class CompetentDriver implements ReferenceDriver {
  readonly #points: TtcPoints
  readonly #delay = new ReactionClock(delayS)
  #brakingMps2 = 0

  constructor(points: TtcPoints = 'bumpers') {
    this.#points = points
  }

  step(view: Readonly<CutInView>, stepS: number): number {
    const { egoSpeedMps, otherSpeedMps, gapM, lengthsM } = view
    const isPerceived = view.clearM < 0 || view.offCentreM > wanderingM + perceptionM
    if (!this.#delay.isRunning && !isPerceived) return 0
    const hasReacted = this.#delay.hasPassed(stepS)
    const closing = egoSpeedMps - otherSpeedMps
    if (closing <= 0) {
      this.#brakingMps2 = 0
      return 0
    }
    const distance = this.#points === 'centres' ? gapM + lengthsM / 2 : gapM
    const isCritical = distance < criticalTtcS * closing
    if (!hasReacted || !(isCritical || this.#brakingMps2 > 0)) return -releaseMps2
    this.#brakingMps2 = Math.min(hardestMps2, Math.max(this.#brakingMps2, releaseMps2) + jerkMps3 * stepS)
    return -this.#brakingMps2
  }
}
