import type { Explanation } from '../../driver/explanation.ts'
import type { AgentKind } from '../../world/scene/agent-table.ts'
import type { Environment } from '../../world/scene/environment.ts'

/** A run as viewers, logs and miners take it. Metres, radians, seconds. */
export interface Recording {
  name: string
  version: string
  stepS: number
  ego: number
  environment: Environment
  agents: { name: string; kind: AgentKind; lengthM: number; widthM: number; heightM: number }[]
  signals: { id: string; x: number; y: number; heading: number }[]
  /** The route of the vehicle under test: x, y, x, y, … */
  route: number[]
  frames: RecordingFrame[]
  failures: { criterion: string; timeS: number; detail: string; fault?: 'own' | 'other' }[]
}

export interface RecordingFrame {
  timeS: number
  /** Seven numbers for each agent that is there: row, x, y, heading, speed, acceleration, lights | siren << 8. */
  agents: number[]
  /** States of `SignalTable`, by head. */
  signals: number[]
  /** Null where the driver explains nothing. */
  explanation: Explanation | null
}
