import { formatAgo, formatCost, formatDuration, formatPercent, formatTime } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import type { DecisionRow } from '../../api.ts'
import { decided } from './decided.ts'

const columns = [
  {
    key: 'at',
    title: 'Recorded',
    width: '104px',
    render: (row) => (
      <time
        className="hl-number"
        dateTime={new Date(row.recordedAtMs).toISOString()}
        title={formatTime(row.recordedAtMs)}
      >
        {formatAgo(row.recordedAtMs, Date.now())}
      </time>
    ),
  },
  { key: 'system', title: 'System', width: '88px', isSecondary: true, render: (row) => row.system },
  {
    key: 'kind',
    title: 'Kind',
    width: '136px',
    isSecondary: true,
    render: (row) => <span title={row.kind}>{row.kind}</span>,
  },
  {
    key: 'decided',
    title: 'Decided',
    isWide: true,
    render: (row) => <span className="hl-dim">{decided(row.output)}</span>,
  },
  {
    key: 'subject',
    title: 'About',
    isSecondary: true,
    isExtra: true,
    render: (row) => <span className="hl-code">{row.subjectId ?? '–'}</span>,
  },
  {
    key: 'version',
    title: 'Version',
    isSecondary: true,
    isExtra: true,
    render: (row) => <span className="hl-code">{row.version}</span>,
  },
  {
    key: 'sure',
    title: 'Sure',
    isNumber: true,
    isSecondary: true,
    width: '72px',
    sortBy: (row) => row.confidence,
    render: (row) => formatPercent(row.confidence),
  },
  {
    key: 'outcomes',
    title: 'Outcomes',
    isNumber: true,
    isSecondary: true,
    isExtra: true,
    sortBy: (row) => row.outcomes.length,
    render: (row) => row.outcomes.length,
  },
  {
    key: 'took',
    title: 'Took',
    isNumber: true,
    width: '88px',
    sortBy: (row) => row.durationMs,
    render: (row) => formatDuration(row.durationMs),
  },
  {
    key: 'cost',
    title: 'Cost',
    isNumber: true,
    isSecondary: true,
    width: '80px',
    sortBy: (row) => row.costMicros,
    render: (row) => formatCost(row.costMicros),
  },
] satisfies Column<DecisionRow>[]

type Key =
  | 'at'
  | 'system'
  | 'kind'
  | 'decided'
  | 'subject'
  | 'version'
  | 'sure'
  | 'outcomes'
  | 'took'
  | 'cost'

/** Columns of a table of decisions; without `keys` all of them, sortable. A short list keeps the order of recording. */
export function decisionColumns(keys?: readonly Key[]): Column<DecisionRow>[] {
  if (!keys) return columns
  return (columns as Column<DecisionRow>[])
    .filter(({ key }) => (keys as readonly string[]).includes(key))
    .map(({ sortBy: _sortBy, ...column }) => column)
}
