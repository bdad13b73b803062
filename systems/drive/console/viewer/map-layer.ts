import type { Palette } from '@heavylift/ui/palette'
import type { RoadMap } from '../../src/world/scene/road-map.ts'
import { reachM } from './camera.ts'
import type { Camera, Projector } from './camera.ts'

/** A flat list of points with the circle around it, so that what is out of sight is passed over. */
interface Shape {
  points: number[]
  x: number
  y: number
  radius: number
}

interface Surface extends Shape {
  tone: 'road' | 'walk' | 'green' | 'parking'
}

interface Line extends Shape {
  kind: RoadMap['lines'][number]['kind']
}

const tones: Record<string, Surface['tone']> = {
  sidewalk: 'walk',
  walking: 'walk',
  parking: 'parking',
  shoulder: 'walk',
  border: 'green',
  none: 'green',
  restricted: 'green',
  median: 'green',
  curb: 'walk',
}

/** Draws roads: prepared once for a map, then for any camera. */
export class MapLayer {
  readonly #surfaces: Surface[]
  readonly #lines: Line[]
  readonly #objects: RoadMap['objects']

  constructor(map: RoadMap) {
    this.#surfaces = map.lanes
      .map((lane) => ({ ...circled(lane.outline), tone: tones[lane.type] ?? ('road' as const) }))
      .toSorted((a, b) => order(a) - order(b))
    this.#lines = map.lines.map((line) => ({ ...circled(line.points), kind: line.kind }))
    this.#objects = map.objects
  }

  draw(ctx: CanvasRenderingContext2D, camera: Camera, projector: Projector, palette: Palette): void {
    const reach = reachM(camera)
    const middle =
      camera.kind === 'top'
        ? camera
        : {
            x: camera.x + Math.cos(camera.heading) * reach * 0.5,
            y: camera.y + Math.sin(camera.heading) * reach * 0.5,
          }
    const isSeen = ({ x, y, radius }: Shape) => Math.hypot(x - middle.x, y - middle.y) < reach + radius
    const colours = surfaceColours(palette)
    let tone: Surface['tone'] | null = null
    for (const surface of this.#surfaces) {
      if (!isSeen(surface)) continue
      if (surface.tone !== tone) {
        if (tone !== null) fill(ctx)
        tone = surface.tone
        ctx.beginPath()
        ctx.fillStyle = ctx.strokeStyle = colours[tone]
        ctx.lineWidth = 0.6
      }
      trace(projector, surface.points)
      projector.trace(ctx, true)
    }
    if (tone !== null) fill(ctx)
    for (const object of this.#objects)
      if (object.type === 'crosswalk') drawCrosswalk(ctx, projector, object, palette)
    for (const kind of ['edge', 'lane', 'centre'] as const) {
      ctx.beginPath()
      for (const line of this.#lines)
        if (line.kind === kind && isSeen(line)) {
          trace(projector, line.points)
          projector.trace(ctx, false)
        }
      ctx.strokeStyle =
        kind === 'centre' ? (palette.isDark ? '#8a7a3c' : '#d9a400') : palette.isDark ? '#596270' : '#ffffff'
      const widthPx = camera.kind === 'top' ? Math.min(2.5, Math.max(0.75, 0.15 * camera.scale)) : 1.4
      ctx.lineWidth = widthPx
      const dash = camera.kind === 'top' ? [3 * camera.scale, 6 * camera.scale] : [10, 16]
      ctx.setLineDash(kind === 'lane' ? dash : [])
      ctx.stroke()
    }
    ctx.setLineDash([])
    for (const object of this.#objects)
      if (object.type !== 'crosswalk' && object.lengthM > 0 && object.widthM > 0) {
        ctx.beginPath()
        box(projector, object.x, object.y, object.heading, object.lengthM, object.widthM)
        projector.trace(ctx, true)
        ctx.fillStyle = palette.isDark ? '#2b313a' : '#b9c0ca'
        ctx.fill()
      }
  }
}

/** Fills with a hair of a border, so that no ground shows between two lanes. */
function fill(ctx: CanvasRenderingContext2D): void {
  ctx.fill()
  ctx.stroke()
}

/** What lies below comes first. */
function order({ tone }: Surface): number {
  return { green: 0, walk: 1, parking: 2, road: 3 }[tone]
}

function surfaceColours({ isDark }: Palette): Record<Surface['tone'], string> {
  return isDark
    ? { road: '#23282f', walk: '#1a1e24', green: '#141a17', parking: '#1f242b' }
    : { road: '#c9cfd8', walk: '#e6e9ee', green: '#e3ebe2', parking: '#d6dbe2' }
}

function drawCrosswalk(
  ctx: CanvasRenderingContext2D,
  projector: Projector,
  object: RoadMap['objects'][number],
  palette: Palette,
): void {
  const { x, y, heading, lengthM, widthM } = object
  const isAcross = widthM > lengthM
  const long = Math.max(widthM, lengthM)
  const short = Math.min(widthM, lengthM)
  const way = heading + (isAcross ? Math.PI / 2 : 0)
  ctx.beginPath()
  for (let at = 0.25; at + 0.5 < long; at += 1) {
    const along = at + 0.25 - long / 2
    box(projector, x + along * Math.cos(way), y + along * Math.sin(way), way, 0.5, short)
    projector.trace(ctx, true)
  }
  ctx.fillStyle = palette.isDark ? '#6b7480' : '#ffffff'
  ctx.fill()
}

/** Begins a rectangle on the ground around a point. */
export function box(
  projector: Projector,
  x: number,
  y: number,
  heading: number,
  length: number,
  width: number,
  z = 0,
): void {
  const cos = Math.cos(heading)
  const sin = Math.sin(heading)
  projector.start()
  for (const [ahead, left] of corners) {
    const dx = (ahead * length) / 2
    const dy = (left * width) / 2
    projector.add(x + dx * cos - dy * sin, y + dx * sin + dy * cos, z)
  }
}

const corners = [
  [1, 1],
  [1, -1],
  [-1, -1],
  [-1, 1],
] as const

function trace(projector: Projector, points: number[]): void {
  projector.start()
  for (let at = 0; at < points.length; at += 2)
    projector.add(points[at] as number, points[at + 1] as number, 0)
}

function circled(points: number[]): Shape {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let at = 0; at < points.length; at += 2) {
    left = Math.min(left, points[at] as number)
    right = Math.max(right, points[at] as number)
    bottom = Math.min(bottom, points[at + 1] as number)
    top = Math.max(top, points[at + 1] as number)
  }
  return {
    points,
    x: (left + right) / 2,
    y: (bottom + top) / 2,
    radius: Math.hypot(right - left, top - bottom) / 2,
  }
}
