import type { Random } from '@heavylift/core'
import { clamp } from '@heavylift/core/math'
import { fieldWidth, goTo, runTo } from './scene.ts'
import type { Actor } from './scene.ts'
import type { Place } from './alignment.ts'

/** A receiver's way: places that he runs through, one after the other. */
export interface Route {
  name: string
  points: Place[]
  next: number
}

type Shape = (depth: number) => readonly (readonly [number, number])[]

/** Each as [yards ahead of where he stood, yards towards the sideline (negative: inwards)]. */
const shapes: Record<string, Shape> = {
  go: (depth) => [[Math.max(depth, 12), 0.8]],
  slant: (depth) => [
    [2.5, 0],
    [Math.max(depth, 4), -6],
  ],
  out: (depth) => [
    [depth, 0],
    [depth, 7],
  ],
  dig: (depth) => [
    [depth, 0],
    [depth + 0.5, -12],
  ],
  curl: (depth) => [
    [depth + 1.5, 0],
    [depth, -1],
  ],
  comeback: (depth) => [
    [depth + 2, 0],
    [depth, 3],
  ],
  post: (depth) => [
    [depth * 0.55, 0],
    [depth, -7],
  ],
  corner: (depth) => [
    [depth * 0.6, 0],
    [depth, 7],
  ],
  cross: (depth) => [
    [Math.max(1, depth * 0.6), -2],
    [depth, -16],
  ],
  flat: (depth) => [[Math.max(0.5, depth), 6]],
  screen: (depth) => [[depth, 1.5]],
  sit: (depth) => [[depth, -0.5]],
}

const namesByDepth: readonly (readonly [number, readonly string[]])[] = [
  [1, ['flat', 'screen']],
  [6, ['slant', 'flat', 'sit', 'cross']],
  [11, ['slant', 'out', 'curl', 'cross', 'dig']],
  [19, ['dig', 'out', 'curl', 'comeback', 'post', 'corner']],
  [99, ['go', 'post', 'corner']],
]

/** A route whose last point is `depth` yards beyond the line of scrimmage, within the field and its end zone. */
export function drawRoute(
  random: Random,
  from: Actor,
  ballV: number,
  depth: number,
  deepest: number,
  towardsSideline: boolean,
): Route {
  const fitting = namesByDepth.find(([limit]) => depth < limit)?.[1] ?? ['go']
  const name = towardsSideline ? (depth < 5 ? 'flat' : depth < 16 ? 'out' : 'corner') : random.pick(fitting)
  const side = from.v >= ballV ? 1 : -1
  // Shapes start at the line of scrimmage, so that depths are the same for backs and for men on the line.
  const points = (shapes[name]?.(depth) ?? []).map(([ahead, outwards]) => ({
    u: Math.min(ahead, deepest),
    v: clamp(from.v + side * outwards, 1.2, fieldWidth - 1.2),
  }))
  const last = points[points.length - 1]
  if (last && name === 'go') last.u = Math.min(depth, deepest)
  return { name, points, next: 0 }
}

/** Where the route ends. */
export function endOf(route: Route): Place {
  return route.points[route.points.length - 1] ?? { u: 0, v: 0 }
}

/** Yards left on the route from where the runner is. */
export function yardsLeft(actor: Actor, route: Route): number {
  let left = 0
  let at: Place = actor
  for (const point of route.points.slice(route.next)) {
    left += Math.hypot(point.u - at.u, point.v - at.v)
    at = point
  }
  return left
}

/** Runs on; at the end he stays (`curl`, `sit`, `screen`) or drifts on slowly. */
export function runRoute(actor: Actor, route: Route): void {
  let point = route.points[route.next]
  if (
    point &&
    route.next < route.points.length - 1 &&
    Math.hypot(point.u - actor.u, point.v - actor.v) < 1.1
  ) {
    route.next++
    point = route.points[route.next]
  }
  if (!point) return
  if (route.next === route.points.length - 1) goTo(actor, point.u, point.v)
  else runTo(actor, point.u, point.v, actor.topSpeed * 0.95)
}
