import { EventStreamCodec } from '@smithy/core/event-streams'
import type { Message } from '@smithy/core/event-streams'
import { ByteCarry } from '../wire/byte-carry.ts'

/** Length, header length, checksum of both, checksum of all. */
const leastFrameBytes = 16
/** The format's own limits are 128 KiB of headers and 16 MiB of payload. */
const mostFrameBytes = 16 * 1024 * 1024 + 128 * 1024 + leastFrameBytes

/** Encodes and checks `application/vnd.amazon.eventstream` messages; keeps nothing between them. */
export const eventStreamCodec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')),
  (text) => Buffer.from(text, 'utf8'),
)

/** Cuts bytes of an AWS event stream into messages. */
export class EventFrames {
  readonly #carry = new ByteCarry()

  /** Whether the bytes so far end with a whole message. */
  get isAligned(): boolean {
    return this.#carry.length === 0
  }

  /** The messages that are whole now. Throws an `Error` for a wrong checksum or an impossible length. */
  push(bytes: Uint8Array): Message[] {
    this.#carry.append(bytes)
    const messages: Message[] = []
    let at = 0
    const view = this.#carry.view()
    while (view.length - at >= 4) {
      const length = view.readUInt32BE(at)
      if (length < leastFrameBytes || length > mostFrameBytes) {
        throw new Error(`A message of ${length} bytes cannot be.`)
      }
      if (view.length - at < length) break
      messages.push(eventStreamCodec.decode(Uint8Array.from(view.subarray(at, at + length))))
      at += length
    }
    this.#carry.keepLast(view.length - at)
    return messages
  }
}
