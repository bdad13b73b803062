import { clamp } from '@heavylift/core/math'
import type { ActionContent, Entity } from '../openscenario/scenario.ts'
import { wayTo } from './way-to.ts'
import type { World } from './world.ts'

/**
 * Arrives at its position when the master arrives at its own. Without a final speed it keeps the speed that this needs. With one, it goes by way of a speed in the
 * middle of the time, so that it arrives in time and with the final speed; with a steady state, it has that so long or so far before.
 */
export class SynchronizeAction {
  readonly domain = 1
  readonly #world: World
  readonly #entity: number
  readonly #content: ActionContent & { kind: 'synchronize' }
  /** Time that the second half takes; NaN before the master moved. */
  #secondS = NaN

  constructor(world: World, entity: number, content: ActionContent & { kind: 'synchronize' }) {
    this.#world = world
    this.#entity = entity
    this.#content = content
  }

  start(): boolean {
    this.#secondS = NaN
    return false
  }

  step(_timeS: number, dtS: number): boolean {
    const world = this.#world
    const entity = this.#entity
    const content = this.#content
    const { master, finalSpeed } = content
    const { maxSpeedMps, maxAccelerationMps2, maxDecelerationMps2 } = world.entities[entity] as Entity
    const masterSpeed = Math.abs(world.speed[master] as number)
    const masterWay = wayTo(world, master, content.masterPosition)
    const way = wayTo(world, entity, content.position)
    const final = finalSpeed && (finalSpeed.isRelative ? masterSpeed + finalSpeed.value : finalSpeed.value)
    if (masterWay <= content.masterToleranceM || way <= content.toleranceM) {
      if (final !== null) world.speed[entity] = final
      return true
    }
    if (masterSpeed < 1e-6 || dtS === 0) return false
    const timeS = masterWay / masterSpeed
    const speed = world.speed[entity] as number
    if (final === null) {
      world.speed[entity] = clamp(way / timeS, 0, maxSpeedMps)
      return false
    }
    const wanted = this.#acceleration(timeS, way, speed, final, dtS)
    const bound = clamp(wanted, -maxDecelerationMps2, maxAccelerationMps2)
    world.speed[entity] = clamp(speed + bound * dtS, 0, maxSpeedMps)
    return false
  }

  /** Of this step, to be at the place in `timeS` with the speed `final`. */
  #acceleration(timeS: number, way: number, speed: number, final: number, dtS: number): number {
    const steady = this.#content.finalSpeed?.steady
    const steadyM = steady?.kind === 'time' ? steady.value * final : (steady?.value ?? 0)
    const steadyS = steady?.kind === 'time' ? steady.value : steadyM / Math.max(final, 1e-6)
    const restS = timeS - steadyS
    const restM = way - steadyM
    if (restS <= dtS || restM <= 0) return (final - speed) / dtS
    if (Number.isNaN(this.#secondS)) this.#secondS = restS / 2
    const firstS = restS - this.#secondS
    // Each step goes at the speed of its end.
    const ofSteps = ((final - speed) * dtS) / 2
    if (firstS <= dtS / 2) {
      // Evenly, but for what the steps so far have left over of the way.
      const even = (final - speed) / restS
      const missing = restM - ofSteps - ((speed + final) / 2) * restS
      return even + (4 * missing) / (restS * restS)
    }
    // So fast up to the middle, and evenly from there to the final speed, that the ways of both halves make up the rest.
    const missing = restM - ofSteps - speed * firstS - ((speed + final) / 2) * this.#secondS
    return missing / (firstS * firstS * 0.5 + firstS * this.#secondS * 0.5)
  }
}
