import { clamp } from '@heavylift/core/math'
import type { ActionContent } from '../openscenario/scenario.ts'
import { lateralDistance } from './distance.ts'
import { springPerLimit } from './longitudinal-actions.ts'
import type { World } from './world.ts'

/** It has arrived within this of the distance. */
const nearM = 0.01

/**
 * Keeps a distance to the side of another entity: at once, or, where its dynamics are limited, by a speed sideways from which it can still stop when the
 * distance is right.
 */
export class LateralDistanceAction {
  readonly domain = 2
  readonly #world: World
  readonly #entity: number
  readonly #content: ActionContent & { kind: 'lateralDistance' }
  /** Left (1) or right (−1) of the other, as it looks. */
  #side: 1 | -1 = 1
  #speed = 0
  #acceleration = 0
  #hasLooked = false

  constructor(world: World, entity: number, content: ActionContent & { kind: 'lateralDistance' }) {
    this.#world = world
    this.#entity = entity
    this.#content = content
  }

  start(): boolean {
    const world = this.#world
    const entity = this.#entity
    const content = this.#content
    this.#speed = 0
    this.#acceleration = 0
    this.#hasLooked = false
    const beside = (world.lateral(entity) - this.#otherLateral()) * world.direction(content.entity)
    if (content.displacement === 'any') this.#side = beside >= 0 ? 1 : -1
    else this.#side = content.displacement === 'leftToReferencedEntity' ? 1 : -1
    return false
  }

  step(_timeS: number, dtS: number): boolean {
    const world = this.#world
    const entity = this.#entity
    const content = this.#content
    const now = world.lateral(entity)
    const error = this.#target() - now
    const by = content.limits ? this.#approach(error, dtS) : error
    const road = world.road[entity] as number
    const lane = world.lane[entity] as number
    const along = Math.abs(world.speed[entity] as number)
    const s = (world.s[entity] as number) - (content.limits ? this.#lostAlong(by, dtS) : 0)
    world.setLane(entity, road, lane, s, (world.offset[entity] as number) + by)
    const isSlanted = content.limits && dtS > 0 && along > 1e-6
    const straight = world.direction(entity) === 1 ? 0 : Math.PI
    const turn = isSlanted ? Math.atan(by / dtS / along) * world.direction(entity) : 0
    world.setTurn(entity, straight + turn)
    world.attachLane(entity)
    const isThere = Math.abs(error - by) < nearM && Math.abs(this.#speed) < 0.05
    if (isThere && !content.isContinuous) world.setTurn(entity, straight)
    return isThere && !content.isContinuous
  }

  #otherLateral(): number {
    const world = this.#world
    const entity = this.#entity
    const content = this.#content
    const other = content.entity
    if (world.road[other] === world.road[entity]) return world.lateral(other)
    const beside = lateralDistance(world, entity, other, false)
    return world.lateral(entity) + beside * world.direction(entity)
  }

  /** Where it is to be across the road. */
  #target(): number {
    const world = this.#world
    const entity = this.#entity
    const content = this.#content
    const side = this.#side
    const other = content.entity
    const towards = side * world.direction(other)
    const isAlong = world.direction(entity) === world.direction(other)
    const { reaches } = world
    const bodies = content.isFreespace
      ? reaches.ofSide(other, side === 1 ? 2 : 3) + reaches.ofSide(entity, (side === 1) === isAlong ? 3 : 2)
      : 0
    return this.#otherLateral() + towards * (content.distance + bodies)
  }

  /** What it goes less along the road, as its speed is the one of its whole motion. */
  #lostAlong(by: number, dtS: number): number {
    const world = this.#world
    const entity = this.#entity
    const speed = world.speed[entity] as number
    const way = Math.abs(speed) * dtS
    const lost = way - Math.sqrt(Math.max(0, way * way - by * by))
    return Math.sign(speed) * lost * world.direction(entity)
  }

  /** How far it moves sideways in this step; in the first one it only looks. */
  #approach(error: number, dtS: number): number {
    const { limits } = this.#content
    if (!limits || dtS === 0 || !this.#hasLooked) {
      this.#hasLooked = true
      return 0
    }
    const { maxAccelerationMps2: most, maxDecelerationMps2: least, maxSpeedMps } = limits
    const limit = Math.min(most, least)
    if (limit === Infinity) {
      this.#speed = clamp(error / dtS, -maxSpeedMps, maxSpeedMps)
      return this.#speed * dtS
    }
    const stiffness = springPerLimit * limit
    const wanted = stiffness * error - 2 * Math.sqrt(stiffness) * this.#speed
    const isFaster = wanted * this.#speed >= 0
    const bound = isFaster ? most : least
    // As along the road, limits of jerk are on pressing: letting go may be as quick as it needs.
    const rate = (isFaster ? limits.maxAccelerationRate : limits.maxDecelerationRate) ?? Infinity
    const before = wanted * this.#acceleration > 0 ? Math.abs(this.#acceleration) : 0
    const pressed = Math.min(Math.abs(wanted), bound, before + rate * dtS)
    this.#acceleration = Math.sign(wanted) * pressed
    this.#speed = clamp(this.#speed + this.#acceleration * dtS, -maxSpeedMps, maxSpeedMps)
    return this.#speed * dtS
  }
}
