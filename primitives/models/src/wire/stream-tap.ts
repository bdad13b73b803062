import { ByteCarry } from './byte-carry.ts'
import type { Api, TokenUsage } from './codec.ts'
import { eventType, markersFor } from './stream-markers.ts'
import type { StreamMarkers, TapState } from './stream-markers.ts'

/** Of a longer line only the end is looked at: that is where usage and finish reasons stand. */
const longestLineBytes = 64 * 1024

const lineFeed = 0x0a
const carriageReturn = 0x0d

export interface TapResult {
  /** `cut`: the bytes ended before the API's end marker; `error`: the upstream sent an error event. */
  ended: 'complete' | 'cut' | 'error'
  /** Null when the upstream said nothing of usage that can be believed; estimate it then. */
  usage: TokenUsage | null
  /** True when the stream broke before the upstream counted its output, and the pieces of it were counted instead. */
  isUsageEstimated: boolean
  /** Events with data. */
  events: number
  /** Type or code of the error event; null when there was none. */
  errorCode: string | null
}

/**
 * Watches the bytes of an upstream's event stream as they pass, without holding them back: counts events, notices the
 * first content, the end, errors inside a 200, and usage. Ordinary events are never decoded; memory is bounded.
 * Only `chat`, `completions`, `responses` and `messages` stream.
 */
export class StreamTap {
  readonly #state: TapState
  readonly #markers: StreamMarkers
  readonly #carry = new ByteCarry()
  /** Of the line in `#carry`, with what was forgotten of it. */
  #lineBytes = 0
  /** Type of that line's event, read before its start was forgotten. */
  #longType = ''
  #eventName = ''

  /** `choices`: answers asked for (`n`); without `[DONE]` the stream is whole when each has a finish reason. */
  constructor(api: Api, choices = 1) {
    this.#markers = markersFor(api, choices)
    this.#state = {
      events: 0,
      contentEvents: 0,
      isFinished: false,
      errorCode: null,
      usage: null,
      isUsagePartial: false,
      finished: 0,
    }
  }

  /** Whether a part of the answer itself has passed, and not only the stream's opening. */
  get hasContent(): boolean {
    return this.#state.contentEvents > 0
  }

  /** Whether the API's end marker has passed: what follows cannot make the answer incomplete. */
  get isFinished(): boolean {
    return this.#state.isFinished
  }

  /** Whether the upstream has sent an error event. */
  get hasFailed(): boolean {
    return this.#state.errorCode !== null
  }

  /** As far as it has been told. */
  get usage(): TokenUsage | null {
    return this.#state.usage
  }

  /** Events with a piece of the answer so far. */
  get contentEvents(): number {
    return this.#state.contentEvents
  }

  /** Events with data so far. */
  get events(): number {
    return this.#state.events
  }

  push(chunk: Buffer): void {
    let start = 0
    for (;;) {
      const end = chunk.indexOf(lineFeed, start)
      if (end < 0) break
      if (this.#lineBytes === 0) {
        this.#line(chunk.subarray(start, end), end - start)
      } else {
        this.#keep(chunk.subarray(start, end))
        this.#line(this.#carry.view(), this.#lineBytes)
        this.#carry.clear()
        this.#lineBytes = 0
      }
      start = end + 1
    }
    if (start < chunk.length) this.#keep(chunk.subarray(start))
  }

  /** Call once, when the bytes have ended or broken off. */
  end(): TapResult {
    if (this.#lineBytes > 0) this.#line(this.#carry.view(), this.#lineBytes)
    const { errorCode, isFinished, usage, isUsagePartial, events, contentEvents } = this.#state
    const isUsageEstimated = usage !== null && isUsagePartial
    return {
      ended: errorCode !== null ? 'error' : isFinished ? 'complete' : 'cut',
      usage: isUsageEstimated ? { ...usage, output: Math.max(usage.output, contentEvents) } : usage,
      isUsageEstimated,
      events,
      errorCode,
    }
  }

  #keep(part: Buffer): void {
    this.#lineBytes += part.length
    this.#carry.append(part)
    if (this.#carry.length <= 2 * longestLineBytes) return
    if (this.#carry.length === this.#lineBytes) this.#longType = eventType(this.#carry.view())
    this.#carry.keepLast(longestLineBytes)
  }

  /** `lineBytes`: the line's whole length, of which `line` has at least the last 64 KiB. */
  #line(line: Buffer, lineBytes: number): void {
    const isShortened = lineBytes > longestLineBytes
    let end = line.length
    if (line[end - 1] === carriageReturn) end--
    if (end === 0) {
      this.#eventName = ''
    } else if (isShortened) {
      this.#state.events++
      this.#state.contentEvents++
      const type = lineBytes === line.length ? eventType(line) : this.#longType
      this.#markers.readTail(line.subarray(-longestLineBytes), this.#eventName || type, this.#state)
    } else if (line[0] === 0x64 && line[4] === 0x3a) {
      // data: with or without a space after the colon
      this.#state.events++
      this.#markers.read(line.subarray(line[5] === 0x20 ? 6 : 5, end), this.#eventName, this.#state)
    } else if (line[0] === 0x65 && line[5] === 0x3a) {
      this.#eventName = line.toString('latin1', line[6] === 0x20 ? 7 : 6, end)
    }
  }
}
