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
  controllerSettings?: ControllerSettings
  /** Further controllers that it has, by name, of which actions may choose one. */
  otherControllers?: { name: string; settings: ControllerSettings | null }[]
  /** Where it is joined to others, in metres ahead of the reference point. */
  hitchX?: number
  couplerX?: number
  /** Name of the entity that it draws from the start. */
  trailer?: string
}

/** Properties of a lane-keeping controller, where its file gives them. */
export interface ControllerSettings {
  timeGapS?: number
  /** Taken when it is switched on, in override mode; else the speed of the entity is. */
  setSpeedMps?: number
  /** Who is further to the side is no leader. */
  lateralReachM?: number
  isOverride?: true
  /** It is one of another simulator: switched on, it does nothing here. */
  isForeign?: true
}

/** What a way is least in: metres, seconds at the speeds allowed, or roads through junctions. */
export type RouteStrategy = 'shortest' | 'fastest' | 'leastIntersections'

/** `entity` refers to an index in `Scenario.entities`. A relative heading counts from the lane's traffic. */
export type Position = Attitude & PlainPosition

/** In radians, where they are not zero, absolute or relative as the heading is. Bodies stand upright on the ground unless a position says so. */
interface Attitude {
  pitch?: number
  roll?: number
}

type PlainPosition =
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
      /** `ds` is along the centre of the lane, not the reference line. */
      isAlongLane?: true
      offset: number
      heading: number
      isHeadingRelative: boolean
    }
  | { kind: 'road'; road: string; s: number; t: number; heading: number; isHeadingRelative: boolean }
  | { kind: 'world'; x: number; y: number; heading: number; isHeadingRelative: boolean }
  /** On earth, where the roads say where they lie; a relative heading counts from the nearest road's s. */
  | {
      kind: 'earth'
      longitudeDeg: number
      latitudeDeg: number
      heading: number
      isHeadingRelative: boolean
    }
  | {
      kind: 'relativeRoad'
      entity: number
      ds: number
      dt: number
      heading: number
      isHeadingRelative: boolean
    }
  /** So far along the shortest way through waypoints; `lane` null: `t` is of the road, else to the left of the lane's centre. */
  | {
      kind: 'route'
      waypoints: Position[]
      strategies?: RouteStrategy[]
      wayM: number
      lane: number | null
      t: number
      heading: number
      isHeadingRelative: boolean
    }
  /** So far along a trajectory, and to its left. */
  | {
      kind: 'trajectory'
      vertices: TrajectoryVertex[]
      curve?: TrajectoryCurve
      wayM: number
      t: number
      heading: number
      isHeadingRelative: boolean
    }
  /** Along the axes of another entity, or of the world. */
  | {
      kind: 'relativeObject' | 'relativeWorld'
      entity: number
      dx: number
      dy: number
      /** Along the entity's own axis, which points aside where it is rolled. */
      dz?: number
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

export interface DynamicLimits {
  maxAccelerationMps2: number
  maxDecelerationMps2: number
  maxSpeedMps: number
  /** Limits of jerk, m/s³, where there are any. */
  maxAccelerationRate?: number
  maxDecelerationRate?: number
}

/** A point of a polyline. */
export interface TrajectoryVertex {
  timeS: number
  position: Position
  /** The file gives no heading: it is that of the way on. */
  isHeadingOpen?: true
}

/** A piece of a clothoid spline; without a place of its own it goes on where the one before it ends, the first where the entity is. */
export interface SplineSegment {
  position: Position | null
  curvatureStart: number
  curvatureEnd: number
  length: number
  /** Turn against the end of the piece before it. */
  headingOffset: number
  timeS: number | null
}

/** A trajectory that bends. */
export type TrajectoryCurve =
  | { kind: 'clothoidSpline'; segments: SplineSegment[]; endTimeS: number | null }
  | {
      kind: 'clothoid'
      /** Where it begins, and its heading there. */
      position: Position
      /** 1/m, positive to the left, and its change by metre. */
      curvature: number
      curvatureRate: number
      length: number
      /** At its ends, in seconds; null where it has none. */
      times: readonly [startS: number, stopS: number] | null
    }
  | {
      kind: 'nurbs'
      /** Degree + 1. */
      order: number
      points: { position: Position; weight: number; timeS: number | null }[]
      knots: number[]
    }

/** How many of each kind of vehicle, against one another; empty for a mix of our own. */
export type VehicleShares = Partial<Record<'car' | 'truck' | 'bus' | 'motorcycle' | 'bicycle', number>>

/** Where traffic is: within corners, or on pieces of roads from an s on (in a direction of rising s, all of the road without), in some lanes or all. */
export type TrafficArea =
  | { kind: 'polygon'; corners: Position[] }
  | { kind: 'roads'; pieces: { road: string; fromS: number; lengthM: number; lanes: number[] }[] }

/** Vehicles that drive by themselves. */
export type TrafficFlow = { shares: VehicleShares } & (
  | {
      /** As many as there may be in an ellipse around an entity, along its axes, but for a circle around it. */
      kind: 'swarm'
      entity: number
      count: number
      semiMajorM: number
      semiMinorM: number
      innerM: number
      /** Of the ellipse's centre, ahead of the entity. */
      aheadM: number
      /** Speeds that they begin with; null: that of an easy drive. */
      speedMps: readonly [least: number, most: number] | null
      /** Share of those who drive the way that the entity does; null: as lanes have it. */
      sameWayShare: number | null
    }
  /** They appear within a radius of a place, so many in a second. */
  | { kind: 'source'; position: Position; radiusM: number; perS: number; speedMps: number | null }
  /** Who comes within a radius of a place is taken out, at most so many in a second. */
  | { kind: 'sink'; position: Position; radiusM: number; perS: number }
  /** So many in an area: once, or whenever some have left. */
  | { kind: 'area'; count: number; isContinuous: boolean; area: TrafficArea }
)

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
      limits?: DynamicLimits
    }
  | { kind: 'laneChange'; dynamics: Dynamics; targetOffset: number; lane: number; relativeTo: number | null }
  | {
      kind: 'laneOffset'
      shape: Shape
      maxLateralAcc: number
      offset: number
      relativeTo: number | null
      /** The offset is kept, to a moving one too, until another action takes over. */
      isContinuous?: true
    }
  | {
      kind: 'lateralDistance'
      entity: number
      distance: number
      isFreespace: boolean
      isContinuous: boolean
      displacement: 'any' | 'leftToReferencedEntity' | 'rightToReferencedEntity'
      /** Infinite where the file gives none; without limits the distance is kept at once. */
      limits?: DynamicLimits
    }
  | {
      kind: 'followTrajectory'
      /** Empty where there is a curve. */
      vertices: TrajectoryVertex[]
      curve?: TrajectoryCurve
      timing: Timing | null
      /** The last point leads to the first. */
      isClosed?: true
      /** It begins so far along. */
      initialOffsetM?: number
      /** It is steered along and turns by and by; else it is where and as the trajectory says. */
      isFollowing?: true
    }
  | {
      kind: 'activateController'
      isLongitudinal: boolean
      /** It is switched off. */
      isOff?: boolean
      /** Name of the controller that the entity gets first. */
      assigned?: string
      settings?: ControllerSettings
      /** Which of its controllers; the first without. */
      chosen?: string
    }
  /** Pedals held at a share of what the entity can do, from 0 to 1; null lets them go, undefined leaves them. */
  | { kind: 'overrideController'; throttle?: number | null; brake?: number | null }
  /** A way through positions; `endsThere`: the action lasts until the last one is reached. */
  | {
      kind: 'route'
      waypoints: Position[]
      /** Of each waypoint, where one is not to be reached by the shortest way. */
      strategies?: RouteStrategy[]
      endsThere: boolean
    }
  /** Speeds to be reached one after the other; null times follow from the entity's own limits. */
  | {
      kind: 'speedProfile'
      entries: { speedMps: number; timeS: number | null }[]
      relativeTo: number | null
      limits?: DynamicLimits
      /** Speeds are reached with smooth accelerations. */
      isFollowing?: true
    }
  | {
      kind: 'synchronize'
      master: number
      masterPosition: Position
      position: Position
      /** So far before its position each is to be at that time; null where the file says nothing of it, and within a metre is there. */
      masterToleranceM: number | null
      toleranceM: number | null
      finalSpeed: {
        isRelative: boolean
        value: number
        /** It is reached so long or so far before the target. */
        steady?: { kind: 'distance' | 'time'; value: number }
      } | null
    }
  | { kind: 'visibility'; isVisible: boolean; inTraffic: boolean; inSensors: boolean }
  | { kind: 'lightState'; light: string; mode: 'on' | 'off' | 'flashing' }
  /** The rest is for the whole scenario: its `entity` has no meaning. */
  | { kind: 'environment'; environment: ScenarioEnvironment }
  | { kind: 'entityPresence'; entity: number; position: Position | null }
  | { kind: 'setValue'; of: 'parameter' | 'variable' | 'monitor'; name: string; value: string }
  | {
      kind: 'modifyValue'
      of: 'parameter' | 'variable'
      name: string
      operation: 'add' | 'multiply'
      by: number
    }
  | { kind: 'trafficSignalState'; signal: string; state: string }
  | { kind: 'trafficSignalPhase'; controller: string; phase: string }
  /** Traffic begins; null: that of this name begins no more. */
  | { kind: 'traffic'; name: string; flow: TrafficFlow | null }
  /** Draws the entity, or nothing any more. */
  | { kind: 'trailer'; trailer: number | null }
  /** For who knows its type; nothing here does. */
  | { kind: 'userDefined'; type: string }
  /** In place of what a lenient reading leaves out. */
  | { kind: 'nothing' }

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
  | (EntityTrigger & Measure & { kind: 'timeHeadway'; target: number; value: number; rule: Rule })
  | (EntityTrigger &
      Measure & { kind: 'timeToCollision'; target: number | Position; value: number; rule: Rule })
  | (EntityTrigger & Measure & { kind: 'relativeDistance'; target: number; value: number; rule: Rule })
  | (EntityTrigger & Measure & { kind: 'distance'; position: Position; value: number; rule: Rule })
  | (EntityTrigger & { kind: 'speed'; value: number; rule: Rule; direction?: Direction })
  | (EntityTrigger & {
      kind: 'relativeSpeed'
      target: number
      value: number
      rule: Rule
      direction?: Direction
    })
  /** Within a tolerance of an angle; against another entity, the lane's traffic or the world's x. */
  | (EntityTrigger & {
      kind: 'angle'
      of: 'heading' | 'pitch' | 'roll'
      angleRad: number
      toleranceRad: number
      target: number | null
      isAlongRoad: boolean
    })
  | (EntityTrigger & { kind: 'traveledDistance'; value: number })
  | (EntityTrigger & { kind: 'acceleration'; value: number; rule: Rule; direction?: Direction })
  /** No other entity (of `others`, where there are any) in these lanes, counted to the left from the entity's own. */
  | (EntityTrigger & {
      kind: 'relativeClearance'
      others: number[]
      /** Both ends included; infinite where there is no end. */
      lanes: { from: number; to: number }[]
      countsOpposite: boolean
      forwardM: number
      backwardM: number
      isFreespace: boolean
    })
  | (EntityTrigger & { kind: 'standStill'; durationS: number })
  | (EntityTrigger & { kind: 'endOfRoad'; durationS: number })
  | (EntityTrigger & { kind: 'offRoad'; durationS: number })
  | (EntityTrigger & { kind: 'collision'; target: CollisionTarget })
  | (EntityTrigger & { kind: 'reachPosition'; position: Position; tolerance: number })
  /** In place of what a lenient reading leaves out: it never holds. */
  | { kind: 'never' }

