import { clamp } from '@heavylift/core/math'
import type { ActionContent, DynamicLimits, Entity } from '../openscenario/scenario.ts'
import { longitudinalDistance, roadDistance } from './distance.ts'
import { Transition } from './transition.ts'
import type { World } from './world.ts'

const tiny = 1e-6

/** Brings the speed to a target by a transition, within what the entity can do. */
export class SpeedAction {
  readonly domain = 1
  readonly #world: World
  readonly #entity: number
  readonly #content: ActionContent & { kind: 'speed' }
  readonly #transition: Transition
  readonly #limits: Entity

  constructor(world: World, entity: number, content: ActionContent & { kind: 'speed' }) {
    this.#world = world
    this.#entity = entity
    this.#content = content
    this.#transition = new Transition(content.dynamics.shape)
    this.#limits = world.entities[entity] as Entity
  }

  start(): boolean {
    const { dynamics } = this.#content
    const from = this.#world.speed[this.#entity] as number
    this.#transition.reset(from, this.#target())
    const { target } = this.#transition
    // A way becomes the time that the mean speed needs for it.
    if (dynamics.dimension === 'distance')
      this.#transition.range = (2 * dynamics.value) / Math.max(tiny, Math.abs(from + target))
    else if (dynamics.dimension === 'rate')
      this.#transition.range = this.#transition.rangeByRate(Math.abs(dynamics.value))
    else this.#transition.range = dynamics.value
    const limit = target > from ? this.#limits.maxAccelerationMps2 : this.#limits.maxDecelerationMps2
    // What takes no time is asked for at once, whatever the entity can do.
    if (this.#transition.range > 0)
      this.#transition.range = Math.max(
        this.#transition.range,
        limit < Infinity ? this.#transition.rangeByRate(limit) : 0,
      )
    this.#world.speed[this.#entity] = this.#transition.value()
    return false
  }

  step(_timeS: number, dtS: number): boolean {
    const { target } = this.#content
    const follows = target.kind === 'relative' && target.entity !== this.#entity
    if (follows) this.#follow()
    this.#transition.advance(dtS)
    this.#world.speed[this.#entity] = this.#transition.value()
    return this.#transition.isDone && !(follows && target.isContinuous)
  }

  /** A relative target moves with its entity, where that is another, while the transition lasts, whether it is continuous after it or not. */
  #follow(): void {
    this.#transition.target = this.#target()
    if (this.#content.dynamics.dimension === 'rate')
      this.#transition.range = this.#transition.rangeByRate(Math.abs(this.#content.dynamics.value))
  }

  #target(): number {
    const { target } = this.#content
    const limit = this.#limits.maxSpeedMps
    const other = target.kind === 'relative' ? (this.#world.speed[target.entity] as number) : 0
    const wanted = target.kind === 'relative' && target.isFactor ? other * target.value : other + target.value
    return clamp(wanted, -limit, limit)
  }
}

/** Stiffness (1/s²) for each m/s² that it may brake or speed up, as recordings of reference simulators show. */
export const springPerLimit = 0.4
/** Of an entity that has no limit. */
const usualLimitMps2 = 10

/** Keeps a distance or time gap to another entity: at once and with its speed, or, where its dynamics are limited, within them. */
export class DistanceAction {
  readonly domain = 1
  readonly #world: World
  readonly #entity: number
  readonly #content: ActionContent & { kind: 'longitudinalDistance' }
  #isAhead = false
  /** Of the last step, where jerk is limited. */
  #acceleration = 0

  constructor(world: World, entity: number, content: ActionContent & { kind: 'longitudinalDistance' }) {
    this.#world = world
    this.#entity = entity
    this.#content = content
  }

  start(): boolean {
    this.#acceleration = 0
    const { displacement } = this.#content
    this.#isAhead = displacement === 'any' ? this.#distance() < 0 : displacement === 'leadingReferencedEntity'
    return false
  }

  step(_timeS: number, dtS: number): boolean {
    const world = this.#world
    const content = this.#content
    const other = world.speed[content.entity] as number
    const wanted = content.isTimeGap ? Math.abs(other) * content.value : Math.abs(content.value)
    const distance = this.#distance()
    // Along the road there is no way to one on another road.
    if (distance === Infinity) return false
    const error = distance - (this.#isAhead ? -wanted : wanted)
    if (content.limits) return this.#approach(other, error, dtS, content.limits) && !content.isContinuous
    world.move(this.#entity, error)
    world.speed[this.#entity] = other
    return !content.isContinuous && Math.abs(error) < 0.1
  }

  #distance(): number {
    const { entity, isFreespace, isAlongRoad } = this.#content
    const measure = isAlongRoad ? roadDistance : longitudinalDistance
    return measure(this.#world, this.#entity, entity, isFreespace)
  }

  /**
   * Sets the speed for a gap that is too wide by `error`, as a spring without overshoot between the two would, the stiffer the harder the entity
   * may brake, or speed up where it is too near.
   * True: gap and speed are right.
   */
  #approach(other: number, error: number, dtS: number, limits: DynamicLimits): boolean {
    const world = this.#world
    const entity = this.#entity
    const own = world.entities[entity] as Entity
    const most = Math.min(limits.maxAccelerationMps2, own.maxAccelerationMps2)
    const least = Math.min(limits.maxDecelerationMps2, own.maxDecelerationMps2)
    const speed = world.speed[entity] as number
    const isNear = Math.abs(error) < 0.1 && Math.abs(speed - other) < 0.1
    if (dtS === 0) return isNear
    // Who is too far away has to brake once there, who is too near to speed up again.
    const after = error > 0 ? least : most
    const stiffness = springPerLimit * (after < Infinity ? after : usualLimitMps2)
    const wanted = stiffness * error + 2 * Math.sqrt(stiffness) * (other - speed)
    const { maxAccelerationRate: up = Infinity, maxDecelerationRate: down = Infinity } = limits
    const before = this.#acceleration
    // Limits of jerk are on pressing a pedal: letting go may be as quick as it needs.
    const pressed = wanted < 0 ? Math.max(wanted, before - down * dtS) : Math.min(wanted, before + up * dtS)
    this.#acceleration = clamp(pressed, -least, most)
    const next = speed + this.#acceleration * dtS
    world.speed[entity] = clamp(next, 0, Math.min(limits.maxSpeedMps, own.maxSpeedMps))
    return isNear
  }
}
