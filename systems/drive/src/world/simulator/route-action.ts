import { InvalidInputError } from '@heavylift/core'
import type { ActionContent } from '../openscenario/scenario.ts'
import type { RoadPlace } from './find-route.ts'
import { findWay } from './find-route.ts'
import { distanceTo } from './place-of.ts'
import { roadPlaceOf } from './resolve-position.ts'
import type { World } from './world.ts'

const nearM = 0.5

/**
 * Gives an entity a route: where its lane leads several ways it takes the one on the route. The way to a single position is over when it is there, a
 * route is assigned at once.
 */
export class RouteAction {
  readonly domain = 0
  readonly #world: World
  readonly #entity: number
  readonly #content: ActionContent & { kind: 'route' }

  constructor(world: World, entity: number, content: ActionContent & { kind: 'route' }) {
    this.#world = world
    this.#entity = entity
    this.#content = content
  }

  start(): boolean {
    const world = this.#world
    const entity = this.#entity
    const content = this.#content
    const from = { road: world.road[entity] as number, direction: world.direction(entity) }
    const places = content.waypoints.map((position) => roadPlaceOf(world, position))
    world.routes.set(entity, { roads: this.#roads(from, places), at: 0 })
    return !content.endsThere
  }

  /** From where the entity is, or, where none leads there, as before it is placed, from the first waypoint. */
  #roads(from: RoadPlace, places: readonly { road: number; lane: number }[]): number[] {
    const { network } = this.#world
    const { endsThere, strategies } = this.#content
    const roadsOf = (way: RoadPlace[]) => way.map(({ road }) => road)
    const through = places.map(({ road }) => road)
    const [first] = places
    if (endsThere || !first) return roadsOf(findWay(network, from, through, strategies))
    const start = { road: first.road, direction: network.drivingDirection(first.road, first.lane) }
    const route = findWay(network, start, through.slice(1), strategies?.slice(1))
    try {
      const before = findWay(network, from, [first.road])
      return roadsOf([...before.slice(0, -1), ...route])
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error
      return roadsOf(route)
    }
  }

  step(_timeS: number, dtS: number): boolean {
    const world = this.#world
    const entity = this.#entity
    const content = this.#content
    const target = content.waypoints.at(-1)
    if (!target) return true
    const wayM = Math.abs(world.speed[entity] as number) * dtS
    return distanceTo(world, entity, target) <= Math.max(nearM, wayM)
  }
}
