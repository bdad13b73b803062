import type { RoadNetwork } from '../opendrive/road-network.ts'
import type { Position } from '../openscenario/scenario.ts'

/** What finding places along routes and trajectories needs of the world. */
export interface PoseFinder {
  readonly network: RoadNetwork
  /** x, y and heading that a position would give an entity, which stays where it is. */
  poseFor(entity: number, position: Position): [x: number, y: number, heading: number]
  /** x, y and heading of an entity. */
  poseOf(entity: number): [x: number, y: number, heading: number]
}
