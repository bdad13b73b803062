import type { ActionContent, Entity } from '../openscenario/scenario.ts'
import type { ProfilePoint } from './smooth-profile.ts'
import { SmoothProfile } from './smooth-profile.ts'
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
  /** Where accelerations are to be smooth. */
  #smooth: SmoothProfile | null = null

  constructor(world: World, entity: number, content: ActionContent & { kind: 'speedProfile' }) {
    this.#world = world
    this.#entity = entity
    this.#content = content
  }

  start(): boolean {
    this.#entry = 0
    this.#elapsedS = 0
    this.#from = this.#world.speed[this.#entity] as number
    this.#smooth = this.#content.isFollowing ? this.#smoothed() : null
    return false
  }

  /** By the targets as they are now; null where there are no limits of jerk, or no room for them. */
  #smoothed(): SmoothProfile | null {
    const { limits, entries } = this.#content
    if (!limits || limits.maxAccelerationRate === undefined || limits.maxDecelerationRate === undefined)
      return null
    const points: ProfilePoint[] = [{ timeS: 0, speed: this.#from }]
    let before = this.#from
    for (let entry = 0; entry < entries.length; entry++) {
      const target = this.#target(entry)
      const durationS = this.#duration(entry, target, before)
      // What takes no time and changes nothing is where it begins.
      if (durationS > 0) points.push({ timeS: (points.at(-1)?.timeS ?? 0) + durationS, speed: target })
      else if (target !== before) return null
      before = target
    }
    const own = this.#world.entities[this.#entity] as Entity
    return SmoothProfile.through(points, {
      ...limits,
      maxAccelerationMps2: Math.min(limits.maxAccelerationMps2, own.maxAccelerationMps2),
      maxDecelerationMps2: Math.min(limits.maxDecelerationMps2, own.maxDecelerationMps2),
    })
  }

  step(_timeS: number, dtS: number): boolean {
    const world = this.#world
    const entity = this.#entity
    const { entries } = this.#content
    this.#elapsedS += dtS
    if (this.#smooth) {
      world.speed[entity] = this.#smooth.speedAt(this.#elapsedS)
      return this.#elapsedS >= this.#smooth.endS
    }
    for (; this.#entry < entries.length; this.#entry++) {
      const target = this.#target(this.#entry)
      const durationS = this.#duration(this.#entry, target, this.#from)
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

  #duration(entry: number, target: number, from: number): number {
    const given = this.#content.entries[entry]?.timeS
    if (typeof given === 'number') return given
    const { maxAccelerationMps2, maxDecelerationMps2 } = this.#world.entities[this.#entity] as Entity
    const limits = this.#content.limits
    const up = Math.min(maxAccelerationMps2, limits?.maxAccelerationMps2 ?? Infinity)
    const down = Math.min(maxDecelerationMps2, limits?.maxDecelerationMps2 ?? Infinity)
    return Math.abs(target - from) / (target > from ? up : down)
  }
}
