import type { AgentKind } from '../../world/scene/agent-table.ts'

/** Someone in a message: the middle of the body, NaN where it does not tell heading, speed or acceleration. */
export interface Seen {
  name: string
  kind: AgentKind
  lengthM: number
  widthM: number
  heightM: number
  x: number
  y: number
  heading: number
  speedMps: number
  accelerationMps2: number
}

/** Where the vehicle is whose log it is, in a frame, and the name of its own frame. */
export interface EgoPose {
  x: number
  y: number
  heading: number
  speedMps: number
  ownFrame: string
}

/** What one message tells. */
export interface Observation {
  topic: string
  timeS: number
  /** The frame of those seen; empty where it is not told. */
  frame: string
  seen: Seen[]
  ego: EgoPose | null
  /** Name of one of `seen` that is the vehicle whose log it is, where the message says so. */
  host: string | null
}
