import type { AgentSource } from '../../world/scene/agent-source.ts'
import type { SignalProgram } from '../../world/scene/signal-program.ts'
import type { ReadingNotes } from '../../world/openscenario/reading-notes.ts'
import type { Scenario } from '../../world/openscenario/scenario.ts'
import type { RoadNetwork } from '../../world/opendrive/road-network.ts'
import type { ReferencePath } from '../../world/lanes/reference-path.ts'
import type { Environment } from '../../world/scene/environment.ts'
import type { SignalTable } from '../../world/scene/signal-table.ts'
import type { Criterion } from './criterion.ts'

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
  /** What reading the scenario came across; where there is no file, nothing. */
  notes?: ReadingNotes
  /** The run ends at this time if its storyboard has not ended it. */
  maxTimeS: number
  stepS: number
}
