import type { ActionContent } from '../openscenario/scenario.ts'
import { polylinePath } from './resolve-position.ts'
import { curvePath, pathColumns } from './trajectory-curve.ts'
import type { World } from './world.ts'

/** Follows a polyline, or a curve as one, by its times, or by the entity's speed where no timing is given. */
export class TrajectoryAction {
  /** Without times the speed is still for others to say. */
  readonly domain: number
  readonly #world: World
  readonly #entity: number
  readonly #content: ActionContent & { kind: 'followTrajectory' }
  /** time, x, y, heading, way so far of each vertex. */
  #path: Float64Array
  #count: number
  #timeS = 0
  #way = 0
  /** Speed at each point where these are to change evenly along pieces that have their times; empty where each has its own. */
  #speeds: Float64Array = new Float64Array(0)

  constructor(world: World, entity: number, content: ActionContent & { kind: 'followTrajectory' }) {
    this.#world = world
    this.#entity = entity
    this.#content = content
    this.domain = content.timing ? 3 : 2
    this.#count = content.vertices.length
    this.#path = new Float64Array(this.#count * 5)
  }

  start(): boolean {
    const world = this.#world
    const entity = this.#entity
    const content = this.#content
    const path = content.curve
      ? curvePath(world, entity, content.curve)
      : polylinePath(world, entity, content.vertices)
    // No time is told for the way back, so a trajectory by times ends at its last point.
    this.#path = content.isClosed && !content.timing ? closed(path) : path
    this.#count = this.#path.length / pathColumns
    this.#way = Math.min(content.initialOffsetM ?? 0, this.#path.at(-1) as number)
    this.#timeS = this.#timeAt(this.#way)
    this.#speeds =
      content.isFollowing && content.timing && !content.curve ? evenSpeeds(this.#path) : this.#speeds
    return false
  }

  step(timeS: number, dtS: number): boolean {
    const world = this.#world
    const entity = this.#entity
    const path = this.#path
    const content = this.#content
    world.hasMoved[entity] = 1
    const last = this.#count * 5 - 5
    const { timing } = content
    const column = timing ? 0 : 4
    if (timing)
      this.#timeS = timing.isRelative ? this.#timeS + timing.scale * dtS : (timeS + dtS) * timing.scale
    // Backwards it goes the same way, looking the other.
    const speed = world.speed[entity] as number
    const isBackwards = !timing && speed < 0
    const at = timing ? this.#timeS + timing.offset : this.#way + Math.abs(speed) * dtS
    const end = path[last + column] as number
    const isDone = at >= end - 1e-9
    const wanted = isDone ? end : at
    let piece = 0
    while (piece < last - 5 && (path[piece + 5 + column] as number) <= wanted) piece += 5
    const from = path[piece + column] as number
    const share = this.#share(piece, wanted - from, (path[piece + 5 + column] as number) - from)
    const between = (field: number) =>
      (path[piece + field] as number) +
      share * ((path[piece + 5 + field] as number) - (path[piece + field] as number))
    const heading = between(3)
    const beyond = isDone ? (at - end) * (timing ? speed : 1) : 0
    const way = between(4)
    if (timing && dtS > 0 && !(at > end + 1e-9)) world.speed[entity] = (way - this.#way) / dtS
    this.#way = way
    world.trajectories.set(entity, { path, wayM: way, halfSteps: world.halfSteps })
    const x = between(1) + beyond * Math.cos(heading)
    const y = between(2) + beyond * Math.sin(heading)
    world.setGround(entity, x, y, isBackwards ? heading + Math.PI : heading)
    return isDone
  }

  /** The path's time at a way along it. */
  #timeAt(way: number): number {
    const path = this.#path
    let row = 0
    while (row < path.length - 2 * pathColumns && (path[row + pathColumns + 4] as number) <= way)
      row += pathColumns
    const next = row + pathColumns
    const length = (path[next + 4] as number) - (path[row + 4] as number)
    const share = length > 0 ? (way - (path[row + 4] as number)) / length : 0
    return (path[row] as number) + share * ((path[next] as number) - (path[row] as number))
  }

  /** How far along a piece it is, where `of` is the time or way of the whole of it. */
  #share(piece: number, done: number, of: number): number {
    const at = piece / pathColumns
    const [before, after] = [this.#speeds[at], this.#speeds[at + 1]]
    const length = (this.#path[piece + 9] as number) - (this.#path[piece + 4] as number)
    if (before === undefined || after === undefined || length < 1e-9 || of < 1e-9)
      return done / Math.max(1e-12, of)
    return (done * (before + ((after - before) * done) / of / 2)) / length
  }
}

/** A path that leads back to its first point; the way there has no time. */
function closed(path: Float64Array): Float64Array {
  const last = path.length - pathColumns
  const [x = 0, y = 0, heading = 0] = path.subarray(1, 4)
  const gap = Math.hypot(x - (path[last + 1] as number), y - (path[last + 2] as number))
  if (gap < 1e-6) return path
  return Float64Array.from([...path, path[last] as number, x, y, heading, (path[last + 4] as number) + gap])
}

/**
 * Speeds at the points of a path with which each piece takes its time while the speed changes evenly along it; the first piece has one speed. A piece that would
 * have to end backwards has one speed too.
 */
function evenSpeeds(path: Float64Array): Float64Array {
  const count = path.length / pathColumns
  const speeds = new Float64Array(count)
  for (let point = 1; point < count; point++) {
    const row = point * pathColumns
    const length = (path[row + 4] as number) - (path[row - 1] as number)
    const durationS = (path[row] as number) - (path[row - pathColumns] as number)
    const mean = durationS > 0 ? length / durationS : 0
    if (point === 1) speeds[0] = mean
    const end = 2 * mean - (speeds[point - 1] as number)
    if (end < -1e-9) return new Float64Array(0)
    speeds[point] = Math.max(0, end)
  }
  return speeds
}
