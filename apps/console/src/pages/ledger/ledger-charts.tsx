import { useCallback } from 'react'
import { PlotFigure, formatDuration, formatPercent } from '@heavylift/ui'
import type { PlotFigureProps } from '@heavylift/ui'
import type { LedgerSummary } from '../../api.ts'

type Step = LedgerSummary['timeline'][number]
type Bucket = LedgerSummary['durations'][number]
type Bin = LedgerSummary['summary']['calibration']['bins'][number]

export function DecisionsOverTime({ answer }: { answer: LedgerSummary }) {
  const options = useCallback<PlotFigureProps['options']>(
    (plot) => ({
      marginLeft: 40,
      x: { type: 'time', label: null },
      y: { label: 'decisions', grid: true, zero: true, nice: true, ticks: 4 },
      marks: [
        plot.rectY(answer.timeline, {
          x1: (step: Step) => new Date(step.atMs),
          x2: (step: Step) => new Date(step.atMs + answer.stepMs),
          y: 'count',
          fill: 'var(--hl-accent-fill)',
          insetLeft: 0.5,
          insetRight: 0.5,
        }),
        plot.ruleY([0], { stroke: 'var(--hl-line-strong)' }),
      ],
    }),
    [answer],
  )
  const total = answer.timeline.reduce((sum, step) => sum + step.count, 0)
  return <PlotFigure height={208} options={options} summary={`${total} decisions over the time range.`} />
}

/** Durations as a distribution: a mean would hide the slow tail. */
export function DurationHistogram({ answer }: { answer: LedgerSummary }) {
  const options = useCallback<PlotFigureProps['options']>(
    (plot) => {
      const shown = answer.durations.filter((bucket) => bucket.highMs > 0)
      const quantiles = answer.summary.durationMs
      const lines = quantiles
        ? [
            { at: quantiles.p50, name: `p50 ${formatDuration(quantiles.p50)}` },
            { at: quantiles.p95, name: `p95 ${formatDuration(quantiles.p95)}` },
          ]
        : []
      return {
        marginLeft: 40,
        marginTop: 28,
        x: {
          type: 'log',
          label: 'duration (ms)',
          labelAnchor: 'center',
          ticks: 5,
          tickFormat: (value: number) => String(value),
        },
        y: { label: 'decisions', grid: true, zero: true, ticks: 4 },
        marks: [
          plot.rectY(shown, {
            x1: (bucket: Bucket) => Math.max(bucket.lowMs, 0.1),
            x2: 'highMs',
            y: 'count',
            fill: 'var(--hl-accent-fill)',
            insetLeft: 0.5,
            insetRight: 0.5,
          }),
          plot.ruleX(lines, { x: 'at', stroke: 'var(--hl-ink)', strokeDasharray: '3,3' }),
          plot.text(lines, { x: 'at', frameAnchor: 'top', dy: -14, text: 'name', fill: 'var(--hl-ink)' }),
          plot.ruleY([0], { stroke: 'var(--hl-line-strong)' }),
        ],
      }
    },
    [answer],
  )
  const quantiles = answer.summary.durationMs
  return (
    <PlotFigure
      height={208}
      options={options}
      summary={
        quantiles
          ? `Half of the decisions took less than ${formatDuration(quantiles.p50)}, 95 of 100 less than ${formatDuration(quantiles.p95)}.`
          : 'No durations.'
      }
    />
  )
}

/** Reliability plot: on the diagonal, 70 % sure is right 70 % of the time. */
export function Calibration({ bins }: { bins: Bin[] }) {
  const options = useCallback<PlotFigureProps['options']>(
    (plot) => {
      const filled = bins.filter((bin) => bin.n > 0)
      return {
        marginLeft: 48,
        x: { domain: [0, 1], label: 'stated confidence', labelAnchor: 'center', percent: false },
        y: { domain: [0, 1], label: 'share that came true', grid: true, ticks: 5 },
        r: { range: [3, 14] },
        marks: [
          plot.line(
            [
              [0, 0],
              [1, 1],
            ],
            { stroke: 'var(--hl-line-strong)', strokeDasharray: '4,4' },
          ),
          plot.dot(filled, {
            x: 'meanConfidence',
            y: 'rate',
            r: 'n',
            fill: 'var(--hl-accent)',
            fillOpacity: 0.7,
          }),
          plot.text(filled, {
            x: 'meanConfidence',
            y: 'rate',
            text: (bin: Bin) => `${bin.n}`,
            dy: -16,
            fill: 'var(--hl-ink-2)',
          }),
        ],
      }
    },
    [bins],
  )
  return (
    <PlotFigure
      height={240}
      options={options}
      summary={bins
        .map((bin) => `${formatPercent(bin.meanConfidence)} sure: ${formatPercent(bin.rate)} of ${bin.n}`)
        .join('; ')}
    />
  )
}
