import { RoadNetwork } from '../../src/world/opendrive/road-network.ts'
import { AgentTable } from '../../src/world/scene/agent-table.ts'
import type { AgentKind } from '../../src/world/scene/agent-table.ts'
import { clearDay } from '../../src/world/scene/environment.ts'
import type { Scene } from '../../src/world/scene/scene.ts'
import { SignalTable } from '../../src/world/scene/signal-table.ts'
import { network, road } from './road-file.ts'

export interface MadeAgent {
  kind?: AgentKind
  x: number
  y: number
  heading?: number
  speedMps?: number
  accelerationMps2?: number
  lengthM?: number
  widthM?: number
}

/** A scene with the vehicle under test in row 0 and others from row 1. */
export function sceneOf(
  ego: MadeAgent,
  others: MadeAgent[],
  roads: RoadNetwork = network(road({ length: 1000 })),
): Scene {
  const agents = new AgentTable(1 + others.length)
  for (const [row, agent] of [ego, ...others].entries()) {
    agents.add({
      name: row === 0 ? 'Ego' : `other ${row}`,
      kind: agent.kind ?? 'car',
      lengthM: agent.lengthM ?? 5,
      widthM: agent.widthM ?? 2,
    })
    agents.x[row] = agent.x
    agents.y[row] = agent.y
    agents.heading[row] = agent.heading ?? 0
    agents.speedMps[row] = agent.speedMps ?? 0
    agents.accelerationMps2[row] = agent.accelerationMps2 ?? 0
  }
  return {
    timeS: 0,
    network: roads,
    agents,
    signals: new SignalTable([]),
    environment: { ...clearDay },
    ego: 0,
  }
}
