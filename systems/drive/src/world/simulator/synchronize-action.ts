import { clamp } from '@heavylift/core/math'
import type { ActionContent, Entity } from '../openscenario/scenario.ts'
import { wayTo } from './way-to.ts'
import type { World } from './world.ts'

/** So near to the place an entity is there. */
const nearM = (toleranceM: number | null): number => (toleranceM === null ? 1 : 0)

/**
 * Arrives at its position when the master arrives at its own. Without a final speed it keeps the speed that this needs. With one, it goes by way of a speed in the
 * middle of the time, so that it arrives in time and with the final speed; with a steady state, it has that so long or so far before.
 */
export class SynchronizeAction {
  readonly domain = 1
  readonly #world: World
  readonly #entity: number
  readonly #content: ActionContent & { kind: 'synchronize' }
  /** Past the turning point: evenly to the final speed. */
  #isEven = false

  constructor(world: World, entity: number, content: ActionContent & { kind: 'synchronize' }) {
    this.#world = world
    this.#entity = entity
    this.#content = content
  }

  start(): boolean {
    this.#isEven = false
    return false
  }

  step(_timeS: number, dtS: number): boolean {
    const world = this.#world
    const entity = this.#entity
    const content = this.#content
    const { master, finalSpeed } = content
    const { maxSpeedMps, maxAccelerationMps2, maxDecelerationMps2 } = world.entities[entity] as Entity
    const masterSpeed = Math.abs(world.speed[master] as number)
    const masterWay = wayTo(world, master, content.masterPosition) - (content.masterToleranceM ?? 0)
    const way = wayTo(world, entity, content.position) - (content.toleranceM ?? 0)
    const final = finalSpeed && (finalSpeed.isRelative ? masterSpeed + finalSpeed.value : finalSpeed.value)
    if (masterWay <= nearM(content.masterToleranceM) || way <= nearM(content.toleranceM)) {
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
    if (this.#isEven) return ((2 * restM) / restS - final - speed) / dtS
    // As hard up to the turning point as back from there: of the two rates with which ways and times add up, that which begins with what is missing.
    const missing = 2 * restM - restS * (speed + final)
    const change = final - speed
    const root = Math.hypot(missing, restS * change)
    const rate = (missing + (missing < 0 ? -root : root)) / (restS * restS)
    const turningS = rate === 0 ? 0 : (change / rate + restS) / 2
    if (turningS > dtS) return rate
    // The step about the turning point keeps its speed.
    this.#isEven = true
    return 0
  }
}
