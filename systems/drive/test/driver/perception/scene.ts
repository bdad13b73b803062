import { AgentTable } from '../../../src/world/scene/agent-table.ts'
import type { AgentKind } from '../../../src/world/scene/agent-table.ts'
import { clearDay } from '../../../src/world/scene/environment.ts'
import type { Environment } from '../../../src/world/scene/environment.ts'
import type { Scene } from '../../../src/world/scene/scene.ts'
import { SignalTable } from '../../../src/world/scene/signal-table.ts'
import { network, road } from '../../support/road-file.ts'

export interface Placed {
  kind?: AgentKind
  x: number
  y: number
  heading?: number
  speedMps?: number
  hasSiren?: boolean
  lights?: number
}

const sizes: Partial<Record<AgentKind, [number, number, number]>> = {
  pedestrian: [0.5, 0.5, 1.75],
  truck: [6, 2.4, 3],
  bus: [12, 2.5, 3.2],
  bicycle: [1.8, 0.6, 1.7],
}

/** The ego at the origin, heading along x, and what is placed around it from row 1 on. */
export function sceneWith(
  placed: Placed[],
  environment: Partial<Environment> = {},
  more: { egoSpeedMps?: number } = {},
): Scene {
  const agents = new AgentTable(placed.length + 1)
  agents.add({ name: 'Ego', kind: 'car', lengthM: 4.6, widthM: 1.9 })
  agents.speedMps[0] = more.egoSpeedMps ?? 0
  for (const [index, one] of placed.entries()) {
    const kind = one.kind ?? 'car'
    const [lengthM, widthM, heightM] = sizes[kind] ?? [4.6, 1.9, 1.5]
    const row = agents.add({ name: `agent-${index}`, kind, lengthM, widthM, heightM })
    agents.x[row] = one.x
    agents.y[row] = one.y
    agents.heading[row] = one.heading ?? 0
    agents.speedMps[row] = one.speedMps ?? 0
    agents.hasSiren[row] = one.hasSiren ? 1 : 0
    agents.lights[row] = one.lights ?? 0
  }
  return {
    timeS: 0,
    network: network(road({})),
    agents,
    signals: new SignalTable([]),
    environment: { ...clearDay, ...environment },
    ego: 0,
  }
}

/** Moves everything along its heading. */
export function advance(scene: Scene, dtS: number): void {
  const { agents } = scene
  for (let row = 0; row < agents.count; row++) {
    const way = (agents.speedMps[row] as number) * dtS
    agents.x[row] = (agents.x[row] as number) + way * Math.cos(agents.heading[row] as number)
    agents.y[row] = (agents.y[row] as number) + way * Math.sin(agents.heading[row] as number)
    agents.heading[row] = (agents.heading[row] as number) + dtS * (agents.yawRateRadps[row] as number)
  }
  scene.timeS += dtS
}
