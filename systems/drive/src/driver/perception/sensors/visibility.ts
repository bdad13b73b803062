/** Bodies on the ground, by row. `AgentTable` is one; the tracker's tracks are another. */
export interface Bodies {
  readonly count: number
  readonly isPresent: Uint8Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly heading: Float64Array
  readonly lengthM: Float64Array
  readonly widthM: Float64Array
  readonly heightM: Float64Array
}

const binCount = 720
const binRad = (2 * Math.PI) / binCount

/**
 * How much of each body a sensor sees, with the bodies in front of it. The horizon is cut into bins of half a degree; from the nearest body to the
 * farthest, each bin keeps the steepest slope that is blocked, so that a lorry is still seen over a car.
 */
export class Visibility {
  /** By row, of the last look: share of the body's face that is seen, 0 outside of reach. */
  readonly share: Float64Array
  /** From the sensor to the centre of the body, and its direction in the world. */
  readonly distanceM: Float64Array
  readonly bearing: Float64Array
  /** Width of the body as an angle. */
  readonly widthRad: Float64Array
  /** Rows in reach, nearest first. */
  readonly rows: Int32Array
  count = 0
  readonly #blocked = new Float64Array(binCount)

  constructor(capacity: number) {
    this.share = new Float64Array(capacity)
    this.distanceM = new Float64Array(capacity)
    this.bearing = new Float64Array(capacity)
    this.widthRad = new Float64Array(capacity)
    this.rows = new Int32Array(capacity)
  }

  /**
   * Looks from (x, y, up) at all bodies but `skip` whose centre is within reach. `candidates` are the rows to look at (all where it is null).
   * `heading` and `fieldOfViewRad` bound what is looked at; what lies outside does not hide anything inside.
   */
  look(
    bodies: Bodies,
    skip: number,
    x: number,
    y: number,
    up: number,
    heading: number,
    fieldOfViewRad: number,
    rangeM: number,
    candidates: Int32Array | null = null,
    candidateCount = 0,
  ): void {
    const { share, distanceM, bearing, rows } = this
    const reach = rangeM * rangeM
    const isAllRound = fieldOfViewRad > 6.28
    const half = fieldOfViewRad / 2
    const cosHeading = Math.cos(heading)
    const sinHeading = Math.sin(heading)
    const total = candidates ? candidateCount : bodies.count
    let count = 0
    for (let at = 0; at < total; at++) {
      const row = candidates ? (candidates[at] as number) : at
      share[row] = 0
      if (row === skip || bodies.isPresent[row] === 0) continue
      const dx = (bodies.x[row] as number) - x
      const dy = (bodies.y[row] as number) - y
      const square = dx * dx + dy * dy
      if (square > reach) continue
      const ahead = dx * cosHeading + dy * sinHeading
      const left = dy * cosHeading - dx * sinHeading
      const distance = Math.sqrt(square)
      const side = Math.atan2(left, ahead)
      // A body at the edge of the view still hides what is inside, so it is looked at when any part of it may be in view.
      const halfLength = (bodies.lengthM[row] as number) / 2
      if (!isAllRound && Math.abs(side) > half + Math.min(1.5, halfLength / Math.max(distance, 0.5))) continue
      distanceM[row] = distance
      bearing[row] = heading + side
      let place = count++
      while (place > 0 && (distanceM[rows[place - 1] as number] as number) > distance) {
        rows[place] = rows[place - 1] as number
        place--
      }
      rows[place] = row
    }
    this.count = count
    this.#blocked.fill(-Infinity)
    for (let at = 0; at < count; at++) this.#cover(bodies, rows[at] as number, up, heading, half, isAllRound)
  }

  #cover(bodies: Bodies, row: number, up: number, heading: number, half: number, isAllRound: boolean): void {
    const distance = Math.max(this.distanceM[row] as number, 0.3)
    const toward = this.bearing[row] as number
    const turn = (bodies.heading[row] as number) - toward
    const cos = Math.cos(turn)
    const sin = Math.sin(turn)
    const halfLength = (bodies.lengthM[row] as number) / 2
    const halfWidth = (bodies.widthM[row] as number) / 2
    // Corners in the frame whose x points from the sensor to the centre: the widest angles to both sides.
    let low = Infinity
    let high = -Infinity
    for (let corner = 0; corner < 4; corner++) {
      const along = corner < 2 ? halfLength : -halfLength
      const across = corner % 2 === 0 ? halfWidth : -halfWidth
      const ahead = distance + along * cos - across * sin
      const left = along * sin + across * cos
      const angle =
        ahead > 0.1
          ? left < ahead && -left < ahead
            ? slimAtan(left / ahead)
            : Math.atan2(left, ahead)
          : left > 0
            ? Math.PI / 2
            : -Math.PI / 2
      if (angle < low) low = angle
      if (angle > high) high = angle
    }
    this.widthRad[row] = high - low
    const top = ((bodies.heightM[row] as number) - up) / distance
    const bottom = -up / distance
    const first = Math.floor((toward + low) / binRad)
    const last = Math.floor((toward + high) / binRad)
    const blocked = this.#blocked
    let seen = 0
    for (let index = first; index <= last; index++) {
      const bin = ((index % binCount) + binCount) % binCount
      const until = blocked[bin] as number
      if (top <= until) continue
      seen += until <= bottom ? 1 : (top - until) / (top - bottom)
      blocked[bin] = top
    }
    const side = toward - heading
    const isInView = isAllRound || Math.abs(side) <= half
    this.share[row] = isInView ? seen / (last - first + 1) : 0
  }
}

/** Arc tangent of −1 to 1 to 1e-3 rad (Rajan et al. 2006, "Efficient approximations for the arctangent function"): a fraction of a bin. */
function slimAtan(value: number): number {
  const size = Math.abs(value)
  return (Math.PI / 4) * value - value * (size - 1) * (0.2447 + 0.0663 * size)
}
