import type { ReferencePath } from '../route/reference-path.ts'
import type { Scene } from '../scene/scene.ts'

/** What a run is judged by. JSON, so that reports can say it. */
export type Criterion =
  | { kind: 'noCollision' }
  /** At least so far along its route by the end. */
  | { kind: 'progress'; atLeastM: number }
  /** No nearer than this to agents of these kinds, body to body. */
  | { kind: 'keepsDistance'; kinds: string[]; atLeastM: number }
  | { kind: 'maxSpeed'; mps: number }
  /** No further than this from the centre of its route's lane. */
  | { kind: 'staysInLane'; withinM: number }

/** A criterion that was not met. */
export interface CriterionFailure {
  criterion: Criterion['kind']
  timeS: number
  /** One sentence with figures. */
  detail: string
}

/** What criteria see at each step. */
export interface Observation {
  scene: Scene
  route: ReferencePath
  /** The vehicle under test on its route. */
  progressM: number
  lateralM: number
}
