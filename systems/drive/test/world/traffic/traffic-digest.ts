import { town } from '../../../src/world/town/town.ts'
import { PedestrianSource } from '../../../src/world/traffic/pedestrian-source.ts'
import { TrafficSource, trafficNetwork } from '../../../src/world/traffic/traffic-source.ts'
import { AgentTable } from '../../../src/world/scene/agent-table.ts'
import { clearDay } from '../../../src/world/scene/environment.ts'
import { signalsOf } from '../../../src/world/town/signal-plan.ts'
import { StateDigest } from '../../../src/clearance/run/state-digest.ts'

/** Digest of ten seconds of a town with vehicles and pedestrians. */
export function trafficDigest(seed: number): string {
  const network = town({ seed, columns: 3, rows: 2 })
  const { signals, program } = signalsOf(network)
  const agents = new AgentTable(50)
  const scene = { timeS: 0, network, agents, signals, environment: clearDay, ego: -1 }
  const sources = [
    new TrafficSource({
      network: trafficNetwork(network),
      seed,
      count: 30,
      mix: { car: 0.9, emergency: 0.1 },
    }),
    new PedestrianSource({ network, seed, count: 20 }),
  ]
  program.step(signals, 0)
  for (const source of sources) source.start(agents, scene)
  const digest = new StateDigest()
  for (let step = 0; step < 200; step++) {
    for (const source of sources) source.step(scene, 0.05)
    scene.timeS += 0.05
    program.step(signals, scene.timeS)
    digest.add(agents)
  }
  return digest.value()
}
