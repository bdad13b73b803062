import { clamp, partitionPoint } from '@heavylift/core/math'
import type { Picture } from '../../src/pipeline/pictures/picture.ts'
import type { Moment } from './between.ts'

/** Live pictures are drawn this much late, so that there is nearly always a next one to move towards. */
const liveDelayMs = 350
/** Live pictures kept. */
const liveKept = 40
/** History is loaded in pieces of this length. */
const pieceMs = 60_000
/** A piece that was still growing when it was loaded is asked for again after this. */
const staleMs = 5_000
/** Pieces kept: an hour. */
const piecesKept = 60

export type PlaybackMode = 'live' | 'playing' | 'paused'

export interface PlaybackState {
  mode: PlaybackMode
  speed: number
  /** Event time of what is drawn; null before the first picture. */
  atMs: number | null
  /** Newest picture at or before `atMs`. */
  picture: Picture | null
  /** Newest event time that came. */
  newestMs: number | null
  isLoading: boolean
}

export interface PlaybackOptions {
  /** Pictures of a span, oldest first. */
  load: (fromMs: number, toMs: number) => Promise<Picture[]>
  /** Told when what stands in words changed. */
  onChange: () => void
}

interface Piece {
  /** Null while it is loaded for the first time. */
  pictures: Picture[] | null
  isLoading: boolean
  isWhole: boolean
  askedMs: number
}

/**
 * The play head over a match's pictures: at the newest ones, or anywhere in what the server keeps. It knows no clock of
 * its own: every call says the time now (milliseconds of a steady clock).
 */
export class Playback {
  readonly #options: PlaybackOptions
  #live: Picture[] = []
  /** Least `steady − event` time that was seen: the arrival without delays on the way. */
  #offsetMs: number | null = null
  #pieces = new Map<number, Piece>()
  #mode: PlaybackMode = 'live'
  #speed = 1
  /** Where the head was at `#sinceMs`; not used when live. */
  #fromMs = 0
  #sinceMs = 0

  constructor(options: PlaybackOptions) {
    this.#options = options
  }

  push(picture: Picture, nowMs: number): void {
    const last = this.#live.at(-1)
    if (last && picture.atMs < last.atMs) return
    this.#live.push(picture)
    if (this.#live.length > liveKept) this.#live.shift()
    const offset = nowMs - picture.atMs
    // After a pause of the feed, or a replay faster than life, the offset is no longer what it was.
    const isNew = this.#offsetMs === null || offset < this.#offsetMs || offset > this.#offsetMs + 3_000
    this.#offsetMs = isNew ? offset : this.#offsetMs! + Math.min(20, (offset - this.#offsetMs!) * 0.02)
  }

  seek(atMs: number, nowMs: number): void {
    this.#mode = 'paused'
    this.#fromMs = atMs
    this.#sinceMs = nowMs
    this.#options.onChange()
  }

  play(speed: number, nowMs: number): void {
    const atMs = this.#headMs(nowMs) ?? 0
    this.#mode = 'playing'
    this.#speed = speed
    this.#fromMs = atMs
    this.#sinceMs = nowMs
    this.#options.onChange()
  }

  pause(nowMs: number): void {
    const atMs = this.#headMs(nowMs)
    if (atMs === null) return
    this.#mode = 'paused'
    this.#fromMs = atMs
    this.#options.onChange()
  }

  toLive(): void {
    this.#mode = 'live'
    this.#options.onChange()
  }

  state(nowMs: number): PlaybackState {
    const atMs = this.#headMs(nowMs)
    const moment = this.moment(nowMs)
    return {
      mode: this.#mode,
      speed: this.#speed,
      atMs,
      picture: moment && (moment.share < 1 ? moment.before : moment.after),
      newestMs: this.#live.at(-1)?.atMs ?? null,
      isLoading: moment === null && this.#mode !== 'live',
    }
  }

  /** What to draw now; null while it is not here. */
  moment(nowMs: number): Moment | null {
    const atMs = this.#headMs(nowMs)
    if (atMs === null) return null
    if (this.#mode === 'live') return between(this.#live, atMs)
    const newest = this.#live.at(-1)
    if (this.#mode === 'playing' && newest && atMs >= newest.atMs - liveDelayMs) {
      this.toLive()
      return between(this.#live, newest.atMs - liveDelayMs)
    }
    const key = Math.floor(atMs / pieceMs)
    const pictures = this.#piece(key, nowMs)
    if (this.#mode === 'playing') this.#piece(key + 1, nowMs)
    if (pictures === null) return null
    const isBeforeFirst = pictures[0] === undefined || pictures[0].atMs > atMs
    const earlier = isBeforeFirst ? this.#piece(key - 1, nowMs) : null
    const next = this.#pieces.get(key + 1)?.pictures ?? []
    return between([...(earlier?.slice(-1) ?? []), ...pictures, ...next.slice(0, 1)], atMs)
  }

  #headMs(nowMs: number): number | null {
    if (this.#mode === 'paused') return this.#fromMs
    if (this.#mode === 'playing') return this.#fromMs + (nowMs - this.#sinceMs) * this.#speed
    const newest = this.#live.at(-1)
    if (!newest || this.#offsetMs === null) return null
    return Math.min(newest.atMs, nowMs - this.#offsetMs - liveDelayMs)
  }

  #piece(key: number, nowMs: number): Picture[] | null {
    const known = this.#pieces.get(key)
    const isFresh = known && (known.isWhole || known.isLoading || nowMs - known.askedMs < staleMs)
    if (isFresh) return known.pictures
    const piece: Piece = {
      pictures: known?.pictures ?? null,
      isLoading: true,
      isWhole: false,
      askedMs: nowMs,
    }
    this.#pieces.delete(key)
    this.#pieces.set(key, piece)
    const oldest = this.#pieces.keys().next().value
    if (this.#pieces.size > piecesKept && oldest !== undefined) this.#pieces.delete(oldest)
    const toMs = (key + 1) * pieceMs
    this.#options
      .load(key * pieceMs, toMs)
      .then((pictures) => {
        piece.pictures = pictures
        piece.isWhole = (this.#live.at(-1)?.atMs ?? 0) > toMs
      })
      // Asked for again when it is stale; the page says that it has no picture.
      .catch(() => {})
      .finally(() => {
        piece.isLoading = false
        this.#options.onChange()
      })
    return piece.pictures
  }
}

/** The two pictures around a time in a list, oldest first; the ends stand still. Null for an empty list. */
export function between(pictures: readonly Picture[], atMs: number): Moment | null {
  const first = pictures[0]
  if (!first) return null
  const next = partitionPoint(pictures.length, (index) => pictures[index]!.atMs <= atMs)
  const before = pictures[next - 1] ?? first
  const after = pictures[next] ?? before
  const step = after.atMs - before.atMs
  return { before, after, share: step <= 0 ? 1 : clamp((atMs - before.atMs) / step, 0, 1) }
}
