/** Fixed part of a first byte's time, so that lateness of short prompts is not noise. */
export const BASE_MS = 100
const LATENESS_SHARE = 0.1

/** First bytes of one kind of answer at one replica: of streams, which begin soon, or of answers in one piece. */
export class FirstBytes {
  /** How late they come for the work asked: 1 is as the configured rate says. Null until one came. */
  lateness: number | null = null
  count = 0
  /** Requests that have none yet. */
  waiting = 0
  /** What those should take, one after another, at the configured rate. */
  waitingMs = 0
  /** When one came, or there began to be something to come. */
  lastSignMs = 0
  lastMs = -Infinity

  began(workMs: number, nowMs: number): void {
    if (this.waiting === 0) this.lastSignMs = nowMs
    this.waiting++
    this.waitingMs += workMs
  }

  came(workMs: number, lateness: number, nowMs: number): void {
    this.ended(workMs)
    this.lastSignMs = nowMs
    this.lastMs = nowMs
    this.lateness =
      this.lateness === null ? lateness : this.lateness + LATENESS_SHARE * (lateness - this.lateness)
    this.count++
  }

  /** None comes for one that waited. */
  ended(workMs: number): void {
    this.waiting--
    this.waitingMs = this.waiting === 0 ? 0 : this.waitingMs - workMs
  }

  forget(): void {
    this.lateness = null
    this.count = 0
  }
}
