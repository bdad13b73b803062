import { ReactionClock } from './reference-driver.ts'
import type { CutInView, ReferenceDriver } from './reference-driver.ts'
import { rssLateralM, rssLongitudinalM } from './rss-distances.ts'
import type { RssParameters } from './rss-distances.ts'

/** Values of the comparison of reference models for UN R157. */
export const rssReference: RssParameters = {
  responseS: 0.75,
  accelerationMps2: 3,
  leastBrakingMps2: 6,
  mostBrakingMps2: 6,
  lateralAccelerationMps2: 1,
  lateralBrakingMps2: 1,
  wanderingM: 0.3,
}

/**
 * Responsibility-Sensitive Safety as a driver: the situation is dangerous while both distances are below the least safe ones; after the
 * response time it brakes for as long as that lasts (arXiv 1708.06374, proper response).
 */
export class RssDriver implements ReferenceDriver {
  readonly #response = new ReactionClock(rssReference.responseS)

  step(view: Readonly<CutInView>, stepS: number): number {
    const isDangerous =
      view.gapM > -view.lengthsM &&
      view.gapM < rssLongitudinalM(view.egoSpeedMps, view.otherSpeedMps, rssReference) &&
      view.clearM < rssLateralM(0, view.closingMps, rssReference)
    if (!isDangerous) {
      this.#response.reset()
      return 0
    }
    return this.#response.hasPassed(stepS) ? -rssReference.leastBrakingMps2 : 0
  }
}
