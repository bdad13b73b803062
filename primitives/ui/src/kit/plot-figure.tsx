import { lazy, Suspense } from 'react'
import type { PlotOptions } from '@observablehq/plot'
import { cx } from './cx.ts'
import styles from './plot.module.css'

const Drawing = lazy(() => import('./plot-drawing.tsx'))

export interface PlotFigureProps {
  /** What a person who cannot see it is told: the finding, with its numbers. */
  summary: string
  height: number
  /** Called with the drawing library and the width in pixels. */
  options: (plot: typeof import('@observablehq/plot'), width: number) => PlotOptions
}

/** A chart; the drawing library loads with the first one shown, and the space is kept so that nothing jumps. */
export function PlotFigure(props: PlotFigureProps) {
  return (
    <div className={cx('hl-plot', styles['plot'])} style={{ height: props.height }}>
      <Suspense fallback={null}>
        <Drawing {...props} />
      </Suspense>
    </div>
  )
}
