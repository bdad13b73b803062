import { sleep, withTimeout } from '@heavylift/core/async'
import type { LoggedEvent, ReadOptions } from '../log.ts'
import type { Link } from './link.ts'
import { readEvent, parsePlace } from './message-codec.ts'
import { PullRequests } from './pull-requests.ts'
import type { TopicStream } from './topic-stream.ts'

/** The servers may give a consumer to a server that has just died and then never answers; another try lands elsewhere. */
const shortestPatienceMs = 250
const longestPatienceMs = 2000

/**
 * Reads a stream in order. Each message's number in its consumer must follow the one before; when one is missing, when the
 * consumer is lost or its server is, another consumer goes on behind the last event that was handed out: no gap, no double.
 */
export async function* readStream(
  link: Link,
  topic: TopicStream,
  options: ReadOptions,
): AsyncGenerator<LoggedEvent[], void, undefined> {
  const { signal, maxEvents = 1000 } = options
  let end = options.until === 'end' ? (await topic.range()).next : Infinity
  if (end === Infinity) await topic.make()
  let next = Math.max(1, Math.floor(options.fromOffset))
  let patienceMs = shortestPatienceMs
  while (next < end && !signal.aborted) {
    const consumer = await addReader(topic, next, patienceMs)
    if (consumer === null) {
      patienceMs = Math.min(longestPatienceMs, patienceMs * 2)
      // An election is under way, or the connection. Whoever follows waits for its end; a finite read asks once more.
      if (end !== Infinity) await topic.range()
      await sleep(50, signal)
      continue
    }
    patienceMs = shortestPatienceMs
    if (signal.aborted) return
    const requests = new PullRequests(link, topic.stream, consumer)
    const onAbort = () => requests.close()
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      let handed = 0
      while (next < end && !requests.isLost && !signal.aborted) {
        if (requests.waiting === 0) {
          requests.pull(maxEvents)
          await requests.changed(signal)
          // Retention may have taken all that was left before the end.
          if (requests.hasExpired && end !== Infinity && (await topic.range()).first >= end) end = next
        }
        const batch: LoggedEvent[] = []
        let isBroken = false
        for (const message of requests.take(maxEvents)) {
          const place = parsePlace(message.reply)
          if (place?.consumerSequence !== handed + 1) {
            isBroken = true
            break
          }
          handed += 1
          if (place.streamSequence >= end) {
            end = next
            break
          }
          batch.push(readEvent(message, place))
          next = place.streamSequence + 1
        }
        // The next batch is on its way while this one is worked on; no more than these two are held.
        if (!isBroken && next < end && requests.waiting === 0) requests.pull(maxEvents)
        if (batch.length > 0) yield batch
        if (isBroken) break
      }
    } finally {
      signal.removeEventListener('abort', onAbort)
      requests.close()
      topic.removeReader(consumer)
    }
  }
}

/** The new consumer's name, or null where there was none in time; one that comes late is removed. */
async function addReader(topic: TopicStream, fromOffset: number, patienceMs: number): Promise<string | null> {
  let isLate = false
  const added = topic.addReader(fromOffset).then(
    (name) => {
      if (isLate) topic.removeReader(name)
      return name
    },
    () => null,
  )
  return withTimeout(added, patienceMs, () => {
    isLate = true
    return null
  })
}
