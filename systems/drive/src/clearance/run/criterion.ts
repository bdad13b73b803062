import type { ReferencePath } from '../../world/lanes/reference-path.ts'
import type { Scene } from '../../world/scene/scene.ts'

/** A round place on the ground, in metres. */
export interface Zone {
  x: number
  y: number
  radiusM: number
}

/** What a run is judged by. JSON, so that reports can say it. */
export type Criterion =
  | { kind: 'noCollision' }
  /** At least so far along its route by the end. */
  | { kind: 'progress'; atLeastM: number }
  /** So far along its route from where it began, in this time. */
  | { kind: 'reachesGoal'; afterM: number; withinS: number }
  /** No nearer than this to agents of these kinds, body to body. */
  | { kind: 'keepsDistance'; kinds: string[]; atLeastM: number }
  | { kind: 'maxSpeed'; mps: number }
  /** No further than this from the centre of its route's lane. */
  | { kind: 'staysInLane'; withinM: number }
  /** Its front does not enter the zone while one of these agents is in it, or would be in less than `withinS`. */
  | { kind: 'yieldsTo'; agents: string[]; zone: Zone; withinS: number }
  /** Comes to a stand with its front in the last metres before this place of its route. */
  | { kind: 'stopsBefore'; atM: number }
  /** Its front passes no stop line of a light that is red. */
  | { kind: 'obeysSignals' }
  /** Accelerations that passengers bear, exceeded for no more than 0.2 s at a time. */
  | { kind: 'comfort'; decelerationMps2: number; accelerationMps2: number; lateralMps2: number }
  /** The agent is not kept below this speed for longer by a vehicle under test that is ahead and this near. */
  | { kind: 'clearsFor'; agent: string; belowMps: number; withinM: number; longestS: number }
  /** Stands in the zone no longer than this. */
  | { kind: 'doesNotBlock'; zone: Zone; longestS: number }

/** A criterion that was not met. */
export interface CriterionFailure {
  /** `driver`: the driver itself broke down. */
  criterion: Criterion['kind'] | 'driver'
  timeS: number
  /** One sentence with figures. */
  detail: string
  /** Of a collision: whose fault it is. What is another's is told and counts as no failure. */
  fault?: 'own' | 'other'
}

/** What criteria see at each step. */
export interface Observation {
  scene: Scene
  route: ReferencePath
  /** The vehicle under test on its route, and where it began there. */
  progressM: number
  startM: number
  lateralM: number
}
