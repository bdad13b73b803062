import type { AgentTable } from './agent-table.ts'
import type { Surroundings } from '../simulator/surroundings.ts'
import type { Scene } from './scene.ts'

/** Agents that follow rules of their own rather than a storyboard (traffic, pedestrians), beside the scenario's entities. */
export interface AgentSource {
  /** Rows that it needs at most. */
  readonly capacity: number
  /** Called before it starts, of a source that does what the storyboard asks of it. */
  heed?(surroundings: Surroundings): void
  /** Takes its rows and puts its agents where they begin. */
  start(agents: AgentTable, scene: Scene): void
  /** From the scene's time to `dtS` later. It sees every agent as it was before the step. */
  step(scene: Scene, dtS: number): void
}
