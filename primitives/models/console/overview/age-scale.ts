/** Where the lanes end: what is older stands at the right edge. */
const lastMs = 120_000
/** Up to about here the scale is linear, then logarithmic, so that the first second and the first minute both have room. */
const linearMs = 500

/** Place of a call of this age along its lane, 0 to 1. */
export function agePlace(ageMs: number): number {
  const place = Math.log1p(Math.max(0, ageMs) / linearMs) / Math.log1p(lastMs / linearMs)
  return Math.min(1, place)
}

export const ageTicks = [0, 1000, 5000, 15_000, 60_000].map((ageMs) => ({
  ageMs,
  label: ageMs === 0 ? 'just sent' : ageMs < 60_000 ? `${ageMs / 1000} s` : `${ageMs / 60_000} min`,
}))

/**
 * A row for every call, kept for as long as it is in flight, so that blocks move along and never up or down. A new call
 * takes the row with the fewest; of those the one whose youngest call is the oldest, for room at the start.
 */
export function assignRows(
  before: ReadonlyMap<string, number>,
  calls: readonly { id: string; ageMs: number }[],
  rowCount: number,
): Map<string, number> {
  const rows = new Map<string, number>()
  const youngest = Array.from({ length: rowCount }, () => Infinity)
  const counts = Array.from({ length: rowCount }, () => 0)
  const take = (id: string, ageMs: number, row: number) => {
    rows.set(id, row)
    counts[row] = (counts[row] ?? 0) + 1
    youngest[row] = Math.min(youngest[row] ?? Infinity, ageMs)
  }
  const isNew = ({ id }: { id: string }) => before.get(id) === undefined
  for (const call of calls) {
    const row = before.get(call.id)
    if (row !== undefined) take(call.id, call.ageMs, row)
  }
  for (const call of calls.filter(isNew).toSorted((a, b) => b.ageMs - a.ageMs)) {
    const fewest = Math.min(...counts)
    const open = youngest.map((ageMs, row) => (counts[row] === fewest ? ageMs : -1))
    take(call.id, call.ageMs, open.indexOf(Math.max(...open)))
  }
  return rows
}
