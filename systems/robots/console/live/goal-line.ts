import type { PlotFigure } from '@heavylift/ui'
import type { ComponentProps } from 'react'

type Plot = Parameters<ComponentProps<typeof PlotFigure>['options']>[0]

/** The goal of a chart of tasks an hour, as a line with its name. */
export const goalLine = (plot: Plot, goal: number) => [
  plot.ruleY([goal], { stroke: 'var(--hl-ink-2)', strokeDasharray: '4 4' }),
  plot.text([goal], {
    y: (value: number) => value,
    text: () => 'goal',
    frameAnchor: 'right',
    dy: -7,
    fill: 'var(--hl-ink-2)',
  }),
]
