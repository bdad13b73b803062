import { DataTable, StateMark } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import type { StoredClass } from '../../src/clearance/report/report-schema.ts'
import styles from './class-table.module.css'

const columns: Column<StoredClass>[] = [
  { key: 'class', title: 'Class', render: ({ scenarioClass }) => scenarioClass },
  { key: 'n', title: 'Cases', isNumber: true, render: ({ n }) => n.toLocaleString('en') },
  {
    key: 'failures',
    title: 'Failed',
    isNumber: true,
    render: ({ failures }) => failures.toLocaleString('en'),
  },
  {
    key: 'severities',
    title: 'Worst of each run',
    isSecondary: true,
    render: ({ severities, struck }) => severityWords(severities, struck),
  },
  {
    key: 'blockers',
    title: 'Blockers',
    isNumber: true,
    isSecondary: true,
    render: ({ blockers }) => blockers,
  },
  {
    key: 'bound',
    title: 'Rate of failures, to 50 %',
    isWide: true,
    render: (result) => <BoundBar result={result} />,
  },
  {
    key: 'upper',
    title: 'At most',
    isNumber: true,
    render: ({ upper }) => `${(100 * upper).toFixed(1)} %`,
  },
  {
    key: 'within',
    title: 'Limit',
    render: ({ state, limit, moreCases }) => (
      <StateMark state={state === 'within' ? 'good' : state === 'above' ? 'bad' : 'warn'}>
        {state === 'within'
          ? `within ${100 * limit} %`
          : state === 'above'
            ? `over ${100 * limit} %`
            : moreCases === null
              ? 'too few cases'
              : `${moreCases.toLocaleString('en')} more cases`}
      </StateMark>
    ),
  },
  {
    key: 'sequential',
    title: 'Sequential test',
    isSecondary: true,
    render: ({ sequential }) => <span title={sequential.reason}>{sequential.state}</span>,
  },
]

/** `2 collision, 1 rule; struck in 3`. */
function severityWords(severities: StoredClass['severities'], struck: number): string {
  const own = severities
    .filter(({ failures }) => failures > 0)
    .map(({ severity, failures }) => `${failures} ${severity}`)
    .join(', ')
  return `${own === '' ? '–' : own}${struck === 0 ? '' : `; struck in ${struck}`}`
}

export function ClassTable({ classes }: { classes: StoredClass[] }) {
  return (
    <DataTable
      caption="Classes of scenarios with their failures and bounds"
      columns={columns}
      rows={classes.toSorted((a, b) => b.failures - a.failures || b.upper - a.upper)}
      keyOf={({ scenarioClass }) => scenarioClass}
    />
  )
}

/** Where the axis of the bars ends. */
const axisEnd = 0.5

/** Rate that was seen, bounds around it, limit. */
function BoundBar({ result: { rate, lower, upper, limit, state } }: { result: StoredClass }) {
  const at = (share: number) => `${100 * Math.min(1, share / axisEnd)}%`
  return (
    <span
      className={styles['bound']}
      role="img"
      aria-label={`${(100 * (rate ?? 0)).toFixed(1)} % failed, between ${(100 * lower).toFixed(1)} % and ${(100 * upper).toFixed(1)} %; limit ${100 * limit} %`}
      data-within={state === 'within' || undefined}
    >
      <i className={styles['boundSpan']} style={{ left: at(lower), right: `calc(100% - ${at(upper)})` }} />
      <i className={styles['boundRate']} style={{ left: at(rate ?? 0) }} />
      <i className={styles['boundLimit']} style={{ left: at(limit) }} />
    </span>
  )
}
