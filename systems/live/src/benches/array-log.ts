import type { Log, LogEvent, LoggedEvent } from '@heavylift/streams'

/** Events of one topic handed out from memory; what is appended is dropped. To measure what reads a log without the log. */
export function arrayLog(events: readonly LogEvent[]): Log {
  const logged: LoggedEvent[] = events.map((event, i) => ({ ...event, offset: i + 1, appendedAtMs: 0 }))
  return {
    append: (_topic, batch) => Promise.resolve(batch.map(() => ({ offset: 0, duplicate: false }))),
    async *read(_topic, { fromOffset, maxEvents = 1000 }) {
      for (let from = fromOffset - 1; from < logged.length; from += maxEvents) {
        yield await Promise.resolve(logged.slice(from, from + maxEvents))
      }
    },
    range: () => Promise.resolve({ first: 1, next: logged.length + 1 }),
    consume: () => {
      throw new Error('Events of an array are read, not consumed by groups.')
    },
    topics: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  }
}
