import type { BootstrapInterval } from './bootstrap.ts'
import type { TrainingData } from './training-data.ts'

export interface TrainingReport {
  title: string
  /** What the model says, in a sentence or two. */
  summary: string
  data: readonly TrainingData[]
  /** How rows were split, what was chosen on what, and what was seen. */
  split: string
  rows: number
  groups: number
  /** Out of fold, unless the name says otherwise. */
  metrics: readonly (BootstrapInterval & { name: string; goal?: string })[]
  /** Share of gain a column, or a slope; sorted by size when written. */
  importance: readonly { name: string; value: number }[]
  /** File name of the picture beside the report, or null. */
  picture: string | null
  /** Further paragraphs, e.g. limits. */
  notes: readonly string[]
}

/** The report as Markdown. Holds no date, so that the same training writes the same bytes. */
export function writeReport(report: TrainingReport): string {
  const data = report.data.map(
    ({ kind, files, bytes, sha256 }) =>
      `| ${kind} | ${files} | ${(bytes / 1e6).toFixed(1)} MB | \`${sha256}\` |`,
  )
  const metrics = report.metrics.map(
    ({ name, value, low, high, goal }) =>
      `| ${name} | ${figure(value)} | ${figure(low)} – ${figure(high)} | ${goal ?? ''} |`,
  )
  const importance = report.importance
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .map(({ name, value }) => `| ${name} | ${figure(value)} |`)
  const parts = [
    `# ${report.title}`,
    report.summary,
    '## Data',
    table('| kind | files | size | SHA-256 of the sorted hashes |', data),
    `${report.rows.toLocaleString('en')} rows of ${report.groups.toLocaleString('en')} groups. ${report.split}`,
    '## Measured',
    'Out of fold, with the 95 % percentile bootstrap over groups.',
    table('| metric | value | interval | goal |', metrics),
    ...(report.picture === null ? [] : [`![Reliability of the predictions](${report.picture})`]),
    ...(importance.length === 0 ? [] : ['## What it looks at', table('| column | importance |', importance)]),
    ...(report.notes.length === 0 ? [] : ['## Notes', ...report.notes]),
  ]
  return `${parts.join('\n\n')}\n`
}

function table(head: string, rows: readonly string[]): string {
  const columns = head.split('|').length - 2
  return [head, `|${' --- |'.repeat(columns)}`, ...rows].join('\n')
}

function figure(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '–'
}
