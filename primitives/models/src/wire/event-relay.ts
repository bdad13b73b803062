import { ByteCarry } from './byte-carry.ts'
import { memberValue } from './json-members.ts'

/**
 * Most bytes of one event (pictures as base64 have several MiB). A server that sends more without ending it gets its bytes passed
 * on as they come, or is refused where they would have to be read.
 */
export const maxEventBytes = 8 * 1024 * 1024

const lineFeed = 0x0a
const carriageReturn = 0x0d
const openBrace = 0x7b
const usageKey = Buffer.from('"usage"')
const nothing = Buffer.alloc(0)

/**
 * Passes an event stream on in whole events, so that an error event may be written whenever the upstream breaks and a
 * client never sees half an event. Servers flush whole events, which pass through uncopied. With `stripUsage` the
 * usage-only chunk at the end of a chat or completions stream, which the client did not ask for, is left out.
 */
export class EventRelay {
  readonly #carry = new ByteCarry()
  readonly #stripUsage: boolean
  #isInsideEvent = false

  constructor(options: { stripUsage: boolean }) {
    this.#stripUsage = options.stripUsage
  }

  /** Whether the last bytes passed on were the beginning of an event too long to be held. */
  get isInsideEvent(): boolean {
    return this.#isInsideEvent
  }

  /** The events that are whole now; empty when there are none. */
  push(chunk: Buffer): Buffer {
    if (this.#carry.length === 0) {
      const end = lastEventEnd(chunk, 0)
      if (end === chunk.length) {
        this.#isInsideEvent = false
        return this.#filter(chunk)
      }
      this.#carry.append(chunk.subarray(end))
      if (end > 0) this.#isInsideEvent = false
      return end === 0 ? nothing : this.#filter(chunk.subarray(0, end))
    }
    // An event's end may lie across the border: at most \r\n\r of it is in what came before.
    const searchFrom = Math.max(0, this.#carry.length - 3)
    this.#carry.append(chunk)
    const end = lastEventEnd(this.#carry.view(), searchFrom)
    if (end === 0) {
      if (this.#carry.length <= maxEventBytes) return nothing
      this.#isInsideEvent = true
      return this.#carry.take()
    }
    this.#isInsideEvent = false
    const all = this.#carry.take()
    if (end < all.length) this.#carry.append(all.subarray(end))
    return this.#filter(all.subarray(0, end))
  }

  /** What is left when the upstream ended its stream by itself. When it broke, leave it: it is half an event. */
  end(): Buffer {
    return this.#filter(this.#carry.take())
  }

  #filter(events: Buffer): Buffer {
    if (!this.#stripUsage || !hasUsage(events)) return events
    const kept: Buffer[] = []
    for (let start = 0; start < events.length;) {
      const end = firstEventEnd(events, start)
      const event = events.subarray(start, end)
      if (!isUsageOnly(event)) kept.push(event)
      start = end
    }
    return Buffer.concat(kept)
  }
}

/** Position after the last blank line that ends at or after `from`; 0 when there is none. */
function lastEventEnd(bytes: Buffer, from: number): number {
  // What was searched before is not searched again.
  const fresh = bytes.subarray(from)
  for (let at = bytes.length - 1; at > from; at = from + fresh.lastIndexOf(lineFeed, at - 1 - from)) {
    if (bytes[at] !== lineFeed) continue
    if (bytes[at - 1] === lineFeed) return at + 1
    if (bytes[at - 1] === carriageReturn && bytes[at - 2] === lineFeed) return at + 1
  }
  return 0
}

function firstEventEnd(bytes: Buffer, start: number): number {
  let at = bytes.indexOf(lineFeed, start)
  while (at >= 0) {
    const next = bytes[at + 1] === carriageReturn ? at + 2 : at + 1
    if (bytes[next] === lineFeed) return next + 1
    at = bytes.indexOf(lineFeed, at + 1)
  }
  return bytes.length
}

/** Servers that were asked for usage write null of it in every other chunk. */
function hasUsage(bytes: Buffer): boolean {
  for (let at = memberValue(bytes, usageKey, 0); at >= 0; at = memberValue(bytes, usageKey, at)) {
    if (bytes[at] === openBrace) return true
  }
  return false
}

function isUsageOnly(event: Buffer): boolean {
  if (!hasUsage(event)) return false
  const text = event.toString('utf8').trim()
  if (!text.startsWith('data:')) return false
  try {
    const chunk = JSON.parse(text.slice('data:'.length)) as { choices?: unknown; usage?: unknown } | null
    return Array.isArray(chunk?.choices) && chunk.choices.length === 0 && typeof chunk.usage === 'object'
      ? chunk.usage !== null
      : false
  } catch {
    return false
  }
}
