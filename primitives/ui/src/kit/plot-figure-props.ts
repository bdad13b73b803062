import type { PlotOptions } from '@observablehq/plot'

export interface PlotFigureProps {
  /** What a person who cannot see it is told: the finding, with its numbers. */
  summary: string
  height: number
  /** Called with the drawing library and the width in pixels. */
  options: (plot: typeof import('@observablehq/plot'), width: number) => PlotOptions
}
