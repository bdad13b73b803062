import { wrapAngle } from '@heavylift/core/math'
import type { Scenario, StoryElement, Trigger } from '../openscenario/scenario.ts'
import { sectionIndexAt } from '../opendrive/road.ts'
import type { World } from './world.ts'

const watched = ['acceleration', 'standStill', 'endOfRoad', 'offRoad']

/** Whether a scenario asks for what `EntityWatcher` measures. */
export function watchesEntities({ stop, stories }: Scenario): boolean {
  const asks = (trigger: Trigger | null): boolean =>
    trigger?.some((group) => group.some(({ content }) => watched.includes(content.kind))) === true
  const below = (element: StoryElement): boolean =>
    asks(element.start) || asks(element.stop) || element.children.some(below)
  return asks(stop) || stories.some(below)
}

/** How long it has been so since it was first seen; NaN where it is not. */
function lasting(before: number, isSo: boolean, dtS: number): number {
  if (!isSo) return NaN
  return Number.isNaN(before) ? 0 : before + dtS
}

/** Measures accelerations, and how long entities have been standing, at a dead end or beside every lane. */
export class EntityWatcher {
  readonly #world: World
  readonly #before: Float64Array
  readonly #headingBefore: Float64Array
  #isFirst = true

  constructor(world: World) {
    this.#world = world
    this.#before = new Float64Array(world.entities.length)
    this.#headingBefore = new Float64Array(world.entities.length)
  }

  /** To be called after each step. */
  step(dtS: number): void {
    const world = this.#world
    const before = this.#before
    for (let entity = 0; entity < before.length; entity++) {
      const speed = world.speed[entity] as number
      if (!this.#isFirst && dtS > 0) world.acceleration[entity] = (speed - (before[entity] as number)) / dtS
      before[entity] = speed
      const heading = world.heading[entity] as number
      const turned = wrapAngle(heading - (this.#headingBefore[entity] as number))
      if (!this.#isFirst && dtS > 0) world.sideAcceleration[entity] = (speed * turned) / dtS
      this.#headingBefore[entity] = heading
      const isStill = !world.isMoving(entity)
      world.stillS[entity] = isStill ? (world.stillS[entity] as number) + dtS : 0
      world.deadEndS[entity] = lasting(
        world.deadEndS[entity] as number,
        (world.deadEndSteps[entity] as number) > 0,
        dtS,
      )
      world.offRoadS[entity] = lasting(world.offRoadS[entity] as number, this.#isOffRoad(entity), dtS)
    }
    this.#isFirst = false
  }

  /** Beyond the outermost lane of its side, or on one that is none. */
  #isOffRoad(entity: number): boolean {
    const world = this.#world
    const road = world.network.road(world.road[entity] as number)
    const s = world.s[entity] as number
    const section = road.sections[sectionIndexAt(road, s)]
    const beside = world.lateral(entity) - road.laneOffset.at(s)
    let reach = 0
    for (const lane of (beside > 0 ? section?.left : section?.right) ?? []) {
      reach += lane.width.at(s - (section?.s ?? 0))
      if (Math.abs(beside) <= reach) return lane.type === 'none'
    }
    return true
  }
}
