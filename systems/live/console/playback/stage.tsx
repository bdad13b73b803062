import { useEffect, useRef } from 'react'
import { readPalette } from '../scene/palette.ts'
import type { Palette } from '../scene/palette.ts'
import type { Moment } from './between.ts'
import type { Playback } from './playback.ts'

export interface Frame {
  size: { width: number; height: number }
  moment: Moment
  palette: Palette
  /** Since the frame before, milliseconds. */
  elapsedMs: number
}

/** With less motion asked for, the picture changes twice a second, without movement between. */
const calmMs = 500

/** A canvas that follows a play head: `draw` is called for every frame of the screen while it is in view. */
export function Stage({
  playback,
  label,
  ratio,
  draw,
}: {
  playback: Playback
  label: string
  /** `free`: as high as its frame. */
  ratio: 'field' | 'court' | 'track' | 'free'
  draw: (ctx: CanvasRenderingContext2D, frame: Frame) => void
}) {
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
      if (!isSeen || (calm.matches && now - last < calmMs)) return
      const moment = playback.moment(performance.now())
      if (!moment) return
      const size = { width: element.clientWidth, height: element.clientHeight }
      const dots = Math.min(2, window.devicePixelRatio || 1)
      const [width, height] = [Math.round(size.width * dots), Math.round(size.height * dots)]
      if (element.width !== width || element.height !== height) {
        element.width = width
        element.height = height
      }
      ctx.setTransform(dots, 0, 0, dots, 0, 0)
      const shown = calm.matches ? { ...moment, share: 1 } : moment
      drawing.current(ctx, { size, moment: shown, palette, elapsedMs: last === 0 ? 1_000 : now - last })
      last = now
    })
    return () => {
      cancelAnimationFrame(frame)
      themes.disconnect()
      sight.disconnect()
    }
  }, [playback])

  return <canvas ref={canvas} className="live-stage" data-ratio={ratio} role="img" aria-label={label} />
}
