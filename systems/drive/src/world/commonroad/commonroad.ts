import type { AgentKind } from '../scene/agent-table.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'

/** Where somebody is at a time: metres, radians, m/s; x and y of the middle of the body. */
export interface TimedState {
  timeS: number
  x: number
  y: number
  heading: number
  speedMps: number
}

/** A road user of a scene, who does what was recorded. */
export interface Obstacle {
  id: string
  kind: AgentKind
  lengthM: number
  widthM: number
  /** By time; one state is for the whole of the scene. */
  states: TimedState[]
}

/** A shape on the ground. */
export type Region =
  | { kind: 'rectangle'; x: number; y: number; heading: number; lengthM: number; widthM: number }
  | { kind: 'circle'; x: number; y: number; radiusM: number }
  | { kind: 'polygon'; points: (readonly [x: number, y: number])[] }
  | { kind: 'lanelets'; ids: string[] }

export interface Interval {
  from: number
  to: number
}

/** What is to be reached: all that is given at one time. */
export interface Goal {
  timeS: Interval
  /** Any of them; anywhere without. */
  regions: Region[]
  speedMps: Interval | null
  heading: Interval | null
}

export interface PlanningProblem {
  id: string
  start: TimedState
  /** Any of them. */
  goals: Goal[]
}

/** A lane from crossing to crossing between two lines of points. */
export interface Lanelet {
  id: string
  left: (readonly [x: number, y: number])[]
  right: (readonly [x: number, y: number])[]
  successors: string[]
  /** Beside it, driven the same way. */
  leftSame: string | null
  rightSame: string | null
  isForCars: boolean
  /** NaN where the file gives none. */
  limitMps: number
}

/** Where a lanelet became a lane. */
export interface LaneletPlace {
  road: string
  lane: number
}

export interface CommonRoadScene {
  benchmark: string
  /** Where the file says that it comes from, and whether it says that its traffic was made by a simulator. */
  source: string
  isSimulated: boolean
  stepS: number
  lanelets: Map<string, Lanelet>
  network: RoadNetwork
  /** By lanelet. */
  places: Map<string, LaneletPlace>
  obstacles: Obstacle[]
  problems: PlanningProblem[]
}
