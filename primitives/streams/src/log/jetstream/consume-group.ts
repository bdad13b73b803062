import type { Msg } from '@nats-io/transport-node'
import { sleep } from '@heavylift/core/async'
import { clamp } from '@heavylift/core/math'
import type { Delivery, GroupOptions } from '../log.ts'
import { askUntil } from './api-retry.ts'
import type { Link } from './link.ts'
import { readEvent, parsePlace, type Place } from './message-codec.ts'
import { PullRequests } from './pull-requests.ts'
import type { TopicStream } from './topic-stream.ts'

/** Small, so that members share a burst and little has to be handed back when one leaves. */
const mostAtOnce = 64
const ackTimeoutMs = 500

/** One member of a group: a puller of the group's durable consumer, which the server keeps with the stream's replicas. */
export async function* consumeGroup(
  link: Link,
  topic: TopicStream,
  options: GroupOptions,
  deadlineMs: number,
): AsyncGenerator<Delivery, void, undefined> {
  const { group, signal, maxInFlight = 100, ackWaitMs = 30_000 } = options
  await topic.make()
  const batch = clamp(Math.floor(maxInFlight / 2), 1, mostAtOnce)
  while (!signal.aborted) {
    const isThere = await topic.addGroup(group, maxInFlight, ackWaitMs).then(
      () => true,
      () => false,
    )
    if (!isThere) {
      await sleep(50, signal)
      continue
    }
    if (signal.aborted) return
    const requests = new PullRequests(link, topic.stream, group)
    const onAbort = () => requests.close()
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      while (!requests.isLost && !signal.aborted) {
        if (requests.waiting === 0) {
          requests.pull(batch)
          await requests.changed(signal)
        }
        const [message] = requests.take(1)
        const place = parsePlace(message?.reply)
        if (message !== undefined && place !== null) yield deliveryOf(link, message, place, deadlineMs)
      }
    } finally {
      signal.removeEventListener('abort', onAbort)
      requests.close()
      // What was fetched and not handed out goes to the other members at once.
      for (const message of requests.take(Infinity)) message.respond('-NAK')
    }
  }
}

function deliveryOf(link: Link, message: Msg, place: Place, deadlineMs: number): Delivery {
  return {
    event: readEvent(message, place),
    attempt: place.attempt,
    // The server answers once it has taken the acknowledgement; without an answer it is sent again.
    ack: async () => {
      await askUntil(deadlineMs, () =>
        link.connection.request(message.reply!, '+ACK', { timeout: ackTimeoutMs }),
      )
    },
    retry: (delayMs = 0) => {
      message.respond(delayMs > 0 ? `-NAK {"delay": ${Math.round(delayMs * 1e6)}}` : '-NAK')
      return Promise.resolve()
    },
  }
}
