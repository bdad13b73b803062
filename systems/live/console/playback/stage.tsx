import { Canvas } from '@heavylift/ui'
import type { Palette } from '@heavylift/ui/palette'
import type { Moment } from './between.ts'
import type { Playback } from './playback.ts'
import live from '../live.module.css'

export interface Frame {
  size: { width: number; height: number }
  moment: Moment
  palette: Palette
  /** Since the frame before, milliseconds. */
  elapsedMs: number
}

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
  return (
    <Canvas
      label={label}
      className={live['stage']}
      data-ratio={ratio}
      draw={(ctx, { size, palette, nowMs, elapsedMs, isCalm }) => {
        const moment = playback.moment(nowMs)
        if (!moment) return false
        draw(ctx, { size, moment: isCalm ? { ...moment, share: 1 } : moment, palette, elapsedMs })
        return true
      }}
    />
  )
}
