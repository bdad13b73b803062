import { Button } from '@mantine/core'
import {
  Chip,
  DataTable,
  Empty,
  FilterBar,
  Loaded,
  Page,
  Panel,
  PlotFigure,
  Stat,
  Stats,
  formatCost,
  formatCount,
  formatNumber,
} from '@heavylift/ui'
import type { Column, PlotFigureProps } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { api } from '../api.ts'
import { DaysChoice, useDays } from '../cost/days-choice.tsx'
import { SetBaseline } from './set-baseline.tsx'
import { formatHours } from './format-hours.ts'
import type { ValueRow } from './value-row.ts'

type Figure = NonNullable<ValueRow['hours']>

const grades: Record<Figure['grade'], { tone?: 'good' | 'accent' | 'warn'; means: string }> = {
  claimed: { tone: 'warn', means: 'Somebody said so.' },
  estimated: { means: 'How it was before was measured; how it is now was not.' },
  measured: { tone: 'accent', means: 'Both sides were measured.' },
  proven: { tone: 'good', means: 'Chance decided who was served by the agent.' },
}

/** What agents save: hours, errors and money, each with how far it can be trusted. */
export default function Value() {
  const chosen = useDays()
  const { days } = chosen
  const [open, setOpen] = useState<ValueRow | null>(null)
  const value = useQuery({
    queryKey: ['agents', 'value', days],
    queryFn: ({ signal }) => api.get('/value', { query: { days }, signal }),
  })
  return (
    <Page
      title="Value"
      lead="What agents save against how it was before, after answers of people, rework and the cost of runs. Every figure says how far it can be trusted, and what would make it better."
    >
      <FilterBar>
        <DaysChoice label="Runs of the last" {...chosen} />
      </FilterBar>
      <Loaded of={value} what="Adding up" lines={8}>
        {({ agents }) =>
          agents.length === 0 ? (
            <Panel>
              <Empty title="No agent has run yet">
                Run one; then say how it was before the agent did it.
              </Empty>
            </Panel>
          ) : (
            <>
              <Sums rows={agents} />
              <Hours rows={agents} />
              <Panel title="Agents" note="the most time first" flush>
                <DataTable
                  caption="What agents save"
                  columns={columnsWith(setOpen)}
                  rows={agents}
                  keyOf={({ agent }) => agent}
                />
              </Panel>
            </>
          )
        }
      </Loaded>
      {open === null ? null : <SetBaseline row={open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

/** Sums by grade: what is claimed is never added to what was measured. */
function Sums({ rows }: { rows: readonly ValueRow[] }) {
  const hoursOf = (...of: Figure['grade'][]) =>
    rows.reduce(
      (sum, { hours }) => sum + (hours !== null && of.includes(hours.grade) ? hours.estimate : 0),
      0,
    )
  const without = rows.filter(({ baseline }) => baseline === null).length
  return (
    <Stats>
      <Stat
        label="Time, measured"
        value={formatHours(hoursOf('measured', 'proven'))}
        detail={grades.measured.means}
      />
      <Stat
        label="Time, estimated"
        value={formatHours(hoursOf('estimated'))}
        detail={grades.estimated.means}
      />
      <Stat label="Time, claimed" value={formatHours(hoursOf('claimed'))} detail={grades.claimed.means} />
      <Stat
        label="Without a baseline"
        value={formatCount(without)}
        detail={`of ${formatCount(rows.length)} agents: nothing can be said of them`}
        {...(without > 0 ? { tone: 'warn' as const } : {})}
      />
    </Stats>
  )
}

/** Hours with their intervals. */
function Hours({ rows }: { rows: readonly ValueRow[] }) {
  const known = rows.flatMap(({ agent, hours }) => (hours === null ? [] : [{ agent, ...hours }])).slice(0, 20)
  // Little time is drawn in minutes.
  const [unit, perHour] = known.every(({ low, high }) => Math.max(Math.abs(low), Math.abs(high)) < 1)
    ? ['minutes', 60]
    : ['hours', 1]
  const options = useCallback<PlotFigureProps['options']>(
    (plot) => ({
      marginLeft: 150,
      marginBottom: 42,
      x: {
        label: `${unit} saved`,
        transform: (hours: number) => hours * perHour,
        grid: true,
        zero: true,
        labelAnchor: 'center',
      },
      y: { label: null, domain: known.map(({ agent }) => agent), tickSize: 0 },
      marks: [
        plot.ruleX([0]),
        plot.ruleY(known, {
          x1: 'low',
          x2: 'high',
          y: 'agent',
          stroke: 'var(--hl-accent)',
          strokeWidth: 8,
          strokeOpacity: 0.3,
          strokeLinecap: 'round',
        }),
        plot.dot(known, { x: 'estimate', y: 'agent', r: 5, fill: 'var(--hl-accent)' }),
      ],
    }),
    [known, unit, perHour],
  )
  if (known.length === 0) return null
  return (
    <Panel
      title="Time saved"
      note="the bar holds the true figure in 95 of 100 cases, where it is estimated or measured"
    >
      <PlotFigure
        summary={known
          .map(({ agent, estimate, grade }) => `${agent}: ${formatHours(estimate)}, ${grade}`)
          .join('; ')}
        options={options}
        height={60 + 34 * known.length}
      />
    </Panel>
  )
}

function columnsWith(onSet: (row: ValueRow) => void): Column<ValueRow>[] {
  return [
    {
      key: 'agent',
      title: 'Agent',
      isWide: true,
      sortBy: ({ agent }) => agent,
      render: ({ agent }) => agent,
    },
    {
      key: 'runs',
      title: 'Ended well',
      isNumber: true,
      sortBy: ({ runs }) => runs,
      render: ({ runs }) => formatCount(runs),
    },
    {
      key: 'hours',
      title: 'Time saved',
      isNumber: true,
      sortBy: ({ hours }) => hours?.estimate ?? null,
      render: ({ hours }) => withRange(hours, formatHours),
    },
    {
      key: 'grade',
      title: 'Trust',
      render: ({ hours }) =>
        hours === null ? (
          'unknown'
        ) : (
          <Chip {...(grades[hours.grade].tone ? { tone: grades[hours.grade].tone! } : {})}>
            {hours.grade}
          </Chip>
        ),
    },
    {
      key: 'errors',
      title: 'Errors less in 100',
      isNumber: true,
      isSecondary: true,
      sortBy: ({ errorsAvoided }) => errorsAvoided?.estimate ?? null,
      render: ({ errorsAvoided }) => withRange(errorsAvoided, formatNumber),
    },
    {
      key: 'usd',
      title: 'Money',
      isNumber: true,
      isSecondary: true,
      sortBy: ({ usd }) => usd?.estimate ?? null,
      render: ({ usd }) => (usd === null ? '–' : formatCost(usd.estimate * 1e6)),
    },
    {
      key: 'next',
      title: 'What would raise it',
      isSecondary: true,
      render: ({ hours, baseline }) =>
        baseline === null ? 'Say how it was before.' : (hours?.next ?? 'Nothing: both sides are measured.'),
    },
    {
      key: 'set',
      title: 'Baseline',
      render: (row) => (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`${row.baseline === null ? 'Set' : 'Change'} the baseline of ${row.agent}`}
          onClick={() => onSet(row)}
        >
          {row.baseline === null ? 'Set' : 'Change'}
        </Button>
      ),
    },
  ]
}

function withRange(figure: Figure | null, written: (value: number) => string): string {
  if (figure === null) return '–'
  const { estimate, low, high } = figure
  return low === high ? written(estimate) : `${written(estimate)} (${written(low)} to ${written(high)})`
}
