import { clamp } from '@heavylift/core/math'
import type { ActionContent, Entity } from '../openscenario/scenario.ts'
import { distanceTo } from './place-of.ts'
import type { World } from './world.ts'

/** Reaches one speed after the other: in the given times, or as fast as the entity can where none are given. */
export class SpeedProfileAction {
  readonly domain = 1
  readonly #world: World
  readonly #entity: number
  readonly #content: ActionContent & { kind: 'speedProfile' }
  #entry = 0
  #from = 0
  #elapsedS = 0

  constructor(world: World, entity: number, content: ActionContent & { kind: 'speedProfile' }) {
    this.#world = world
    this.#entity = entity
    this.#content = content
  }

  start(): boolean {
    this.#entry = 0
    this.#elapsedS = 0
    this.#from = this.#world.speed[this.#entity] as number
    return false
  }

  step(_timeS: number, dtS: number): boolean {
    const world = this.#world
    const entity = this.#entity
    const { entries } = this.#content
    this.#elapsedS += dtS
    for (; this.#entry < entries.length; this.#entry++) {
      const target = this.#target(this.#entry)
      const durationS = this.#duration(this.#entry, target)
      if (this.#elapsedS < durationS - 1e-9) {
        world.speed[entity] = this.#from + ((target - this.#from) * this.#elapsedS) / durationS
        return false
      }
      world.speed[entity] = target
      this.#from = target
      this.#elapsedS = Math.max(0, this.#elapsedS - durationS)
    }
    return true
  }

  #target(entry: number): number {
    const { entries, relativeTo } = this.#content
    const base = relativeTo === null ? 0 : (this.#world.speed[relativeTo] as number)
    return base + (entries[entry]?.speedMps ?? 0)
  }

  #duration(entry: number, target: number): number {
    const given = this.#content.entries[entry]?.timeS
    if (typeof given === 'number') return given
    const { maxAccelerationMps2, maxDecelerationMps2 } = this.#world.entities[this.#entity] as Entity
    const limit = target > this.#from ? maxAccelerationMps2 : maxDecelerationMps2
    return Math.abs(target - this.#from) / limit
  }
}

/**
 * Arrives at its position when the master arrives at its own. Without a final speed it keeps the speed that this needs; with one, it goes by way of
 * a speed in the middle, so that it arrives in time and with the final speed.
 */
export class SynchronizeAction {
  readonly domain = 1
  readonly #world: World
  readonly #entity: number
  readonly #content: ActionContent & { kind: 'synchronize' }

  constructor(world: World, entity: number, content: ActionContent & { kind: 'synchronize' }) {
    this.#world = world
    this.#entity = entity
    this.#content = content
  }

  start(): boolean {
    return false
  }

  step(_timeS: number, dtS: number): boolean {
    const world = this.#world
    const entity = this.#entity
    const content = this.#content
    const { master, finalSpeed } = content
    const { maxSpeedMps, maxAccelerationMps2, maxDecelerationMps2 } = world.entities[entity] as Entity
    const masterSpeed = Math.abs(world.speed[master] as number)
    const masterWay = distanceTo(world, master, content.masterPosition)
    const way = distanceTo(world, entity, content.position)
    const final = finalSpeed && (finalSpeed.isRelative ? masterSpeed + finalSpeed.value : finalSpeed.value)
    if (masterWay <= content.masterToleranceM || way <= content.toleranceM) {
      if (final !== null) world.speed[entity] = final
      return true
    }
    if (masterSpeed < 1e-6 || dtS === 0) return false
    const timeS = masterWay / masterSpeed
    const speed = world.speed[entity] as number
    const middle = final === null ? way / timeS : (4 * way) / timeS / 2 - (speed + final) / 2
    const wanted = final === null ? middle - speed : ((middle - speed) * dtS) / Math.max(dtS, timeS / 2)
    const most = final === null ? Infinity : maxAccelerationMps2 * dtS
    const least = final === null ? -Infinity : -maxDecelerationMps2 * dtS
    const next = speed + clamp(wanted, least, most)
    world.speed[entity] = Math.min(Math.max(0, next), maxSpeedMps)
    return false
  }
}
