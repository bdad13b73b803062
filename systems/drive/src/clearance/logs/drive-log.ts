import type { AgentKind } from '../../world/scene/agent-table.ts'

/** Someone in a log. */
export interface LogAgent {
  name: string
  kind: AgentKind
  lengthM: number
  widthM: number
  heightM: number
}

/** Numbers of a state: x, y of the body's centre, heading, speed, acceleration, lights and sounds. NaN where someone is not there. */
export const stateSize = 6

/** What happened on a drive, from whatever log: states of everyone over time. Metres, radians, seconds. */
export interface DriveLog {
  name: string
  agents: LogAgent[]
  /** Index of the vehicle whose drive it was. */
  ego: number
  /** Rising. */
  times: Float64Array
  /** `stateSize` numbers for each agent, for each time. */
  states: Float64Array
  /** OpenDRIVE text of the roads, where the log has it. */
  roads: string | null
  /** Topics that tell of road users too and were not taken. */
  otherTopics?: string[]
}

/** Where the state of an agent at a time begins in `states`. */
export function stateAt(log: DriveLog, frame: number, agent: number): number {
  return (frame * log.agents.length + agent) * stateSize
}

/** Whether someone is there at a time. */
export function isThere(log: DriveLog, frame: number, agent: number): boolean {
  return !Number.isNaN(log.states[stateAt(log, frame, agent)] as number)
}
