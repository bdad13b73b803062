import type { Header } from '../vda5050/messages.ts'
import type { TopicName } from '../vda5050/protocol.ts'
import type { Received, Refusal } from '../vda5050/read-message.ts'

/**
 * Holds each message of a robot against the last of its topic: a `headerId` that was there is a replay, a smaller one came too late. It says
 * nothing of the robot's clock but whether the same clock went on.
 */
export class HeaderCheck {
  readonly #last = new Map<TopicName, Pick<Header, 'headerId' | 'timestamp'>>()

  /** When the robot came online the time before the last, by its own clock. */
  #onlineBeforeMs = -Infinity
  #onlineMs = -Infinity

  /** Null where the message is the newest of its topic, or the last will of the connection that there is. */
  check({ topic, message }: Received): Refusal | null {
    const { timestamp } = message
    if (topic === 'connection' && message.connectionState === 'CONNECTION_BROKEN') {
      // Written before its connection stood and published by the broker when that broke: it is older than all of the connection, and younger than the one before.
      return Date.parse(timestamp) > this.#onlineBeforeMs
        ? null
        : { reason: 'older-header', detail: `the last will of an earlier connection, of ${timestamp}` }
    }
    const refusal = this.#checkNewest(topic, message)
    if (refusal === null && topic === 'connection' && message.connectionState === 'ONLINE') {
      const nowMs = Date.parse(timestamp)
      // A clock that was set back says nothing of what was before.
      this.#onlineBeforeMs = nowMs < this.#onlineMs ? -Infinity : this.#onlineMs
      this.#onlineMs = nowMs
    }
    return refusal
  }

  #checkNewest(topic: TopicName, { headerId, timestamp }: Header): Refusal | null {
    const last = this.#last.get(topic)
    if (last !== undefined && headerId <= last.headerId) {
      // A robot that starts again counts from 0, and says so on `connection`, with a later time of its own clock.
      const startsAgain =
        topic === 'connection' &&
        headerId < last.headerId &&
        Date.parse(timestamp) > Date.parse(last.timestamp)
      if (!startsAgain)
        return {
          reason: headerId === last.headerId ? 'replayed' : 'older-header',
          detail: `${topic} ${headerId} after ${last.headerId}`,
        }
      this.#last.clear()
    }
    this.#last.set(topic, { headerId, timestamp })
    return null
  }
}
