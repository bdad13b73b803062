import { Bar, Chip, DataTable, formatNumber } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'

interface Headroom {
  name: string
  callsPerRequest: number
  demand: { median: number; plan95: number }
  limitPerSecond: number | null
  atPlan: number | null
  isFirst: boolean
  replicas: number | null
}

/** With a fifth to spare a part bears the plan; below its plan it gives out. */
const enough = 1.2

const columns: Column<Headroom>[] = [
  {
    key: 'name',
    title: 'Part',
    width: '220px',
    render: ({ name, isFirst, atPlan }) => (
      <>
        {name}{' '}
        {isFirst && atPlan !== null && <Chip tone={atPlan < 1 ? 'bad' : 'warn'}>first to give out</Chip>}
      </>
    ),
  },
  {
    key: 'used',
    title: 'Of its limit at the plan',
    isWide: true,
    render: ({ name, atPlan }) =>
      atPlan === null ? (
        'not measured'
      ) : (
        <Bar
          share={1 / atPlan}
          label={`${name}: ${Math.round(100 / atPlan)} % of its limit`}
          tone={atPlan < 1 ? 'bad' : atPlan < enough ? 'warn' : 'good'}
        />
      ),
  },
  {
    key: 'atPlan',
    title: 'Headroom',
    width: '110px',
    isNumber: true,
    sortBy: ({ atPlan }) => atPlan,
    render: ({ atPlan }) => (atPlan === null ? '' : `${formatNumber(atPlan)} ×`),
  },
  {
    key: 'demand',
    title: 'Median … plan, calls/s',
    width: '180px',
    isNumber: true,
    isSecondary: true,
    render: ({ demand }) =>
      `${formatNumber(Math.round(demand.median))} … ${formatNumber(Math.round(demand.plan95))}`,
  },
  {
    key: 'limit',
    title: 'Limit, calls/s',
    width: '120px',
    isNumber: true,
    isSecondary: true,
    sortBy: ({ limitPerSecond }) => limitPerSecond,
    render: ({ limitPerSecond }) => (limitPerSecond === null ? '' : formatNumber(Math.round(limitPerSecond))),
  },
  {
    key: 'replicas',
    title: 'To have',
    width: '90px',
    isNumber: true,
    render: ({ replicas }) => (replicas === null ? '' : `${replicas} of it`),
  },
]

/** How much of its limit each part needs on the day; the first to give out is named. */
export function HeadroomTable({ headroom }: { headroom: readonly Headroom[] }) {
  return (
    <DataTable
      caption="Headroom of each part"
      columns={columns}
      rows={headroom}
      keyOf={({ name }) => name}
      urlName="headroom"
    />
  )
}
