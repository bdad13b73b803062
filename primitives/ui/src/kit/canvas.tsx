import { useEffect, useRef } from 'react'
import type { HTMLAttributes } from 'react'
import { readPalette } from './palette.ts'
import type { Palette } from './palette.ts'

export interface CanvasFrame {
  /** CSS pixels. */
  size: { width: number; height: number }
  palette: Palette
  /** Of `performance.now()`. */
  nowMs: number
  /** Since the frame before; a second at the first. */
  elapsedMs: number
  /** The viewer asked for less motion: draw states, not ways between them. */
  isCalm: boolean
}

/** With less motion asked for, the picture changes twice a second. */
const calmMs = 500

/**
 * A canvas that is drawn anew for every frame of the screen while it is in view, in the pixels of the screen and the colours of the theme.
 * `draw` says false to keep what is there.
 */
export function Canvas({
  label,
  draw,
  wakesAtOnce = false,
  ...attributes
}: {
  label: string
  draw: (ctx: CanvasRenderingContext2D, frame: CanvasFrame) => boolean | void
  /** Draws every frame although less motion is asked for; for pictures that only move when a person moves them. */
  wakesAtOnce?: boolean
  'data-ratio'?: string
} & Omit<HTMLAttributes<HTMLCanvasElement>, 'children'>) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawing = useRef(draw)
  useEffect(() => {
    drawing.current = draw
  })

  useEffect(() => {
    const element = canvas.current
    const ctx = element?.getContext('2d')
    if (!element || !ctx) return
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)')
    let palette = readPalette(element)
    const themes = new MutationObserver(() => (palette = readPalette(element)))
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    let isSeen = true
    const sight = new IntersectionObserver(([entry]) => (isSeen = entry?.isIntersecting ?? true))
    sight.observe(element)

    let last = 0
    let frame = requestAnimationFrame(function next(now) {
      frame = requestAnimationFrame(next)
      if (!isSeen || (calm.matches && !wakesAtOnce && now - last < calmMs)) return
      const size = { width: element.clientWidth, height: element.clientHeight }
      const dots = Math.min(2, window.devicePixelRatio || 1)
      const [width, height] = [Math.round(size.width * dots), Math.round(size.height * dots)]
      if (element.width !== width || element.height !== height) {
        element.width = width
        element.height = height
      }
      ctx.setTransform(dots, 0, 0, dots, 0, 0)
      const hasDrawn = drawing.current(ctx, {
        size,
        palette,
        nowMs: performance.now(),
        elapsedMs: last === 0 ? 1_000 : now - last,
        isCalm: calm.matches,
      })
      if (hasDrawn !== false) last = now
    })
    return () => {
      cancelAnimationFrame(frame)
      themes.disconnect()
      sight.disconnect()
    }
  }, [wakesAtOnce])

  return <canvas ref={canvas} role="img" aria-label={label} {...attributes} />
}
