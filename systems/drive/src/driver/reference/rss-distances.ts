/** Parameters of Responsibility-Sensitive Safety. */
export interface RssParameters {
  responseS: number
  /** The rear vehicle may accelerate by so much during its response. */
  accelerationMps2: number
  /** It brakes at least so hard then. */
  leastBrakingMps2: number
  /** The front vehicle brakes at most so hard. */
  mostBrakingMps2: number
  lateralAccelerationMps2: number
  lateralBrakingMps2: number
  /** Sideways wandering, μ. */
  wanderingM: number
}

/** Least safe distance behind a vehicle that goes the same way, in m (Shalev-Shwartz and others, arXiv 1708.06374, lemma 2). */
export function rssLongitudinalM(rearMps: number, frontMps: number, p: Readonly<RssParameters>): number {
  const afterMps = rearMps + p.responseS * p.accelerationMps2
  const distance =
    rearMps * p.responseS +
    (p.accelerationMps2 * p.responseS * p.responseS) / 2 +
    (afterMps * afterMps) / (2 * p.leastBrakingMps2) -
    (frontMps * frontMps) / (2 * p.mostBrakingMps2)
  return Math.max(0, distance)
}

/**
 * Least safe distance sideways between two vehicles, in m (lemma 4). Both speeds are towards the other: positive closes the distance.
 */
export function rssLateralM(firstMps: number, secondMps: number, p: Readonly<RssParameters>): number {
  return p.wanderingM + Math.max(0, lateralWay(firstMps, p) + lateralWay(secondMps, p))
}

/** How far one gets towards the other while it responds and then brakes sideways to a stop; negative where it goes away. */
function lateralWay(mps: number, p: Readonly<RssParameters>): number {
  const afterMps = mps + p.responseS * p.lateralAccelerationMps2
  const braking = (afterMps * Math.abs(afterMps)) / (2 * p.lateralBrakingMps2)
  return ((mps + afterMps) / 2) * p.responseS + braking
}
