import type { DayMark } from './peak.ts'

/** Something known beforehand that moves a series: a sale, a match, a holiday. */
export interface KnownEvent {
  name: string
  fromMs: number
  /** Not included. */
  toMs: number
}

/** One row a name: the share of each step that the event is on, over `count` steps from `startMs`. Events that never touch them have no row. */
export function eventRows(
  events: readonly KnownEvent[],
  startMs: number,
  stepMs: number,
  count: number,
): Float64Array[] {
  const rows = new Map<string, Float64Array>()
  for (const { name, fromMs, toMs } of events) {
    const first = Math.max(0, Math.floor((fromMs - startMs) / stepMs))
    const last = Math.min(count, Math.ceil((toMs - startMs) / stepMs))
    for (let at = first; at < last; at++) {
      const row = rows.get(name) ?? new Float64Array(count)
      rows.set(name, row)
      const begin = startMs + at * stepMs
      const overlap = Math.min(toMs, begin + stepMs) - Math.max(fromMs, begin)
      row[at] = Math.min(1, (row[at] as number) + Math.max(0, overlap) / stepMs)
    }
  }
  return [...rows.values()]
}

/** The names of the events of each UTC day (`2026-11-27`), null where there is none. */
export function dayMarks(events: readonly KnownEvent[], days: readonly string[]): DayMark[] {
  return days.map((day) => {
    const fromMs = Date.parse(day)
    const on = events.filter((one) => one.fromMs < fromMs + 86_400_000 && one.toMs > fromMs)
    return on.length === 0 ? null : [...new Set(on.map(({ name }) => name))].toSorted().join(', ')
  })
}
