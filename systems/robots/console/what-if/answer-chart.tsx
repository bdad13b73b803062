import { PlotFigure, formatCount } from '@heavylift/ui'
import { useMemo } from 'react'
import type { ComponentProps } from 'react'
import { goalLine } from '../live/goal-line.ts'
import type { Answer } from '../../src/what-if/answer.ts'

type Options = ComponentProps<typeof PlotFigure>['options']
type Point = Answer['points'][number]

/** Tasks an hour of each variant with the 95 % interval of the mean, against the goal; `isCurve` where variants lie on an axis of numbers. */
export function AnswerChart({
  points,
  goal,
  axis,
  isCurve,
}: {
  points: readonly Point[]
  /** Tasks an hour that are wanted; null: none were named. */
  goal: number | null
  axis: string
  isCurve: boolean
}) {
  const options = useMemo<Options>(
    () => (plot) => {
      const x = isCurve ? 'x' : 'name'
      const known = points.filter(({ interval }) => interval !== null)
      const bounds = {
        y1: (point: Point) => Math.max(0, point.interval![0]),
        y2: (point: Point) => point.interval![1],
      }
      return {
        marginLeft: 64,
        marginBottom: 44,
        x: isCurve
          ? { label: axis, grid: false, ticks: 6 }
          : { label: axis, type: 'point', domain: points.map(({ name }) => name) },
        y: {
          label: 'tasks an hour',
          domain: [
            0,
            Math.max((goal ?? 0) * 1.1, ...points.map(({ interval, perHour }) => interval?.[1] ?? perHour)),
          ],
          grid: true,
          ticks: 5,
        },
        marks: [
          plot.ruleY([0], { stroke: 'var(--hl-line-strong)' }),
          ...(goal === null ? [] : goalLine(plot, goal)),
          ...(isCurve
            ? [
                plot.areaY(known, { x, ...bounds, fill: 'var(--hl-accent)', fillOpacity: 0.16 }),
                plot.line(points, { x, y: 'perHour', stroke: 'var(--hl-accent)', strokeWidth: 1.5 }),
              ]
            : []),
          plot.ruleX(known, { x, ...bounds, stroke: 'var(--hl-accent)', strokeWidth: 2 }),
          plot.dot(points, { x, y: 'perHour', r: 4, fill: 'var(--hl-accent)' }),
        ],
      }
    },
    [points, goal, axis, isCurve],
  )
  return (
    <PlotFigure
      height={280}
      summary={points
        .map(
          ({ name, perHour, interval }) =>
            `${name}: ${formatCount(Math.round(perHour))} tasks an hour${interval ? `, 95 % ${formatCount(Math.round(interval[0]))} to ${formatCount(Math.round(interval[1]))}` : ''}.`,
        )
        .join(' ')}
      options={options}
    />
  )
}
