import type { Rule } from './rule.ts'

/** A body: centre on the ground relative to the reference point, and size, in metres. */
export interface Body {
  centreX: number
  centreY: number
  length: number
  width: number
  height: number
}

export interface Entity {
  name: string
  kind: 'vehicle' | 'pedestrian' | 'miscObject'
  /** As the file says: `car`, `bicycle`, `animal`, `barrier`, …; empty where it says nothing. */
  category: string
  /** `<Property>` by name. */
  properties: Readonly<Record<string, string>>
  body: Body
  maxSpeedMps: number
  maxAccelerationMps2: number
  maxDecelerationMps2: number
  /** Name of its controller; null where it has none. */
  controller: string | null
}

/** `entity` refers to an index in `Scenario.entities`. A relative heading counts from the lane's traffic. */
export type Position =
  | {
      kind: 'lane'
      road: string
      lane: number
      s: number
      offset: number
      heading: number
      isHeadingRelative: boolean
    }
  | {
      kind: 'relativeLane'
      entity: number
      dLane: number
      ds: number
      offset: number
      heading: number
      isHeadingRelative: boolean
    }
  | { kind: 'road'; road: string; s: number; t: number; heading: number; isHeadingRelative: boolean }
  | { kind: 'world'; x: number; y: number; heading: number; isHeadingRelative: boolean }

export type Shape = 'step' | 'linear' | 'sinusoidal' | 'cubic'

export interface Dynamics {
  shape: Shape
  dimension: 'time' | 'rate' | 'distance'
  value: number
}

export type SpeedTarget =
  | { kind: 'absolute'; value: number }
  | { kind: 'relative'; entity: number; value: number; isFactor: boolean; isContinuous: boolean }

export type ActionContent =
  | { kind: 'teleport'; position: Position }
  | { kind: 'speed'; dynamics: Dynamics; target: SpeedTarget }
  | {
      kind: 'longitudinalDistance'
      entity: number
      value: number
      isTimeGap: boolean
      isFreespace: boolean
      isContinuous: boolean
      displacement: 'any' | 'leadingReferencedEntity' | 'trailingReferencedEntity'
    }
  | { kind: 'laneChange'; dynamics: Dynamics; targetOffset: number; lane: number; relativeTo: number | null }
  | { kind: 'laneOffset'; shape: Shape; maxLateralAcc: number; offset: number; relativeTo: number | null }
  | { kind: 'followTrajectory'; vertices: { timeS: number; position: Position }[]; timing: Timing | null }
  | { kind: 'activateController'; isLongitudinal: boolean }

export interface Timing {
  isRelative: boolean
  scale: number
  offset: number
}

export type ConditionContent =
  | { kind: 'simulationTime'; value: number; rule: Rule }
  | { kind: 'elementState'; type: string; element: string; state: string }
  | (EntityTrigger & {
      kind: 'timeHeadway'
      target: number
      value: number
      rule: Rule
      isFreespace: boolean
      isAlongRoad: boolean
    })
  | (EntityTrigger & {
      kind: 'timeToCollision'
      target: number
      value: number
      rule: Rule
      isFreespace: boolean
      isAlongRoad: boolean
    })
  | (EntityTrigger & {
      kind: 'relativeDistance'
      target: number
      value: number
      rule: Rule
      isFreespace: boolean
      isAlongRoad: boolean
      type: 'longitudinal' | 'lateral' | 'euclidianDistance'
    })
  | (EntityTrigger & { kind: 'speed'; value: number; rule: Rule })
  | (EntityTrigger & { kind: 'relativeSpeed'; target: number; value: number; rule: Rule })
  | (EntityTrigger & { kind: 'traveledDistance'; value: number })
  | (EntityTrigger & { kind: 'reachPosition'; position: Position; tolerance: number })

export interface EntityTrigger {
  entities: number[]
  needsAll: boolean
}

export type Edge = 'none' | 'rising' | 'falling' | 'risingOrFalling'

export interface Condition {
  name: string
  delayS: number
  edge: Edge
  content: ConditionContent
}

/** Any group whose conditions all hold. */
export type Trigger = Condition[][]

export type ElementType = 'story' | 'act' | 'maneuverGroup' | 'maneuver' | 'event' | 'action'

/** A node of the storyboard below it, in the order of the file. */
export interface StoryElement {
  type: ElementType
  name: string
  start: Trigger | null
  stop: Trigger | null
  children: StoryElement[]
  /** Of maneuver groups and events. */
  maximumExecutions: number
  priority: 'overwrite' | 'skip' | 'parallel'
  /** Of actions: whom it moves and how. */
  action: { entity: number; content: ActionContent } | null
}

export interface Scenario {
  file: string
  /** Path of the road network as the file gives it. */
  roadFile: string
  entities: Entity[]
  init: { entity: number; content: ActionContent }[]
  stories: StoryElement[]
  stop: Trigger | null
}
