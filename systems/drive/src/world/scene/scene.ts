import type { RoadNetwork } from '../opendrive/road-network.ts'
import type { AgentTable } from './agent-table.ts'
import type { Environment } from './environment.ts'
import type { SignalTable } from './signal-table.ts'

/** The truth at one moment of a run. Sensors read it; a driver should know of it only what its perception tells. */
export interface Scene {
  timeS: number
  readonly network: RoadNetwork
  readonly agents: AgentTable
  readonly signals: SignalTable
  environment: Environment
  /** Row of the vehicle under test. */
  readonly ego: number
}
