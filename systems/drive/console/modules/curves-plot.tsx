import { useCallback } from 'react'
import type { ComponentProps } from 'react'
import { PlotFigure } from '@heavylift/ui'
import type { Curve } from './frames.ts'
import shared from '../shared.module.css'

const colours = ['var(--hl-accent)', 'var(--hl-chart-2)', 'var(--hl-warn)', 'var(--hl-bad)']

/** Values over the time of a run, named at their ends; `limits` are lines that should not be crossed. */
export function CurvesPlot({
  curves,
  unit,
  limits = [],
  summary,
}: {
  curves: Curve[]
  unit: string
  limits?: number[]
  summary: string
}) {
  const options = useCallback<ComponentProps<typeof PlotFigure>['options']>(
    (plot) => ({
      marginLeft: 48,
      marginRight: 72,
      marginBottom: 36,
      marginTop: 24,
      x: { label: 'time (s)', labelAnchor: 'center' },
      y: { label: unit, grid: true },
      marks: [
        plot.ruleY([0], { stroke: 'var(--hl-line-strong)' }),
        plot.ruleY(limits, { stroke: 'var(--hl-bad)', strokeDasharray: '4 4' }),
        ...curves.flatMap(({ name, timeS, values }, index) => {
          const points = values.map((value, at) => ({ timeS: timeS[at] as number, value }))
          const stroke = colours[index % colours.length] as string
          const last = points.findLast(({ value }) => Number.isFinite(value))
          return [
            plot.line(points, { x: 'timeS', y: 'value', stroke, strokeWidth: 1.5 }),
            plot.text(last ? [last] : [], {
              x: 'timeS',
              y: 'value',
              text: () => name,
              textAnchor: 'start',
              dx: 6,
              dy: curves.length > 1 ? (index - (curves.length - 1) / 2) * 13 : 0,
              fill: stroke,
            }),
          ]
        }),
      ],
    }),
    [curves, unit, limits],
  )
  if (!curves.some(({ values }) => values.some(Number.isFinite)))
    return <p className={shared['note']}>There was nothing to draw in this run.</p>
  return <PlotFigure height={220} summary={summary} options={options} />
}

/** Points of two values, e.g. error against distance. */
export function DotsPlot({
  points,
  x,
  y,
  isLine = false,
  diagonal = false,
  summary,
}: {
  points: { x: number; y: number; n?: number }[]
  x: string
  y: string
  /** Joins the points. */
  isLine?: boolean
  /** Draws where x and y are equal. */
  diagonal?: boolean
  summary: string
}) {
  const options = useCallback<ComponentProps<typeof PlotFigure>['options']>(
    (plot) => ({
      marginLeft: 48,
      marginBottom: 40,
      marginTop: 24,
      x: { label: x, labelAnchor: 'center', ...(diagonal ? { domain: [0, 1] } : { zero: true }) },
      y: { label: y, grid: true, ...(diagonal ? { domain: [0, 1] } : { zero: true }) },
      marks: [
        ...(diagonal
          ? [
              plot.line(
                [
                  [0, 0],
                  [1, 1],
                ],
                { stroke: 'var(--hl-line-strong)', strokeDasharray: '4 4' },
              ),
            ]
          : []),
        ...(isLine ? [plot.line(points, { x: 'x', y: 'y', stroke: 'var(--hl-accent)' })] : []),
        plot.dot(points, {
          x: 'x',
          y: 'y',
          r: isLine || diagonal ? 4 : 2,
          fill: 'var(--hl-accent-fill)',
          fillOpacity: isLine || diagonal ? 1 : 0.4,
        }),
        ...(diagonal
          ? [
              plot.text(points, {
                x: 'x',
                y: 'y',
                dy: -12,
                text: (point: { n?: number }) => String(point.n ?? ''),
              }),
            ]
          : []),
      ],
    }),
    [points, x, y, isLine, diagonal],
  )
  if (points.length === 0) return <p className={shared['note']}>There was nothing to draw in this run.</p>
  return <PlotFigure height={220} summary={summary} options={options} />
}