/** One entity, any of a kind, or any at all. */
export type CollisionTarget = number | Entity['kind'] | 'any'

/** Along an axis of the entity; without, the whole of it. */
export type Direction = 'longitudinal' | 'lateral' | 'vertical'

/** How a distance is taken. */
export interface Measure {
  isFreespace: boolean
  /** Along s of the road and across it; else along the entity's own axes. */
  isAlongRoad: boolean
  type: 'longitudinal' | 'lateral' | 'euclidianDistance'
}

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
  /** Of actions: whom it moves and how; of some, only where the entity is one of those that met the conditions of its event. */
  action: { entity: number; content: ActionContent; isIfTriggering?: true } | null
}

export interface Scenario {
  file: string
  /** Path of the road network as the file gives it; empty where it gives none. */
  roadFile: string
  entities: Entity[]
  init: { entity: number; content: ActionContent }[]
  stories: StoryElement[]
  stop: Trigger | null
  /** What conditions and actions on parameters and variables begin with. */
  parameters?: Readonly<Record<string, string>>
  variables?: Readonly<Record<string, string>>
  /** Values of monitors, for who looks at a run. */
  monitors?: Readonly<Record<string, string>>
  trafficSignals?: TrafficSignalProgram[]
  /** Something of the file was left out, so that conditions may be on what is not there. */
  isLenient?: true
}
