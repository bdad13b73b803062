import { wrapAngle } from '@heavylift/core/math'
import type { SirenTable } from '../sensors/scan-table.ts'

const most = 8
/** How fast the direction of a siren may wander, and how far off a bearing may be and still be the same siren. */
const wanderRadps = 0.25
const gateSigmas = 3.5
/** Heard so often it counts; unheard for so long it is gone. */
const confirmingHits = 3
const forgottenS = 1.6

/** Directions from which sirens come. Bearings are of the world, from the vehicle; distances are not known. */
export class SirenBearings {
  count = 0
  readonly bearing = new Float64Array(most)
  readonly sigmaRad = new Float64Array(most)
  readonly levelDb = new Float64Array(most)
  /** 1 while it gets louder. */
  readonly isApproaching = new Uint8Array(most)
}

/** Follows sirens by their bearings: a Kalman filter on the circle for each, nearest first; single noises are not taken for sirens. */
export class SirenTracker {
  readonly heard = new SirenBearings()
  #count = 0
  readonly #bearing = new Float64Array(most)
  readonly #variance = new Float64Array(most)
  readonly #levelDb = new Float64Array(most)
  readonly #trend = new Float64Array(most)
  readonly #timeS = new Float64Array(most)
  readonly #lastHeardS = new Float64Array(most)
  readonly #hits = new Int32Array(most)

  step(sirens: SirenTable, timeS: number): void {
    for (let at = 0; at < sirens.count; at++) this.#take(sirens, at)
    for (let one = this.#count - 1; one >= 0; one--)
      if (timeS - (this.#lastHeardS[one] as number) > forgottenS) this.#remove(one)
    const { heard } = this
    heard.count = 0
    for (let one = 0; one < this.#count; one++) {
      if ((this.#hits[one] as number) < confirmingHits) continue
      const at = heard.count++
      heard.bearing[at] = this.#bearing[one] as number
      const wait = timeS - (this.#timeS[one] as number)
      heard.sigmaRad[at] = Math.sqrt((this.#variance[one] as number) + (wanderRadps * wait) ** 2)
      heard.levelDb[at] = this.#levelDb[one] as number
      heard.isApproaching[at] = (this.#trend[one] as number) > 0 ? 1 : 0
    }
  }

  #take(sirens: SirenTable, at: number): void {
    const timeS = sirens.timeS[at] as number
    const noise = (sirens.bearingSigmaRad[at] as number) ** 2
    let best = -1
    let least = gateSigmas * gateSigmas
    for (let one = 0; one < this.#count; one++) {
      const off = this.#off(one, sirens.bearing[at] as number)
      const variance = this.#varianceAt(one, timeS) + noise
      if ((off * off) / variance >= least) continue
      least = (off * off) / variance
      best = one
    }
    if (best < 0) {
      if (this.#count === most) return
      const one = this.#count++
      this.#bearing[one] = sirens.bearing[at] as number
      this.#variance[one] = noise
      this.#levelDb[one] = sirens.levelDb[at] as number
      this.#trend[one] = 0
      this.#timeS[one] = timeS
      this.#lastHeardS[one] = timeS
      this.#hits[one] = 1
      return
    }
    const variance = this.#varianceAt(best, timeS)
    const gain = variance / (variance + noise)
    this.#bearing[best] = wrapAngle(
      (this.#bearing[best] as number) + gain * this.#off(best, sirens.bearing[at] as number),
    )
    this.#variance[best] = (1 - gain) * variance
    const louder = (sirens.levelDb[at] as number) - (this.#levelDb[best] as number)
    this.#levelDb[best] = (this.#levelDb[best] as number) + 0.2 * louder
    this.#trend[best] = 0.9 * (this.#trend[best] as number) + 0.1 * louder
    this.#timeS[best] = timeS
    this.#lastHeardS[best] = timeS
    this.#hits[best] = (this.#hits[best] as number) + 1
  }

  #off(one: number, bearing: number): number {
    return wrapAngle(bearing - (this.#bearing[one] as number))
  }

  #varianceAt(one: number, timeS: number): number {
    return (this.#variance[one] as number) + (wanderRadps * (timeS - (this.#timeS[one] as number))) ** 2
  }

  #remove(one: number): void {
    const last = --this.#count
    const arrays = [
      this.#bearing,
      this.#variance,
      this.#levelDb,
      this.#trend,
      this.#timeS,
      this.#lastHeardS,
      this.#hits,
    ]
    for (const array of arrays) array[one] = array[last] as number
  }
}
