import type { Playback } from '../playback/playback.ts'

/** A stretch of event time that a recap shows. */
export interface Cut {
  startMs: number
  endMs: number
}

/**
 * Plays the cuts of a recap one after the other on a match's play head, and then lets it go to live. States: idle → (`start`)
 * showing a cut → (its end) the next one → (the last one's end, or `skip`) idle, with the head at live.
 */
export class CutPlayer {
  readonly #playback: Playback
  readonly #cuts: readonly Cut[]
  /** Cuts that end before this have no picture any more, and are passed over. */
  readonly #firstPictureMs: number
  /** Index of the cut that is shown; null when idle. */
  #showing: number | null = null

  constructor(playback: Playback, cuts: readonly Cut[], firstPictureMs: number) {
    this.#playback = playback
    this.#cuts = cuts
    this.#firstPictureMs = firstPictureMs
  }

  get durationMs(): number {
    return this.#cuts.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)
  }

  /** Begins at `fromMs` of the recap, by default at its start. */
  start(nowMs: number, fromMs = 0): void {
    let left = fromMs
    for (const [index, { startMs, endMs }] of this.#cuts.entries()) {
      const durationMs = endMs - startMs
      if (left < durationMs && endMs > this.#firstPictureMs) {
        this.#show(index, startMs + left, nowMs)
        return
      }
      left = Math.max(0, left - durationMs)
    }
    this.skip()
  }

  /** To live, at once. */
  skip(): void {
    this.#showing = null
    this.#playback.toLive()
  }

  /** Looks whether the cut is over; to be called several times a second. */
  tick(nowMs: number): void {
    if (this.#showing === null) return
    const { mode, atMs } = this.#playback.state(nowMs)
    const cut = this.#cuts[this.#showing]!
    if (mode === 'live') this.#showing = null
    else if (atMs !== null && atMs >= cut.endMs) {
      const next = this.#cuts[this.#showing + 1]
      if (next) this.#show(this.#showing + 1, next.startMs, nowMs)
      else this.skip()
    }
  }

  /** How far into the recap the head is, milliseconds; null when idle. */
  positionMs(nowMs: number): number | null {
    if (this.#showing === null) return null
    const cut = this.#cuts[this.#showing]!
    const before = this.#cuts
      .slice(0, this.#showing)
      .reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)
    const { atMs } = this.#playback.state(nowMs)
    return before + Math.min(Math.max(0, (atMs ?? cut.startMs) - cut.startMs), cut.endMs - cut.startMs)
  }

  #show(index: number, atMs: number, nowMs: number): void {
    this.#showing = index
    this.#playback.seek(atMs, nowMs)
    this.#playback.play(1, nowMs)
  }
}
