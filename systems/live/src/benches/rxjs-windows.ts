import { filter, from, groupBy, lastValueFrom, map, mergeMap, count, scan } from 'rxjs'

interface Keyed {
  key: string
  eventTimeMs: number
  value: { speedMps: number }
}

/**
 * The same sums with rxjs: `groupBy` for the keys, and `scan` that closes a key's window when its next one begins. That is
 * right only while events come in order: rxjs windows by arrival, and knows no watermark, late event, timer or snapshot.
 */
export async function rxjsWindows(
  events: readonly Keyed[],
  windowMs: number,
): Promise<{ operatorEventsPerSecond: number; windows: number }> {
  const started = performance.now()
  const windows = await lastValueFrom(
    from(events).pipe(
      groupBy(({ key }) => key),
      mergeMap((group) =>
        group.pipe(
          scan(
            (open: { startMs: number; sum: number; closed: number | null }, { eventTimeMs, value }) => {
              const startMs = Math.floor(eventTimeMs / windowMs) * windowMs
              return startMs === open.startMs
                ? { startMs, sum: open.sum + value.speedMps, closed: null }
                : { startMs, sum: value.speedMps, closed: open.startMs < 0 ? null : open.sum }
            },
            { startMs: -1, sum: 0, closed: null },
          ),
          filter(({ closed }) => closed !== null),
          map(({ startMs, closed }) => ({ key: group.key, startMs, value: closed })),
        ),
      ),
      count(),
    ),
  )
  return { operatorEventsPerSecond: (events.length / (performance.now() - started)) * 1000, windows }
}
