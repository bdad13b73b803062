import { InvalidInputError } from '@heavylift/core'
import { clamp } from '@heavylift/core/math'
import { planePlace } from '../opendrive/geo-reference.ts'
import type { Position, TrajectoryVertex } from '../openscenario/scenario.ts'
import { findWay } from './find-route.ts'
import { curvePath, pathColumns } from './trajectory-curve.ts'
import type { PoseFinder } from './pose-finder.ts'

/** What has to be looked up before it is a place on a road or the ground. */
type LookedUp = Position & { kind: 'route' | 'trajectory' | 'earth' }
type Place = Exclude<Position, LookedUp>

/** The road, s and lane of a position as things stand. */
export function roadPlaceOf(
  world: PoseFinder,
  position: Position,
): { road: number; s: number; lane: number } {
  const { network } = world
  if (position.kind === 'lane')
    return { road: network.indexOf(position.road), s: position.s, lane: position.lane }
  if (position.kind === 'road') return network.locate(network.indexOf(position.road), position.s, position.t)
  const [x, y] = world.poseFor(0, position)
  return network.nearest(x, y)
}

/** Where `wayM` along the way through the waypoints leads; beyond its end, the end of the last road. */
function onRoute(world: PoseFinder, position: Position & { kind: 'route' }): Place {
  const { network } = world
  const [first, ...rest] = position.waypoints.map((waypoint) => roadPlaceOf(world, waypoint))
  const { road, s, lane } = first as { road: number; s: number; lane: number }
  const direction = network.drivingDirection(road, lane)
  const through = rest.map((waypoint) => waypoint.road)
  let left = position.wayM + (direction === 1 ? s : network.road(road).length - s)
  const way = findWay(network, { road, direction }, through, position.strategies?.slice(1))
  let at = way[0] as (typeof way)[number]
  for (const next of way.slice(1)) {
    const { length } = network.road(at.road)
    if (left <= length) break
    left -= length
    at = next
  }
  const on = network.road(at.road)
  const along = Math.min(left, on.length)
  const { heading, isHeadingRelative, t } = position
  const common = {
    road: on.id,
    s: at.direction === 1 ? along : on.length - along,
    heading,
    isHeadingRelative,
  }
  return position.lane === null
    ? { kind: 'road', ...common, t }
    : { kind: 'lane', ...common, lane: position.lane, offset: t }
}

/** Along a trajectory, its length at most, and `t` to its left. */
function onTrajectory(world: PoseFinder, position: Position & { kind: 'trajectory' }): Place {
  const path = position.curve
    ? curvePath(world, 0, position.curve)
    : polylinePath(world, 0, position.vertices)
  const last = path.length - pathColumns
  const wanted = clamp(position.wayM, 0, path[last + 4] as number)
  let piece = 0
  while (piece < last - pathColumns && (path[piece + pathColumns + 4] as number) <= wanted)
    piece += pathColumns
  const value = (column: number, of = piece) => path[of + column] as number
  const next = piece + pathColumns
  const dx = value(1, next) - value(1)
  const dy = value(2, next) - value(2)
  const length = Math.max(1e-12, value(4, next) - value(4))
  const share = (wanted - value(4)) / length
  const along = Math.atan2(dy, dx)
  return {
    kind: 'world',
    x: value(1) + share * dx - position.t * Math.sin(along),
    y: value(2) + share * dy + position.t * Math.cos(along),
    heading: position.heading + (position.isHeadingRelative ? along : 0),
    isHeadingRelative: false,
  }
}

/** Rows of time, x, y, heading and way of the vertices of a polyline, where they put `entity`; open headings are those of the pieces that follow. */
export function polylinePath(
  world: PoseFinder,
  entity: number,
  vertices: readonly TrajectoryVertex[],
): Float64Array {
  const path = new Float64Array(vertices.length * pathColumns)
  for (const [index, { timeS, position }] of vertices.entries()) {
    const [x, y, heading] = world.poseFor(entity, position)
    const before = index * pathColumns - pathColumns
    const step =
      index === 0 ? 0 : Math.hypot(x - (path[before + 1] as number), y - (path[before + 2] as number))
    const way = index === 0 ? 0 : (path[before + 4] as number) + step
    path.set([timeS, x, y, heading, way], index * pathColumns)
  }
  for (const [index, { isHeadingOpen }] of vertices.entries())
    if (isHeadingOpen) path[index * pathColumns + 3] = headingOn(path, index)
  return path
}

/** Heading of the piece after a point that has a length, or of the last before it. */
function headingOn(path: Float64Array, index: number): number {
  const count = path.length / pathColumns
  const between = (from: number): [number, number] => [
    (path[(from + 1) * pathColumns + 1] as number) - (path[from * pathColumns + 1] as number),
    (path[(from + 1) * pathColumns + 2] as number) - (path[from * pathColumns + 2] as number),
  ]
  const pieces = [
    ...Array.from({ length: count - 1 - index }, (_, after) => index + after),
    ...Array.from({ length: index }, (_, before) => index - 1 - before),
  ]
  for (const piece of pieces) {
    const [dx, dy] = between(piece)
    if (Math.hypot(dx, dy) > 1e-6) return Math.atan2(dy, dx)
  }
  return path[index * pathColumns + 3] as number
}

function onEarth({ network }: PoseFinder, position: Position & { kind: 'earth' }): Place {
  const { geoReference } = network
  const { kind: _, longitudeDeg, latitudeDeg, ...turned } = position
  const place = geoReference && planePlace(geoReference, longitudeDeg, latitudeDeg)
  if (!place)
    throw new InvalidInputError({
      code: 'place-not-on-map',
      message: 'A place on earth needs roads whose <geoReference> says where they lie.',
    })
  const [x, y] = place
  if (!position.isHeadingRelative) return { kind: 'world', x, y, ...turned }
  const { road, s, t } = network.nearest(x, y)
  return { kind: 'road', road: network.road(road).id, s, t, ...turned }
}

/** A position on a route, a trajectory or earth as a place on a road or the ground. */
export function resolvePosition(world: PoseFinder, position: LookedUp): Place {
  if (position.kind === 'earth') return onEarth(world, position)
  return position.kind === 'route' ? onRoute(world, position) : onTrajectory(world, position)
}
