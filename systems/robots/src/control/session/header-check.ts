import type { Header } from '../vda5050/messages.ts'
import type { TopicName } from '../vda5050/protocol.ts'
import type { Refusal } from '../vda5050/read-message.ts'

/**
 * Holds each message of a robot against the last of its topic: a `headerId` that was there is a replay, a smaller one came too late. It says
 * nothing of the robot's clock but whether the same clock went on.
 */
export class HeaderCheck {
  readonly #last = new Map<TopicName, Pick<Header, 'headerId' | 'timestamp'>>()

  /** Null where the message is the newest of its topic. */
  check(topic: TopicName, { headerId, timestamp }: Header): Refusal | null {
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
