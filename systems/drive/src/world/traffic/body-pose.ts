import { lanePoint } from '../lanes/lane-graph.ts'
import { lateralSlopeOf } from './lateral.ts'
import type { TrafficState } from './traffic-state.ts'

/**
 * Writes the middle and heading of a row's body, `lateral` metres to the left of its lane's centre, into `out` (x, y, heading): it lies between its
 * ends, so that long ones cut corners as their rear wheels do.
 */
export function bodyPose(state: TrafficState, row: number, lateral: number, out: Float64Array): void {
  const length = state.length[row] as number
  // Ends that touch the way at axles rather than bumpers.
  behind(state, row, 0.15 * length, lateral, out)
  const x = out[0] as number
  const y = out[1] as number
  const turn = Math.atan(lateralSlopeOf(state, row))
  behind(state, row, 0.85 * length, lateral, out)
  const dx = x - (out[0] as number)
  const dy = y - (out[1] as number)
  out[0] = (out[0] as number) + dx / 2
  out[1] = (out[1] as number) + dy / 2
  out[2] = Math.atan2(dy, dx) + turn
}

/** A place so far behind the front bumper, on the lane before where it lies behind the start of its own. */
function behind(
  { graph, lane, s, previous }: TrafficState,
  row: number,
  distance: number,
  lateral: number,
  out: Float64Array,
): void {
  const at = (s[row] as number) - distance
  const before = previous[row] as number
  if (at < 0 && before >= 0) lanePoint(graph, before, (graph.lengthM[before] as number) + at, lateral, out)
  else lanePoint(graph, lane[row] as number, at, lateral, out)
}
