import { criticalFuzzySafety, fuzzySafety, proactiveFuzzySafety } from './fuzzy-metrics.ts'
import { ReactionClock } from './reference-driver.ts'
import type { CutInView, ReferenceDriver } from './reference-driver.ts'

/** UN R157, performance model 2: seconds by which the other may come later than the ego is past it. */
const lateralHorizonS = 0.1
const jerkMps3 = 12.65

/**
 * The fuzzy safety model (UN R157, performance model 2; Mattas and others 2020): a lateral check, two fuzzy metrics, and braking between
 * comfortable and hard by how unsafe it is, after the reaction time.
 */
export class FuzzyDriver implements ReferenceDriver {
  readonly #reaction = new ReactionClock(fuzzySafety.reactionS)
  #brakingMps2 = 0

  step(view: Readonly<CutInView>, stepS: number): number {
    const { comfortMps2, hardestMps2 } = fuzzySafety
    const { gapM, egoSpeedMps, otherSpeedMps } = view
    let wanted = 0
    if (mayMeet(view)) {
      const critical = criticalFuzzySafety(gapM, egoSpeedMps, otherSpeedMps, -this.#brakingMps2)
      wanted =
        critical > 0
          ? comfortMps2 + critical * (hardestMps2 - comfortMps2)
          : proactiveFuzzySafety(gapM, egoSpeedMps, otherSpeedMps) * comfortMps2
    }
    if (wanted === 0) this.#reaction.reset()
    const target = wanted > 0 && this.#reaction.hasPassed(stepS) ? wanted : 0
    this.#brakingMps2 = Math.min(target, this.#brakingMps2 + jerkMps3 * stepS)
    return -this.#brakingMps2
  }
}

/** The lateral safety check: it is in the way already, or gets there before the ego is past it. */
function mayMeet(view: Readonly<CutInView>): boolean {
  const { clearM, closingMps, egoSpeedMps, otherSpeedMps } = view
  if (clearM <= 0) return true
  if (closingMps <= 0 || egoSpeedMps <= otherSpeedMps) return false
  const pastS = (view.gapM + view.lengthsM) / (egoSpeedMps - otherSpeedMps)
  return clearM / closingMps < pastS + lateralHorizonS
}
