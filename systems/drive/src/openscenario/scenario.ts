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
  | {
      kind: 'relativeRoad'
      entity: number
      ds: number
      dt: number
      heading: number
      isHeadingRelative: boolean
    }
  /** Along the axes of another entity, or of the world. */
  | {
      kind: 'relativeObject' | 'relativeWorld'
      entity: number
      dx: number
      dy: number
      heading: number
      isHeadingRelative: boolean
    }

export type Shape = 'step' | 'linear' | 'sinusoidal' | 'cubic'

export interface Dynamics {
  shape: Shape
  dimension: 'time' | 'rate' | 'distance'
  value: number
}

export type SpeedTarget =
  | { kind: 'absolute'; value: number }
  | { kind: 'relative'; entity: number; value: number; isFactor: boolean; isContinuous: boolean }

/** In place of an entity, for actions on the whole scenario. */
export const noEntity = -1

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
      /** Measured along s of the road, not along the entity's own axis. */
      isAlongRoad?: true
      displacement: 'any' | 'leadingReferencedEntity' | 'trailingReferencedEntity'
      /** Infinite where the file gives none; without limits the distance is kept at once. */
      limits?: { maxAccelerationMps2: number; maxDecelerationMps2: number; maxSpeedMps: number }
    }
  | { kind: 'laneChange'; dynamics: Dynamics; targetOffset: number; lane: number; relativeTo: number | null }
  | { kind: 'laneOffset'; shape: Shape; maxLateralAcc: number; offset: number; relativeTo: number | null }
  | { kind: 'followTrajectory'; vertices: { timeS: number; position: Position }[]; timing: Timing | null }
  | {
      kind: 'activateController'
      isLongitudinal: boolean
      /** It is switched off. */
      isOff?: boolean
      /** Name of the controller that the entity gets first. */
      assigned?: string
    }
  /** A way through positions; `endsThere`: the action lasts until the last one is reached. */
  | { kind: 'route'; waypoints: Position[]; endsThere: boolean }
  /** Speeds to be reached one after the other; null times follow from the entity's own limits. */
  | { kind: 'speedProfile'; entries: { speedMps: number; timeS: number | null }[]; relativeTo: number | null }
  | {
      kind: 'synchronize'
      master: number
      masterPosition: Position
      position: Position
      /** Within this distance of its position, each counts as there. */
      masterToleranceM: number
      toleranceM: number
      finalSpeed: { isRelative: boolean; value: number } | null
    }
  | { kind: 'visibility'; isVisible: boolean; inTraffic: boolean; inSensors: boolean }
  | { kind: 'lightState'; light: string; mode: 'on' | 'off' | 'flashing' }
  /** The rest is for the whole scenario: its `entity` has no meaning. */
  | { kind: 'environment'; environment: ScenarioEnvironment }
  | { kind: 'entityPresence'; entity: number; position: Position | null }
  | { kind: 'setValue'; of: 'parameter' | 'variable'; name: string; value: string }
  | {
      kind: 'modifyValue'
      of: 'parameter' | 'variable'
      name: string
      operation: 'add' | 'multiply'
      by: number
    }
  | { kind: 'trafficSignalState'; signal: string; state: string }
  | { kind: 'trafficSignalPhase'; controller: string; phase: string }

/** Weather, light and grip of an `<Environment>`; null where it says nothing. */
export interface ScenarioEnvironment {
  name: string
  /** As `2026-01-31T12:00:00`. */
  dateTime: string | null
  isTimeAnimated: boolean
  cloudState: string | null
  illuminanceLux: number | null
  sunElevationRad: number | null
  sunAzimuthRad: number | null
  visualRangeM: number | null
  precipitation: 'dry' | 'rain' | 'snow' | null
  precipitationMmPerH: number | null
  friction: number | null
}

/** Traffic lights that a scenario switches, phase after phase. */
export interface TrafficSignalProgram {
  name: string
  /** Behind the controller `reference`, by this time. */
  delayS: number
  reference: string | null
  phases: { name: string; durationS: number; states: { signal: string; state: string }[] }[]
}

export interface Timing {
  isRelative: boolean
  scale: number
  offset: number
}

export type ConditionContent =
  | { kind: 'simulationTime'; value: number; rule: Rule }
  | { kind: 'elementState'; type: string; element: string; state: string }
  | { kind: 'value'; of: 'parameter' | 'variable' | 'userDefined'; name: string; value: string; rule: Rule }
  | { kind: 'timeOfDay'; dateTime: string; rule: Rule }
  | { kind: 'trafficSignal'; signal: string; state: string }
  | { kind: 'trafficSignalPhase'; controller: string; phase: string }
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
  | (EntityTrigger & {
      kind: 'distance'
      position: Position
      value: number
      rule: Rule
      isFreespace: boolean
      isAlongRoad: boolean
      type: 'longitudinal' | 'lateral' | 'euclidianDistance'
    })
  | (EntityTrigger & { kind: 'speed'; value: number; rule: Rule })
  | (EntityTrigger & { kind: 'relativeSpeed'; target: number; value: number; rule: Rule })
  | (EntityTrigger & { kind: 'traveledDistance'; value: number })
  | (EntityTrigger & { kind: 'acceleration'; value: number; rule: Rule })
  | (EntityTrigger & { kind: 'standStill'; durationS: number })
  | (EntityTrigger & { kind: 'endOfRoad'; durationS: number })
  | (EntityTrigger & { kind: 'offRoad'; durationS: number })
  /** With one entity, or with any of a kind. */
  | (EntityTrigger & { kind: 'collision'; target: number | Entity['kind'] })
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
  /** What conditions and actions on parameters and variables begin with. */
  parameters?: Readonly<Record<string, string>>
  variables?: Readonly<Record<string, string>>
  trafficSignals?: TrafficSignalProgram[]
}
