import type { Clock } from '@heavylift/core'

/** What has come of one feed (the events of one match) since this server started. */
export interface FeedPulse {
  /** Newest event time that was taken. */
  newestEventMs: number
  lastArrivalMs: number
  /** Event time less arrival of the last event: how far the feed's clock is from this server's, and how long it was on its way. */
  skewMs: number
  accepted: number
  duplicates: number
}

interface ClockBounds {
  /** An event further ahead of this server's clock is refused. */
  aheadOfClockMs: number
  /** An event further ahead of the newest one of its match is refused: every event behind it would count as late. */
  aheadOfMatchMs: number
}

const usualClockBounds: ClockBounds = { aheadOfClockMs: 3_600_000, aheadOfMatchMs: 43_200_000 }

/** Feeds that are remembered; the one longest silent is forgotten first. */
const feedsKept = 2_000

/** Knows of every feed how far its clock has come, so that one wrong event cannot set it forward for good. */
export class FeedHealth {
  readonly #pulses = new Map<string, FeedPulse>()
  readonly #clock: Pick<Clock, 'nowMs'>
  readonly #bounds: ClockBounds

  constructor(clock: Pick<Clock, 'nowMs'>, bounds: ClockBounds = usualClockBounds) {
    this.#clock = clock
    this.#bounds = bounds
  }

  /** Why an event's time cannot be believed; null when it can. `key`: `<tenant>/<match>`. */
  faultOf(key: string, eventTimeMs: number): string | null {
    const aheadMs = eventTimeMs - this.#clock.nowMs()
    if (aheadMs > this.#bounds.aheadOfClockMs)
      return `"clocks.eventTimeMs" is ${words(aheadMs)} ahead of this server's clock; live.aheadOfClockMs allows ${words(this.#bounds.aheadOfClockMs)}.`
    const newest = this.#pulses.get(key)?.newestEventMs
    if (newest !== undefined && eventTimeMs - newest > this.#bounds.aheadOfMatchMs)
      return `"clocks.eventTimeMs" is ${words(eventTimeMs - newest)} ahead of the match's newest event; live.aheadOfMatchMs allows ${words(this.#bounds.aheadOfMatchMs)}.`
    return null
  }

  /** Notes an event that is about to be appended. */
  saw(key: string, eventTimeMs: number): void {
    const nowMs = this.#clock.nowMs()
    const pulse = this.#pulses.get(key) ?? {
      newestEventMs: eventTimeMs,
      lastArrivalMs: nowMs,
      skewMs: 0,
      accepted: 0,
      duplicates: 0,
    }
    pulse.newestEventMs = Math.max(pulse.newestEventMs, eventTimeMs)
    pulse.lastArrivalMs = nowMs
    pulse.skewMs = eventTimeMs - nowMs
    // Newest last, so that the first is the one longest silent.
    this.#pulses.delete(key)
    this.#pulses.set(key, pulse)
    if (this.#pulses.size <= feedsKept) return
    for (const oldest of this.#pulses.keys()) {
      this.#pulses.delete(oldest)
      break
    }
  }

  took(key: string, duplicate: boolean): void {
    const pulse = this.#pulses.get(key)
    if (pulse === undefined) return
    if (duplicate) pulse.duplicates++
    else pulse.accepted++
  }

  pulseOf(key: string): FeedPulse | null {
    return this.#pulses.get(key) ?? null
  }
}

function words(milliseconds: number): string {
  const hours = milliseconds / 3_600_000
  if (hours < 1) return `${Math.round(milliseconds / 60_000)} minutes`
  if (hours < 1.5) return 'an hour'
  return hours < 48 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`
}
