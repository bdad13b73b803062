import { PlotFigure, formatCount } from '@heavylift/ui'
import { useMemo } from 'react'
import type { ComponentProps } from 'react'
import type { Sample } from './use-playback.ts'
import { goalLine } from './goal-line.ts'

type Options = ComponentProps<typeof PlotFigure>['options']

/** Tasks an hour over the steps that were seen, against the goal. */
export function ThroughputChart({ samples, goal }: { samples: readonly Sample[]; goal: number }) {
  const options = useMemo<Options>(
    () => (plot) => ({
      marginLeft: 56,
      marginBottom: 40,
      x: { label: 'step', ticks: 5 },
      y: {
        label: 'tasks an hour',
        domain: [0, Math.max(goal * 1.1, ...samples.map(({ perHour }) => perHour))],
        grid: true,
        ticks: 4,
      },
      marks: [
        plot.ruleY([0], { stroke: 'var(--hl-line-strong)' }),
        ...goalLine(plot, goal),
        plot.line(samples, { x: 'step', y: 'perHour', stroke: 'var(--hl-accent)', strokeWidth: 1.5 }),
      ],
    }),
    [samples, goal],
  )
  const last = samples.at(-1)
  return (
    <PlotFigure
      height={180}
      summary={`Throughput: ${last ? formatCount(last.perHour) : 'no'} tasks an hour now, the goal is ${formatCount(goal)}.`}
      options={options}
    />
  )
}

/** Open tasks by how long ago they came. */
export function AgesChart({ ages }: { ages: readonly number[] }) {
  const words = ages.join(',')
  const options = useMemo<Options>(
    () => (plot) => ({
      marginLeft: 48,
      marginBottom: 40,
      x: {
        label: 'minutes since it came',
        type: 'band',
        tickFormat: (place: number) => (place === 9 ? '9+' : String(place)),
      },
      y: { label: 'open tasks', grid: true, ticks: 4 },
      marks: [
        plot.barY(words.split(',').map(Number), {
          x: (_: number, place: number) => place,
          y: (count: number) => count,
          fill: 'var(--hl-accent)',
        }),
        plot.ruleY([0], { stroke: 'var(--hl-line-strong)' }),
      ],
    }),
    [words],
  )
  return (
    <PlotFigure
      height={180}
      summary={`Age of open tasks: ${ages.map((count, minute) => `${count} of ${minute === 9 ? 'nine or more' : minute} minutes`).join(', ')}.`}
      options={options}
    />
  )
}
