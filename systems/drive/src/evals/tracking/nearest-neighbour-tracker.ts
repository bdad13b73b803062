import type { DetectionTable, ScanTable } from '../../driver/perception/sensors/scan-table.ts'
import type { TrackSource } from './track-source.ts'

/** White acceleration, and the speed that a new track may have (standard deviation). */
const accelerationDensity = 2
const startSpeedMps = 8
const gateSquare = 9.21
/** A detection so close to a track, but out of its gate, starts no other track. */
const doubleM = 2
const confirmingHits = 5
/** Not confirmed in this time, or not seen for that: gone. */
const tentativeS = 0.15
const forgottenS = 0.8

interface Filter {
  id: number
  timeS: number
  lastSeenS: number
  hits: number
  /** x, y, vx, vy. */
  mean: Float64Array
  covariance: Float64Array
}

/**
 * The usual baseline (Bar-Shalom and Li 1995, ch. 3): a Kalman filter of constant velocity for each track, the nearest detection within the gate, five
 * hits to confirm, and none for 0.8 s to forget. Places only: no speeds, kinds, occlusions or probabilities of detection.
 */
export class NearestNeighbourTracker implements TrackSource {
  #filters: Filter[] = []
  #shown: Filter[] = []
  #nextId = 1

  get count(): number {
    return this.#shown.length
  }

  idOf(track: number): number {
    return (this.#shown[track] as Filter).id
  }

  moments(track: number, mean: Float64Array, covariance: Float64Array): void {
    const filter = this.#shown[track] as Filter
    mean.set(filter.mean)
    covariance.set(filter.covariance)
  }

  step(scans: ScanTable, detections: DetectionTable, timeS: number): void {
    for (let scan = 0; scan < scans.count; scan++) {
      const taken = new Set<Filter>()
      for (let at = scans.first[scan] as number; at < (scans.end[scan] as number); at++)
        this.#take(detections, at, taken)
    }
    this.#filters = this.#filters.filter(({ hits, lastSeenS }) =>
      hits < confirmingHits ? timeS - lastSeenS < tentativeS : timeS - lastSeenS < forgottenS,
    )
    for (const filter of this.#filters) predict(filter, timeS)
    this.#shown = this.#filters.filter(({ hits }) => hits >= confirmingHits)
  }

  #take(detections: DetectionTable, at: number, taken: Set<Filter>): void {
    const timeS = detections.timeS[at] as number
    const x = detections.x[at] as number
    const y = detections.y[at] as number
    const cos = Math.cos(detections.bearing[at] as number)
    const sin = Math.sin(detections.bearing[at] as number)
    const along = (detections.rangeSigmaM[at] as number) ** 2
    const across = ((detections.rangeM[at] as number) * (detections.bearingSigmaRad[at] as number)) ** 2
    const noise: [number, number, number] = [
      along * cos * cos + across * sin * sin,
      (along - across) * cos * sin,
      along * sin * sin + across * cos * cos,
    ]
    let best: Filter | null = null
    let least = gateSquare
    for (const filter of this.#filters) {
      if (taken.has(filter)) continue
      const dx = x - (filter.mean[0] as number)
      const dy = y - (filter.mean[1] as number)
      if (Math.abs(dx) > 20 || Math.abs(dy) > 20) continue
      predict(filter, timeS)
      const square = mahalanobis(filter, x, y, noise)
      if (square >= least) continue
      least = square
      best = filter
    }
    if (best === null) {
      if (this.#filters.some((filter) => filter.hits >= confirmingHits && isNear(filter, x, y))) return
      best = begin(this.#nextId++, timeS, x, y, noise)
      this.#filters.push(best)
    } else {
      update(best, x, y, noise)
      best.hits++
      best.lastSeenS = timeS
    }
    taken.add(best)
  }
}

function begin(
  id: number,
  timeS: number,
  x: number,
  y: number,
  [xx, xy, yy]: [number, number, number],
): Filter {
  const covariance = new Float64Array(16)
  covariance.set([xx, xy], 0)
  covariance.set([xy, yy], 4)
  covariance[10] = startSpeedMps ** 2
  covariance[15] = startSpeedMps ** 2
  return { id, timeS, lastSeenS: timeS, hits: 1, mean: Float64Array.of(x, y, 0, 0), covariance }
}

function predict(filter: Filter, timeS: number): void {
  const dtS = timeS - filter.timeS
  if (dtS <= 0) return
  const { mean, covariance: p } = filter
  filter.timeS = timeS
  const get = (row: number, column: number) => p[4 * row + column] as number
  for (let axis = 0; axis < 2; axis++) mean[axis] = (mean[axis] as number) + dtS * (mean[axis + 2] as number)
  for (let row = 0; row < 2; row++)
    for (let column = 0; column < 4; column++)
      p[4 * row + column] = get(row, column) + dtS * get(row + 2, column)
  for (let row = 0; row < 4; row++)
    for (let column = 0; column < 2; column++)
      p[4 * row + column] = get(row, column) + dtS * get(row, column + 2)
  for (let axis = 0; axis < 2; axis++) {
    p[5 * axis] = get(axis, axis) + (accelerationDensity * dtS ** 3) / 3
    p[5 * axis + 2] = get(axis, axis + 2) + (accelerationDensity * dtS ** 2) / 2
    p[4 * (axis + 2) + axis] = get(axis + 2, axis) + (accelerationDensity * dtS ** 2) / 2
    p[5 * (axis + 2)] = get(axis + 2, axis + 2) + accelerationDensity * dtS
  }
}

function isNear({ mean }: Filter, x: number, y: number): boolean {
  const dx = x - (mean[0] as number)
  const dy = y - (mean[1] as number)
  return dx * dx + dy * dy < doubleM * doubleM
}

function innovation({ covariance: p }: Filter, [xx, xy, yy]: [number, number, number]) {
  const sxx = (p[0] as number) + xx
  const sxy = (p[1] as number) + xy
  const syy = (p[5] as number) + yy
  return { sxx, sxy, syy, determinant: sxx * syy - sxy * sxy }
}

function mahalanobis(filter: Filter, x: number, y: number, noise: [number, number, number]): number {
  const { sxx, sxy, syy, determinant } = innovation(filter, noise)
  const dx = x - (filter.mean[0] as number)
  const dy = y - (filter.mean[1] as number)
  return (dx * dx * syy - 2 * dx * dy * sxy + dy * dy * sxx) / determinant
}

function update(filter: Filter, x: number, y: number, noise: [number, number, number]): void {
  const { mean, covariance: p } = filter
  const { sxx, sxy, syy, determinant } = innovation(filter, noise)
  const dx = x - (mean[0] as number)
  const dy = y - (mean[1] as number)
  const before = Float64Array.from(p)
  for (let row = 0; row < 4; row++) {
    const px = before[4 * row] as number
    const py = before[4 * row + 1] as number
    const kx = (px * syy - py * sxy) / determinant
    const ky = (py * sxx - px * sxy) / determinant
    mean[row] = (mean[row] as number) + kx * dx + ky * dy
    for (let column = 0; column < 4; column++)
      p[4 * row + column] =
        (p[4 * row + column] as number) -
        kx * (before[column] as number) -
        ky * (before[4 + column] as number)
  }
}
