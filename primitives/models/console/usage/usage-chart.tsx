import { useCallback, useMemo } from 'react'
import { PlotFigure, format } from '@heavylift/ui'
import type { UsageReport } from '../../src/metering/usage-report.ts'
import { topGroups } from './top-groups.ts'

type Series = UsageReport['series'][number]

/** A measure over time, stacked by the largest groups; the rest is one. */
export function UsageChart({
  report,
  measure,
  unit,
  fromMs,
  toMs,
  stepMs,
  onOpen,
}: {
  report: UsageReport
  measure: (row: Series | UsageReport['groups'][number]) => number
  unit: string
  fromMs: number
  toMs: number
  stepMs: number
  /** Called with the ends of the step that was clicked. Who has no pointer opens the rows of the table below. */
  onOpen: (fromMs: number, toMs: number) => void
}) {
  const top = useMemo(() => topGroups(report, measure), [report, measure])
  const options = useCallback<Parameters<typeof PlotFigure>[0]['options']>(
    (plot) => ({
      marginLeft,
      marginRight,
      x: { type: 'utc', label: null, domain: [new Date(fromMs), new Date(toMs)] },
      y: {
        label: unit,
        grid: true,
        zero: true,
        nice: true,
        // With nothing but zeros there would be no scale, and a bar of no height would fill the figure.
        ...(top.series.every(({ value }) => value === 0) ? { domain: [0, 1] } : {}),
        ticks: 4,
        tickFormat: (value: number) =>
          value < 1000 ? format.formatNumber(value) : format.formatCompact(value),
      },
      color: {
        domain: top.names,
        range: top.names.map((_, index) => groupColours[index] ?? 'var(--hl-chart-grey)'),
      },
      marks: [
        plot.rectY(
          top.series,
          plot.stackY({
            x1: (row: Row) => new Date(row.atMs),
            x2: (row: Row) => new Date(row.atMs + stepMs),
            y: 'value',
            fill: 'name',
            order: top.names,
            insetLeft: 0.5,
            insetRight: 0.5,
          }),
        ),
        plot.ruleY([0], { stroke: 'var(--hl-line-strong)' }),
      ],
    }),
    [top, unit, fromMs, toMs, stepMs],
  )
  return (
    <>
      <ul className="models-swatches">
        {top.names.map((name, index) => (
          <li key={name}>
            <i style={{ background: groupColours[index] }} aria-hidden="true" />{' '}
            {name === '' ? 'no key' : name}
          </li>
        ))}
      </ul>
      <div
        className="models-steps"
        title="Click a step for its calls"
        onClick={({ clientX, currentTarget }) => {
          const { left, width } = currentTarget.getBoundingClientRect()
          const place = (clientX - left - marginLeft) / (width - marginLeft - marginRight)
          const step = Math.floor((place * (toMs - fromMs)) / stepMs)
          if (place >= 0 && place < 1) onOpen(fromMs + step * stepMs, fromMs + (step + 1) * stepMs)
        }}
      >
        <PlotFigure
          height={208}
          options={options}
          summary={`${unit} over time: ${top.names.map((name) => `${name === '' ? 'no key' : name} ${format.formatNumber(top.totals.get(name) ?? 0)}`).join(', ')}.`}
        />
      </div>
    </>
  )
}

const marginLeft = 64
const marginRight = 20

type Row = ReturnType<typeof topGroups>['series'][number]

const groupColours = [
  'var(--hl-accent-fill)',
  'var(--hl-chart-2)',
  'color-mix(in srgb, var(--hl-accent-fill) 45%, var(--hl-surface))',
  'color-mix(in srgb, var(--hl-chart-2) 45%, var(--hl-surface))',
  'var(--hl-chart-grey)',
]
