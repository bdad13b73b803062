import * as Plot from '@observablehq/plot'
import { useLayoutEffect, useRef, useState } from 'react'
import type { PlotFigureProps } from './plot-figure-props.ts'
import styles from './plot.module.css'

export default function PlotDrawing({ summary, height, options }: PlotFigureProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)

  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  useLayoutEffect(() => {
    const element = frame.current
    if (!element || width === 0) return
    const drawing = Plot.plot({
      width,
      height,
      style: { fontFamily: 'var(--hl-number-face)', fontSize: '11.5px', background: 'transparent' },
      ...options(Plot, width),
    })
    // One picture with one description: the labels that the library gives to groups are not for groups.
    // With a legend it is a figure about the drawing.
    drawing.setAttribute('role', 'img')
    drawing.setAttribute('aria-label', summary)
    for (const group of drawing.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label')
    element.replaceChildren(drawing)
    return () => drawing.remove()
  }, [width, height, options, summary])

  return <div ref={frame} className={styles['frame']} />
}
