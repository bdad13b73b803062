import type { UsageReport } from '../../src/metering/usage-report.ts'

const most = 4
export const otherName = 'the rest'

type Measured = UsageReport['series'][number] | UsageReport['groups'][number]

/** The series of the largest groups by a measure, those of all others summed up as one. */
export function topGroups(
  report: UsageReport,
  measure: (row: Measured) => number,
): { names: string[]; totals: Map<string, number>; series: { atMs: number; name: string; value: number }[] } {
  const sorted = report.groups.toSorted((a, b) => measure(b) - measure(a)).map(({ name }) => name)
  const kept = sorted.slice(0, most)
  const rows = new Map<string, { atMs: number; name: string; value: number }>()
  const totals = new Map<string, number>()
  for (const row of report.series) {
    const name = kept.includes(row.name) ? row.name : otherName
    const key = `${row.atMs} ${name}`
    const value = measure(row)
    const known = rows.get(key)
    if (known) known.value += value
    else rows.set(key, { atMs: row.atMs, name, value })
    totals.set(name, (totals.get(name) ?? 0) + value)
  }
  return {
    names: sorted.length > most ? [...kept, otherName] : kept,
    totals,
    series: [...rows.values()],
  }
}
