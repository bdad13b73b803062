import type { RoadNetwork } from '../../../src/world/opendrive/road-network.ts'
import { overlaps } from '../../../src/clearance/run/collision.ts'
import { StateDigest } from '../../../src/clearance/run/state-digest.ts'
import type { SignalProgram } from '../../../src/world/scene/signal-program.ts'
import { AgentTable } from '../../../src/world/scene/agent-table.ts'
import { clearDay } from '../../../src/world/scene/environment.ts'
import type { Scene } from '../../../src/world/scene/scene.ts'
import { signalsOf } from '../../../src/world/town/signal-plan.ts'
import { TrafficSource, trafficNetwork } from '../../../src/world/traffic/traffic-source.ts'
import type { VehicleMix } from '../../../src/world/traffic/vehicle-mix.ts'

export const stepS = 0.05

/** Traffic on a network, stepped as a run does it. */
export class SourceWorld {
  readonly scene: Scene
  readonly source: TrafficSource
  readonly program: SignalProgram
  readonly digest = new StateDigest()

  constructor(network: RoadNetwork, options: { seed: number; count: number; mix?: VehicleMix }) {
    const { signals, program } = signalsOf(network)
    this.program = program
    // One row more for a test's own agent.
    const agents = new AgentTable(options.count + 1)
    this.scene = { timeS: 0, network, agents, signals, environment: clearDay, ego: -1 }
    program.step(signals, 0)
    this.source = new TrafficSource({ network: trafficNetwork(network), ...options })
  }

  start(): this {
    this.source.start(this.scene.agents, this.scene)
    return this
  }

  step(): void {
    this.source.step(this.scene, stepS)
    this.scene.timeS += stepS
    this.program.step(this.scene.signals, this.scene.timeS)
    this.digest.add(this.scene.agents)
  }

  /** Names of two agents that overlap, null while none do. */
  overlapping(): string | null {
    const { agents } = this.scene
    for (let a = 0; a < agents.count; a++)
      for (let b = 0; b < a; b++)
        if (agents.isPresent[a] === 1 && agents.isPresent[b] === 1 && overlaps(agents, a, b))
          return `${agents.names[a]} and ${agents.names[b]}`
    return null
  }

  /** Row of the only vehicle of a lane. */
  get rows(): number[] {
    return Array.from({ length: this.source.capacity }, (_, row) => row)
  }
}
