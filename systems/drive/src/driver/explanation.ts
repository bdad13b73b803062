import type { AgentKind } from '../world/scene/agent-table.ts'

/** A tracked object as perception tells it. Metres, radians, m/s. */
export interface ExplainedTrack {
  id: number
  kind: AgentKind
  x: number
  y: number
  heading: number
  speedMps: number
  lengthM: number
  widthM: number
  /** Covariance of x and y in m²: xx, xy, yy. */
  covariance: [number, number, number]
  existence: number
}

/** One way that a track may go: points x, y every `stepS` from now. */
export interface ExplainedPrediction {
  track: number
  probability: number
  stepS: number
  points: number[]
}

export interface ExplainedPlan {
  /** Points x, y every `stepS` from now. */
  points: number[]
  stepS: number
  /** Higher is better. */
  score: number
  isChosen: boolean
}

export interface ExplainedDetection {
  sensor: string
  x: number
  y: number
}

export interface SensorFan {
  sensor: string
  kind: 'camera' | 'lidar' | 'radar' | 'thermal' | 'microphone'
  /** On the vehicle: ahead, left, heading. */
  x: number
  y: number
  heading: number
  fieldOfViewRad: number
  rangeM: number
}

/** What a driver saw and thought at one step. */
export interface Explanation {
  sensors: SensorFan[]
  detections: ExplainedDetection[]
  tracks: ExplainedTrack[]
  predictions: ExplainedPrediction[]
  plans: ExplainedPlan[]
  /** Why the safety layer or the emergency brake stepped in; empty while it did not. */
  interventions: string[]
}

export function emptyExplanation(): Explanation {
  return { sensors: [], detections: [], tracks: [], predictions: [], plans: [], interventions: [] }
}
