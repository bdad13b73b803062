import { clamp } from '@heavylift/core/math'
import { trackPoint, trackShapes } from '../../samples/race/track-shape.ts'
import { fitInto } from './fit.ts'

/** A track as it is drawn: y grows downwards, as on a screen. */
export interface TrackOutline {
  points: readonly { x: number; y: number }[]
  /** Place of a way round the lap (0..1). */
  at: (lapFraction: number) => { x: number; y: number }
  /** Ways round the lap where pit road leaves and joins; null where they are unknown. */
  pit: { entry: number; exit: number } | null
  box: { x: number; y: number; width: number; height: number }
  /** Whether the outline is the track's own; else a plain oval stands for it. */
  isTrue: boolean
}

/** The outline of a simulated track by its name, or a plain oval. */
export function trackOutline(trackName: string): TrackOutline {
  const own = Object.values(trackShapes).find(({ name }) => name === trackName)
  const shape = own ?? trackShapes.oval
  const flip = ({ x, y }: { x: number; y: number }) => ({ x, y: -y })
  const points = shape.points.map(flip)
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return {
    points,
    at: (lapFraction) => flip(trackPoint(shape, lapFraction)),
    pit: own ? { entry: own.pitEntry, exit: own.pitExit } : null,
    box: { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top },
    isTrue: own !== undefined,
  }
}

/** Maps the track into a canvas, with room for pit road and the cars' discs. */
export function trackView(
  outline: TrackOutline,
  canvas: { width: number; height: number },
): (at: { x: number; y: number }) => { x: number; y: number } {
  const fit = fitInto(canvas, outline.box, clamp(canvas.width * 0.05, 20, 48))
  return ({ x, y }) => ({
    x: fit.left + (x - outline.box.x) * fit.scale,
    y: fit.top + (y - outline.box.y) * fit.scale,
  })
}

/** A place beside the track: `offset` pixels to the left of the way that is driven (inside, on an oval). */
export function besideTrack(
  outline: TrackOutline,
  view: (at: { x: number; y: number }) => { x: number; y: number },
  lapFraction: number,
  offset: number,
): { x: number; y: number } {
  const from = view(outline.at(lapFraction - 0.002))
  const to = view(outline.at(lapFraction + 0.002))
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy) || 1
  const place = view(outline.at(lapFraction))
  return { x: place.x + (dy / length) * offset, y: place.y - (dx / length) * offset }
}
