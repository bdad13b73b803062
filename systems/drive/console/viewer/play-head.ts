import { clamp } from '@heavylift/core/math'
/** Where in a replay one is, and how fast it goes on. It knows no clock: every call says the time now, in milliseconds of a steady clock. */
export class PlayHead {
  speed = 1
  #fromS = 0
  #sinceMs = 0
  #playing = false
  #endS = 0

  get isPlaying(): boolean {
    return this.#playing
  }

  /** The longest of the replays that it leads. */
  setEnd(endS: number): void {
    this.#endS = endS
  }

  timeS(nowMs: number): number {
    if (!this.#playing) return this.#fromS
    const timeS = this.#fromS + ((nowMs - this.#sinceMs) / 1000) * this.speed
    if (timeS < this.#endS) return timeS
    this.#playing = false
    this.#fromS = this.#endS
    return this.#endS
  }

  /** From the beginning again where it stands at the end. */
  play(nowMs: number): void {
    if (this.timeS(nowMs) >= this.#endS) this.#fromS = 0
    this.#sinceMs = nowMs
    this.#playing = true
  }

  pause(nowMs: number): void {
    this.#fromS = this.timeS(nowMs)
    this.#playing = false
  }

  seek(timeS: number, nowMs: number): void {
    this.#fromS = clamp(timeS, 0, this.#endS)
    this.#sinceMs = nowMs
  }

  setSpeed(speed: number, nowMs: number): void {
    this.seek(this.timeS(nowMs), nowMs)
    this.speed = speed
  }
}
