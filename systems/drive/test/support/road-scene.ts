import type { AgentKind } from '../../src/world/scene/agent-table.ts'
import { AgentTable } from '../../src/world/scene/agent-table.ts'
import { clearDay } from '../../src/world/scene/environment.ts'
import type { Scene } from '../../src/world/scene/scene.ts'
import { SignalTable } from '../../src/world/scene/signal-table.ts'
import { network, road } from './road-file.ts'

/** A scene on a straight road with the vehicle under test (4.5 × 1.9 m) at the origin, and room for others. */
export function sceneWith(speedMps = 10): Scene {
  const agents = new AgentTable(12)
  const ego = agents.add({ name: 'Ego', kind: 'car', lengthM: 4.5, widthM: 1.9 })
  agents.speedMps[ego] = speedMps
  return {
    timeS: 0,
    network: network(road({ length: 500 })),
    agents,
    signals: new SignalTable([]),
    environment: clearDay,
    ego,
  }
}

export function addAgent(
  scene: Scene,
  at: { name: string; kind?: AgentKind; x: number; y: number; heading?: number; speedMps?: number },
): number {
  const row = scene.agents.add({ kind: 'car', lengthM: 4.5, widthM: 1.8, ...at })
  scene.agents.x[row] = at.x
  scene.agents.y[row] = at.y
  scene.agents.heading[row] = at.heading ?? 0
  scene.agents.speedMps[row] = at.speedMps ?? 0
  return row
}
