import { z } from 'zod'
import type { RaceFlagState } from '../../domain/feed-event.ts'
import type { FeedItem, FeedReject } from '../feed-format.ts'
import { matchIdFrom } from '../match-id.ts'

/** A number, or text that is one (`"175.371"`); null for null, text that is none, and a missing field. */
export const optionalNumber = z
  .unknown()
  .optional()
  .transform((value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    return typeof number === 'number' && Number.isFinite(number) ? number : null
  })

/** A car's number is text (`00` and `0` are two cars), but some feeds have it as a number. */
export const carNumber = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .refine((value) => value !== '' && value.length <= 8, 'is no car number')

export const metresPerMile = 1609.344
export const mpsPerMph = 0.44704

/** Zero and below stand for "none" in these feeds. */
export function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null
}

/** `where` of the first complaint and what it is. */
export function rejectOf(where: string, error: z.ZodError, raw: unknown): FeedReject {
  const issue = error.issues[0]
  const path = issue === undefined ? '' : issue.path.map((part) => `.${String(part)}`).join('')
  return { where: `${where}${path}`, reason: issue?.message ?? 'It is not as expected.', raw: rawOf(raw) }
}

export function rawOf(value: unknown): string {
  return (JSON.stringify(value) ?? '').slice(0, 500)
}

/**
 * Flag codes of the NASCAR feeds. They are not documented by the publisher; what is sure from recorded races: 1 green,
 * 2 caution, 3 red, 8 before the start. 4 comes at the instant at which the leader finishes and stays on over the cool-down
 * lap, and 9 (session closed) follows it: both are the end of the race. 5 and 10 are known as the last lap's white.
 */
const flags: Readonly<Record<number, RaceFlagState>> = {
  0: 'none',
  1: 'green',
  2: 'caution',
  3: 'red',
  4: 'checkered',
  5: 'white',
  8: 'warm-up',
  9: 'checkered',
  10: 'white',
}

/** Reads flag codes and counts those that it does not know. */
export class FlagReader {
  readonly #unknown = new Map<number, number>()

  read(code: number | null): RaceFlagState {
    const flag = code === null ? undefined : flags[code]
    if (flag !== undefined) return flag
    const key = code ?? Number.NaN
    this.#unknown.set(key, (this.#unknown.get(key) ?? 0) + 1)
    return 'none'
  }

  /** One reject for each unknown code, with how often it came. */
  *rejects(): Generator<FeedItem> {
    for (const [code, count] of this.#unknown)
      yield {
        reject: {
          where: '$',
          reason: `Flag code ${Number.isNaN(code) ? '(none)' : code} is unknown and was read as no flag, ${count} ${count === 1 ? 'time' : 'times'}.`,
          raw: String(code),
        },
      }
  }
}

/** The race's id from the feed's own number. */
export function raceMatchId(raceId: number | null, name: string, given: string | null): string {
  return raceId === null ? matchIdFrom(name, given) : `nascar-${raceId}`
}

/** Milliseconds since the epoch of a time of day with its offset, or null. */
export function wallMs(text: unknown): number | null {
  const ms = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isFinite(ms) ? ms : null
}

/** Clocks of an event `seconds` into the session, at a wall clock where one is known. */
export function raceClocks(seconds: number, wall: number | null) {
  return {
    eventTimeMs: wall ?? Math.round(seconds * 1000),
    eventTimeFrom: wall === null ? ('session' as const) : ('wall' as const),
    game: null,
    smpte: null,
  }
}

/** Whether the beginning of a feed holds all of these texts: how its formats are told apart. */
export function headHolds(head: Uint8Array, ...texts: string[]): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1')
  return texts.every((part) => text.includes(part))
}
