import type { Log, LogEvent } from '../log.ts'

/** Newest events of a topic that are compared; a path that was away for longer is made up as far as this reaches. */
const comparedEvents = 100_000

/** Events among the newest of `from` whose ids are not among the newest of `to`, in batches and in their order. */
export async function* findMissing(
  from: Log,
  to: Log,
  topic: string,
  signal: AbortSignal,
): AsyncGenerator<LogEvent[]> {
  const known = new Set<string>()
  for await (const events of newest(to, topic, signal)) for (const { id } of events) known.add(id)
  for await (const events of newest(from, topic, signal)) {
    const missing = events
      .filter(({ id }) => !known.has(id))
      .map(({ id, key, eventTimeMs, schemaVersion, payload }) => ({
        id,
        key,
        eventTimeMs,
        schemaVersion,
        payload,
      }))
    if (missing.length > 0) yield missing
  }
}

async function* newest(log: Log, topic: string, signal: AbortSignal) {
  const { first, next } = await log.range(topic)
  const fromOffset = Math.max(first, next - comparedEvents)
  if (next > fromOffset) yield* log.read(topic, { fromOffset, until: 'end', signal })
}
