import type { FeedEvent } from '../../src/domain/feed-event.ts'

/** The events of one kind, typed. */
export function ofKind<Kind extends FeedEvent['kind']>(events: readonly FeedEvent[], kind: Kind) {
  return events.filter((event): event is FeedEvent & { kind: Kind } => event.kind === kind)
}

/** A CSV of rows that each name some of the columns; the others are NA. */
export function csvOf(columns: readonly string[], rows: readonly Record<string, string | number>[]): string {
  const cell = (value: string | number) => `"${String(value).replaceAll('"', '""')}"`
  return [columns.join(','), ...rows.map((row) => columns.map((c) => cell(row[c] ?? 'NA')).join(','))].join(
    '\n',
  )
}
