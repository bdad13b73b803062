import type { AgentKind } from '../../world/scene/agent-table.ts'
import { agentKinds } from '../../world/scene/agent-table.ts'

/** By its name, else by its size in metres. */
export function kindOf(told: string | undefined, size: { x: number; y: number }): AgentKind {
  const found = agentKinds.find((kind) => told?.toLowerCase().includes(kind))
  if (found) return found
  if (size.x < 1.2 && size.y < 1.2) return 'pedestrian'
  return size.x < 2.6 && size.y < 1.2 ? 'bicycle' : size.x > 7 ? 'truck' : 'car'
}
