import type { Scenario } from '../../world/openscenario/scenario.ts'
import type { RoadNetwork } from '../../world/opendrive/road-network.ts'
import type { ReferencePath } from '../../world/lanes/reference-path.ts'
import type { AgentTable } from '../../world/scene/agent-table.ts'
import type { Environment } from '../../world/scene/environment.ts'
import type { Scene } from '../../world/scene/scene.ts'
import type { SignalTable } from '../../world/scene/signal-table.ts'
import type { Criterion } from './criterion.ts'

/** Agents that follow rules of their own rather than a storyboard (traffic, pedestrians), beside the scenario's entities. */
export interface AgentSource {
  /** Rows that it needs at most. */
  readonly capacity: number
  /** Takes its rows and puts its agents where they begin. */
  start(agents: AgentTable, scene: Scene): void
  /** From the scene's time to `dtS` later. It sees every agent as it was before the step. */
  step(scene: Scene, dtS: number): void
}

/** Changes what traffic lights show. Called before each step with the time of the scene. */
export interface SignalProgram {
  step(signals: SignalTable, timeS: number): void
}

/** Everything that a run needs, made from a scenario file or by a built-in scenario. */
export interface Stage {
  name: string
  scenario: Scenario
  network: RoadNetwork
  /** Index of the vehicle under test in `scenario.entities`. */
  ego: number
  /** Null: along the lane that it starts in. */
  route: ReferencePath | null
  /** NaN: the road's limit. */
  desiredSpeedMps: number
  environment: Environment
  signals: SignalTable | null
  signalProgram: SignalProgram | null
  traffic: AgentSource[]
  criteria: Criterion[]
  /** The run ends at this time if its storyboard has not ended it. */
  maxTimeS: number
  stepS: number
}
