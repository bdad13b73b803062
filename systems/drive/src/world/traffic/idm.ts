/** Hardest braking that tyres give, in m/s². */
export const hardestMps2 = 9
/** Above its desired speed a vehicle slows down by this times its acceleration at most, where nothing is ahead. */
const easeOff = 1.5
/** A gap counts as this at least, so that the model stays finite. */
const leastGapM = 0.1

/**
 * Acceleration of the intelligent driver model in m/s² (Treiber, Hennecke, Helbing 2000, equations 2 and 3): a (1 − (v/v₀)⁴ − (s*∕s)²) with
 * s* = s₀ + max(0, v T + v Δv ∕ (2 √(a b))). `gapM` is from bumper to bumper (Infinity with nobody ahead), `closingMps` Δv is positive while it
 * shrinks, `inverseTwoRoot` is 1 ∕ (2 √(a b)). Never below −9, and easing off by −1.5 a at most where it is merely too fast.
 */
export function idmAcceleration(
  speedMps: number,
  desiredMps: number,
  gapM: number,
  closingMps: number,
  timeGapS: number,
  standstillM: number,
  accelerationMps2: number,
  inverseTwoRoot: number,
): number {
  const ratio = speedMps / desiredMps
  const square = ratio * ratio
  const free = 1 - square * square
  const dynamic = speedMps * (timeGapS + closingMps * inverseTwoRoot)
  const wanted = (standstillM + (dynamic > 0 ? dynamic : 0)) / (gapM > leastGapM ? gapM : leastGapM)
  const acceleration = accelerationMps2 * ((free > -easeOff ? free : -easeOff) - wanted * wanted)
  return acceleration > -hardestMps2 ? acceleration : -hardestMps2
}
