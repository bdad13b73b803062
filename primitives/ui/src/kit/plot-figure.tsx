import { lazy, Suspense } from 'react'
import { cx } from './cx.ts'
import type { PlotFigureProps } from './plot-figure-props.ts'
import styles from './plot.module.css'

const Drawing = lazy(() => import('./plot-drawing.tsx'))

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
