import { DataTable, formatPercent } from '@heavylift/ui'
import type { Shown } from './load.ts'

type Delivery = Shown['before']

const rows: { name: string; of: (one: Delivery) => number | null; say: (value: number) => string }[] = [
  { name: 'Deployments a week', of: (one) => one.deploymentsPerWeek, say: (value) => value.toFixed(1) },
  { name: 'Lead time of a change', of: (one) => one.leadHours, say: (value) => `${value.toFixed(1)} h` },
  { name: 'Changes that failed', of: (one) => one.changeFailRate, say: (value) => formatPercent(value) },
  { name: 'Rework', of: (one) => one.reworkRate, say: (value) => formatPercent(value) },
  { name: 'Time to recover', of: (one) => one.recoveryHours, say: (value) => `${value.toFixed(1)} h` },
  { name: 'Commits a deployment', of: (one) => one.batchCommits, say: (value) => value.toFixed(1) },
]

/** Both spans beside each other; what nothing tells is said to be not known. */
export function DeliveryTable({ before, after }: { before: Delivery; after: Delivery }) {
  const cell = (of: Delivery) => (row: (typeof rows)[number]) => {
    const value = row.of(of)
    return value === null ? 'not known' : row.say(value)
  }
  return (
    <DataTable
      caption="Before and since"
      rows={rows}
      keyOf={({ name }) => name}
      columns={[
        { key: 'name', title: 'What', render: ({ name }) => name },
        { key: 'before', title: `${before.weeks} weeks before`, isNumber: true, render: cell(before) },
        { key: 'after', title: `${after.weeks} weeks since`, isNumber: true, render: cell(after) },
      ]}
    />
  )
}
