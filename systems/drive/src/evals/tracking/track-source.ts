/** Tracks of one moment, as figures on tracking take them. */
export interface TrackSource {
  /** Tracks that it stands for, by number 0 to `count` − 1. */
  readonly count: number
  idOf(track: number): number
  /** Writes x, y, vx, vy into `mean` and their covariance, row by row, into `covariance`. */
  moments(track: number, mean: Float64Array, covariance: Float64Array): void
}
