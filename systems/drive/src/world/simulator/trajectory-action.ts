import type { ActionContent } from '../openscenario/scenario.ts'
import { polylinePath } from './resolve-position.ts'
import { curvePath, pathColumns } from './trajectory-curve.ts'
import type { World } from './world.ts'

/** Follows a polyline, or a curve as one, by its times, or by the entity's speed where no timing is given. */
export class TrajectoryAction {
  readonly domain = 3
  readonly #world: World
  readonly #entity: number
  readonly #content: ActionContent & { kind: 'followTrajectory' }
  /** time, x, y, heading, way so far of each vertex. */
  #path: Float64Array
  #count: number
  #timeS = 0
  #way = 0

  constructor(world: World, entity: number, content: ActionContent & { kind: 'followTrajectory' }) {
    this.#world = world
    this.#entity = entity
    this.#content = content
    this.#count = content.vertices.length
    this.#path = new Float64Array(this.#count * 5)
  }

  start(): boolean {
    const world = this.#world
    const entity = this.#entity
    const content = this.#content
    this.#path = content.curve
      ? curvePath(world, entity, content.curve)
      : polylinePath(world, entity, content.vertices)
    this.#count = this.#path.length / pathColumns
    this.#timeS = this.#path[0] as number
    this.#way = 0
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
    const at = timing ? this.#timeS + timing.offset : this.#way + (world.speed[entity] as number) * dtS
    const end = path[last + column] as number
    const isDone = at >= end - 1e-9
    const wanted = isDone ? end : at
    let piece = 0
    while (piece < last - 5 && (path[piece + 5 + column] as number) <= wanted) piece += 5
    const from = path[piece + column] as number
    const share = (wanted - from) / Math.max(1e-12, (path[piece + 5 + column] as number) - from)
    const between = (field: number) =>
      (path[piece + field] as number) +
      share * ((path[piece + 5 + field] as number) - (path[piece + field] as number))
    const heading = between(3)
    const beyond = isDone ? (at - end) * (timing ? (world.speed[entity] as number) : 1) : 0
    const way = between(4)
    if (timing && dtS > 0 && !(at > end + 1e-9)) world.speed[entity] = (way - this.#way) / dtS
    this.#way = way
    const x = between(1) + beyond * Math.cos(heading)
    const y = between(2) + beyond * Math.sin(heading)
    world.setGround(entity, x, y, heading)
    return isDone
  }
}
