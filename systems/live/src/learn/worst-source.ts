/**
 * The source (season, team) with the highest value of a metric, among those with at least `leastGroups` groups (games): of fewer,
 * chance alone makes the worst. Null where none has as many.
 */
export function worstSource(
  sources: readonly string[],
  groups: readonly string[],
  metric: (rows: Int32Array) => number,
  leastGroups = 10,
): { source: string; value: number } | null {
  let worst: { source: string; value: number } | null = null
  for (const [source, rows] of Map.groupBy(sources.keys(), (row) => sources[row]!)) {
    if (new Set(rows.map((row) => groups[row]!)).size < leastGroups) continue
    const value = metric(Int32Array.from(rows))
    // Without both labels there is no ranking.
    if (Number.isNaN(value)) continue
    if (worst === null || value > worst.value) worst = { source, value }
  }
  return worst
}

/** `worst` of an eval's answer: the metrics that some source has enough groups for. */
export function worstOf(
  found: Record<string, { source: string; value: number } | null>,
): Record<string, { source: string; value: number }> {
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, one]) => (one === null ? [] : [[name, one] as const])),
  )
}
