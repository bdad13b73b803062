import { stateSize } from '../../driver/perception/tracking/motion-bank.ts'
import type { Tracker } from '../../driver/perception/tracking/tracker.ts'
import type { TrackSource } from './track-source.ts'

/** The confirmed tracks of a tracker. `refresh` after each of its steps. */
export class ConfirmedTracks implements TrackSource {
  count = 0
  readonly #tracker: Tracker
  readonly #rows: Int32Array

  constructor(tracker: Tracker) {
    this.#tracker = tracker
    this.#rows = new Int32Array(tracker.store.capacity)
  }

  refresh(): void {
    const { store } = this.#tracker
    this.count = 0
    for (let row = 0; row < store.count; row++)
      if (store.isConfirmed[row] === 1) this.#rows[this.count++] = row
  }

  idOf(track: number): number {
    return this.#tracker.store.id[this.#rows[track] as number] as number
  }

  moments(track: number, mean: Float64Array, covariance: Float64Array): void {
    const { bank } = this.#tracker.store
    const row = this.#rows[track] as number
    for (let one = 0; one < 4; one++) {
      mean[one] = bank.mean[row * stateSize + one] as number
      for (let other = 0; other < 4; other++)
        covariance[4 * one + other] = bank.spread[(row * stateSize + one) * stateSize + other] as number
    }
  }
}
