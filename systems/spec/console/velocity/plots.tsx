import { PlotFigure } from '@heavylift/ui'
import { useCallback } from 'react'
import type { ComponentProps } from 'react'
import type { Shown } from './load.ts'

type Options = ComponentProps<typeof PlotFigure>['options']

/** What the talk that this stands on reports; a line to compare with, no promise. */
const reported = 4.5

/** Ratios with their intervals on a scale of factors, 1 marked. */
export function RatioPlot({ own, against }: { own: NonNullable<Shown['own']>; against: Shown['against'] }) {
  const options = useCallback<Options>(
    (plot) => {
      const rows = [
        { name: 'Since ÷ before', ...own },
        ...(against ? [{ name: '÷ controls', ...against }] : []),
      ]
      const all = rows.flatMap(({ low, high }) => [low, high])
      return {
        marginLeft: 110,
        marginTop: 24,
        marginBottom: 40,
        x: {
          type: 'log',
          label: 'Times as many deployments a week',
          domain: [Math.min(0.5, ...all), Math.max(reported * 1.1, ...all)],
          ticks: [0.25, 0.5, 1, 2, 4, 8],
          tickFormat: (value: number) => `${value}×`,
        },
        y: { label: null, domain: rows.map(({ name }) => name) },
        marks: [
          plot.ruleX([1], { stroke: 'var(--hl-ink-3)' }),
          plot.ruleX([reported], { stroke: 'var(--hl-ink-3)', strokeDasharray: '4 4' }),
          plot.text([`${reported}× is what the talk reports`], {
            x: reported,
            frameAnchor: 'top',
            textAnchor: 'end',
            dx: -6,
            fill: 'var(--hl-ink-3)',
          }),
          plot.ruleY(rows, { y: 'name', x1: 'low', x2: 'high', strokeWidth: 3, stroke: 'var(--hl-accent)' }),
          plot.dot(rows, { y: 'name', x: 'ratio', r: 5, fill: 'var(--hl-accent)' }),
        ],
      }
    },
    [own, against],
  )
  const told = `${own.ratio.toFixed(2)} times as many deployments a week as before, 95 % interval ${own.low.toFixed(2)} to ${own.high.toFixed(2)}${against ? `; over the controls ${against.ratio.toFixed(2)}, ${against.low.toFixed(2)} to ${against.high.toFixed(2)}` : ''}.`
  return <PlotFigure summary={told} height={against ? 170 : 140} options={options} />
}

/** Deployments of each week, those since the adoption darker, and what one control had in the same week. */
export function WeeksPlot({ shown }: { shown: Shown }) {
  const options = useCallback<Options>(
    (plot) => {
      const weeks = shown.weeks.map((one) => ({
        ...one,
        at: new Date(one.atMs),
        end: new Date(one.atMs + weekMs),
      }))
      const withControl = weeks.filter(({ control }) => control !== null)
      return {
        marginTop: 36,
        x: { type: 'utc', label: null },
        y: { label: 'Deployments', grid: true, zero: true, nice: true },
        marks: [
          plot.rectY(weeks, {
            x1: 'at',
            x2: 'end',
            y: 'count',
            insetLeft: 1,
            insetRight: 1,
            fill: 'var(--hl-accent)',
            fillOpacity: ({ isAfter }: { isAfter: boolean }) => (isAfter ? 0.9 : 0.4),
          }),
          plot.line(withControl, {
            x: ({ at }: { at: Date }) => at.getTime() + weekMs / 2,
            y: 'control',
            stroke: 'var(--hl-ink-3)',
            strokeWidth: 1.5,
          }),
          plot.ruleX([new Date(shown.adoptedAtMs)], { stroke: 'var(--hl-ink)', strokeWidth: 1.5 }),
          plot.text(['works with its spec'], {
            x: new Date(shown.adoptedAtMs),
            frameAnchor: 'top',
            textAnchor: 'end',
            dx: -6,
            dy: -16,
            fill: 'var(--hl-ink)',
          }),
          plot.ruleY([0]),
        ],
      }
    },
    [shown],
  )
  const { before, after } = shown
  return (
    <PlotFigure
      summary={`${before.deploymentsPerWeek.toFixed(1)} deployments a week in ${before.weeks} weeks before, ${after.deploymentsPerWeek.toFixed(1)} in ${after.weeks} weeks since.`}
      height={240}
      options={options}
    />
  )
}

const weekMs = 7 * 24 * 3_600_000
