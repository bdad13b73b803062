import { openGround } from '../opendrive/open-ground.ts'
import type { Position } from '../openscenario/scenario.ts'
import { placeOf } from './place-of.ts'
import { pathColumns } from './trajectory-curve.ts'
import { lanesAhead } from './way-ahead.ts'
import type { World } from './world.ts'

/** Beyond it, nothing is looked for along the lanes that follow. */
const mostWayM = 5000
/** A trajectory leads to a position that it passes within this. */
const besideM = 5
const pieceM = 2

const place = new Float64Array(2)

/**
 * Metres that an entity has to go to a position: along the trajectory that it follows, else along its lane and those that follow on it, else as the crow
 * flies. Negative where it has passed the position on its road or trajectory.
 */
export function wayTo(world: World, entity: number, position: Position): number {
  placeOf(world, position, place)
  const [x, y] = place as unknown as [number, number]
  const trajectory = world.trajectories.get(entity)
  const isFollowing = trajectory !== undefined && world.halfSteps - trajectory.halfSteps <= 2
  const way = isFollowing
    ? alongTrajectory(trajectory.path, trajectory.wayM, x, y)
    : alongLanes(world, entity, x, y)
  return way ?? Math.hypot(x - (world.x[entity] as number), y - (world.y[entity] as number))
}

/** Null where it does not come by. */
function alongTrajectory(path: Float64Array, doneM: number, x: number, y: number): number | null {
  let nearest = besideM
  let found: number | null = null
  for (let row = 0; row + pathColumns < path.length; row += pathColumns) {
    const [fromX, fromY, fromM] = [path[row + 1], path[row + 2], path[row + 4]] as [number, number, number]
    const dx = (path[row + pathColumns + 1] as number) - fromX
    const dy = (path[row + pathColumns + 2] as number) - fromY
    const length = Math.hypot(dx, dy)
    if (length < 1e-9) continue
    const share = Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / (length * length)))
    const distance = Math.hypot(x - fromX - share * dx, y - fromY - share * dy)
    if (distance >= nearest) continue
    nearest = distance
    found = fromM + share * ((path[row + pathColumns + 4] as number) - fromM) - doneM
  }
  return found
}

/** Null where the lanes do not lead there. */
function alongLanes(world: World, entity: number, x: number, y: number): number | null {
  const { network } = world
  if (network === openGround) return null
  const { road, s } = network.nearest(x, y)
  const direction = world.direction(entity)
  const own = world.s[entity] as number
  if (road === world.road[entity])
    return lengthOf(world, entity, world.lane[entity] as number, road, own, (s - own) * direction, direction)
  const sections = lanesAhead(world, entity, mostWayM)
  const last = sections.findIndex((section) => section.road === road)
  if (last < 0) return null
  let way = 0
  let at = {
    road: world.road[entity] as number,
    lane: world.lane[entity] as number,
    s: own,
    direction,
    wayM: 0,
  }
  for (const section of sections.slice(0, last + 1)) {
    way += lengthOf(world, entity, at.lane, at.road, at.s, section.wayM - at.wayM, at.direction)
    at = section
  }
  return way + lengthOf(world, entity, at.lane, at.road, at.s, (s - at.s) * at.direction, at.direction)
}

/** Length of a piece of `way` metres of s as the entity drives it: in bends that is not the reference line's. */
function lengthOf(
  world: World,
  entity: number,
  lane: number,
  road: number,
  fromS: number,
  way: number,
  direction: 1 | -1,
): number {
  const { network } = world
  const { line } = network.road(road)
  const left = (world.offset[entity] as number) * direction * world.direction(entity)
  const pieces = Math.max(1, Math.ceil(Math.abs(way) / pieceM))
  let length = 0
  for (let piece = 0; piece < pieces; piece++) {
    const s = fromS + ((way * (piece + 0.5)) / pieces) * direction
    const t = network.laneCentre(road, lane, s) + left
    length += (way / pieces) * Math.max(0.1, 1 - line.curvatureAt(s) * t)
  }
  return length
}
