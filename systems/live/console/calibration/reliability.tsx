import { useCallback } from 'react'
import { format, PlotFigure } from '@heavylift/ui'
import type { KindCalibration } from '../../src/routes/answers.ts'

type Bin = KindCalibration['bins'][number]

/** How often what was said came true, against how sure it was; a dot's size and its number are its count. */
export function Reliability({ kind }: { kind: KindCalibration }) {
  const { bins } = kind
  const options = useCallback<React.ComponentProps<typeof PlotFigure>['options']>(
    (plot) => {
      const full = bins.filter(({ n }) => n > 0)
      return {
        marginLeft: 48,
        marginBottom: 40,
        marginTop: 32,
        x: { domain: [0, 100], label: 'said (%)', labelAnchor: 'center', ticks: 5 },
        y: { domain: [0, 100], label: 'happened (%)', grid: true, ticks: 5 },
        r: { range: [3, 11], domain: [0, Math.max(1, ...full.map(({ n }) => n))] },
        marks: [
          plot.line(
            [
              [0, 0],
              [100, 100],
            ],
            { stroke: 'var(--hl-line-strong)', strokeDasharray: '4 4' },
          ),
          plot.line(full, {
            x: (bin: Bin) => bin.meanConfidence * 100,
            y: (bin: Bin) => bin.rate * 100,
            stroke: 'var(--hl-accent)',
            strokeWidth: 1.5,
          }),
          plot.dot(full, {
            x: (bin: Bin) => bin.meanConfidence * 100,
            y: (bin: Bin) => bin.rate * 100,
            r: 'n',
            fill: 'var(--hl-accent-fill)',
            stroke: 'var(--hl-surface)',
          }),
          plot.text(full, {
            x: (bin: Bin) => bin.meanConfidence * 100,
            y: (bin: Bin) => bin.rate * 100,
            dy: -16,
            text: (bin: Bin) => format.formatCount(bin.n),
            fill: 'var(--hl-ink-2)',
          }),
        ],
      }
    },
    [bins],
  )
  const words = bins
    .filter(({ n }) => n > 0)
    .map(
      ({ n, meanConfidence, rate }) =>
        `${n} said with ${format.formatPercent(meanConfidence)}, ${format.formatPercent(rate)} happened`,
    )
  return <PlotFigure height={256} summary={`Reliability: ${words.join('; ')}.`} options={options} />
}
