import { agentKindNumber } from '../scene/agent-table.ts'
import type { TrafficState } from './traffic-state.ts'

const bicycle = agentKindNumber('bicycle')
/** From the lane's right border to the middle of a cyclist. */
const edgeM = 0.7

/** Metres to the left of its lane's centre at which a row drives: cyclists at the right edge, others in the centre or on the way to it from the lane they come from. */
export function lateralOf(state: TrafficState, row: number): number {
  const lane = state.lane[row] as number
  const rest = state.kind[row] === bicycle ? edgeM - (state.graph.widthM[lane] as number) / 2 : 0
  if (state.changeFrom[row] === -1) return rest
  const p = state.changeShare[row] as number
  return rest + sideOf(state, row) * (1 - p * p * (3 - 2 * p))
}

/** How much that grows with every metre driven. */
export function lateralSlopeOf(state: TrafficState, row: number): number {
  if (state.changeFrom[row] === -1) return 0
  const p = state.changeShare[row] as number
  return (-sideOf(state, row) * 6 * p * (1 - p)) / (state.changeM[row] as number)
}

/** Where the centre of the lane that it comes from lies, in metres to the left. */
function sideOf({ graph, lane, changeFrom }: TrafficState, row: number): number {
  const on = lane[row] as number
  const from = changeFrom[row] as number
  const apart = ((graph.widthM[on] as number) + (graph.widthM[from] as number)) / 2
  if (graph.left[on] === from) return apart
  return graph.right[on] === from ? -apart : 0
}
