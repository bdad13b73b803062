import { clamp } from '@heavylift/core/math'
import type { RaceFlagState } from '../../src/domain/feed-event.ts'
import { lapFractionBetween } from '../playback/between.ts'
import type { Moment } from '../playback/between.ts'
import { drawDisc } from './draw-mark.ts'
import type { Palette } from '@heavylift/ui/palette'
import { besideTrack, trackView } from './track.ts'
import type { TrackOutline } from './track.ts'

/** What a car's fuel says, as its outline on the track. */
export type CarState = 'good' | 'warn' | 'bad' | 'idle'

export interface TrackScene {
  moment: Moment
  outline: TrackOutline
  palette: Palette
  states: ReadonlyMap<string, CarState>
  chosenCarId: string | null
}

type Size = { width: number; height: number }

export const flagColours: Record<RaceFlagState, string> = {
  green: '#2fae66',
  caution: '#f5c518',
  red: '#e5383b',
  white: '#f4f4f4',
  checkered: '#c9ced6',
  'warm-up': '#7a8696',
  none: '#7a8696',
}

/** Draws the track with every car into a canvas of `size` CSS pixels. */
export function drawTrack(ctx: CanvasRenderingContext2D, size: Size, scene: TrackScene): void {
  const { moment, outline, palette } = scene
  const race = moment.after.race
  if (!race) return
  const view = trackView(outline, size)
  ctx.fillStyle = palette.isDark ? '#0f1317' : '#e9edf1'
  ctx.fillRect(0, 0, size.width, size.height)
  const width = clamp(size.width * 0.024, 10, 26)
  drawAsphalt(ctx, view, scene, width, flagColours[race.flag])

  const radius = clamp(size.width * 0.0112, 6, 10.5)
  const before = new Map(moment.before.race?.cars.map((car) => [car.carId, car]) ?? [])
  // The leader is drawn last, on top; a chosen car above all.
  const order = race.cars.toSorted((a, b) => b.position - a.position)
  const chosen = order.findIndex(({ carId }) => carId === scene.chosenCarId)
  if (chosen >= 0) order.push(...order.splice(chosen, 1))
  for (const car of order) {
    const lapFraction = lapFractionBetween(before.get(car.carId), car, moment.share)
    if (lapFraction === null || (!car.isRunning && !car.onPitRoad)) continue
    // Neighbours run on two lines, so that numbers in a bunch can be read.
    const lane = car.onPitRoad ? width + 8 : ((car.position % 3) - 1) * width * 0.42
    const place = besideTrack(outline, view, lapFraction, lane)
    const isChosen = car.carId === scene.chosenCarId
    drawDisc(ctx, {
      ...place,
      radius: isChosen ? radius * 1.35 : radius,
      fill: car.position === 1 ? '#ffd23c' : palette.isDark ? '#e8ebef' : '#14181f',
      outline: isChosen ? palette.accent : outlineOf(scene.states.get(car.carId) ?? 'idle', palette),
      label: car.number,
    })
    if (isChosen) {
      ctx.beginPath()
      ctx.arc(place.x, place.y, radius * 1.35 + 4, 0, 2 * Math.PI)
      ctx.lineWidth = 2.5
      ctx.strokeStyle = palette.accent
      ctx.stroke()
    }
  }
}

function outlineOf(state: CarState, palette: Palette): string {
  if (state === 'bad') return palette.bad
  if (state === 'warn') return palette.warn
  return palette.isDark ? '#0b0e12' : '#ffffff'
}

function drawAsphalt(
  ctx: CanvasRenderingContext2D,
  view: (at: { x: number; y: number }) => { x: number; y: number },
  { outline, palette }: TrackScene,
  width: number,
  flag: string,
): void {
  ctx.lineJoin = 'round'
  ctx.lineCap = 'round'
  if (outline.pit) {
    const { entry, exit } = outline.pit
    const length = (exit - entry + 1) % 1
    ctx.beginPath()
    for (let step = 0; step <= 24; step++) {
      // Leaves and joins the track gently.
      const offset = (width + 8) * Math.min(1, Math.min(step, 24 - step) / 4)
      const place = besideTrack(outline, view, entry + (length * step) / 24, offset)
      if (step === 0) ctx.moveTo(place.x, place.y)
      else ctx.lineTo(place.x, place.y)
    }
    ctx.lineWidth = 7
    ctx.strokeStyle = palette.isDark ? '#262d35' : '#c4ccd5'
    ctx.stroke()
  }
  ctx.beginPath()
  for (const [index, point] of outline.points.entries()) {
    const place = view(point)
    if (index === 0) ctx.moveTo(place.x, place.y)
    else ctx.lineTo(place.x, place.y)
  }
  ctx.closePath()
  ctx.lineWidth = width + 5
  ctx.strokeStyle = flag
  ctx.globalAlpha = 0.9
  ctx.stroke()
  ctx.globalAlpha = 1
  ctx.lineWidth = width
  ctx.strokeStyle = palette.isDark ? '#2b323b' : '#98a3b0'
  ctx.stroke()
  const inside = besideTrack(outline, view, 0, width / 2)
  const outside = besideTrack(outline, view, 0, -width / 2)
  ctx.beginPath()
  ctx.moveTo(inside.x, inside.y)
  ctx.lineTo(outside.x, outside.y)
  ctx.lineCap = 'butt'
  ctx.lineWidth = 4
  ctx.strokeStyle = '#ffffff'
  ctx.stroke()
}
