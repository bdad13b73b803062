import { sum } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'
import type { TrafficSimulation } from './traffic-simulation.ts'

/** How near to other agents no vehicle begins. */
const freeM = 25

/**
 * Puts rows that are on no lane onto the roads at random places, at the speed of an easy drive, away from the points in `keepFree` (x, y, …). Rows
 * for which no room is found in a few tries stay away.
 */
export function placeVehicles(
  simulation: TrafficSimulation,
  random: Random,
  keepFree: readonly number[],
): void {
  const { state } = simulation
  const { graph } = state
  const total = sum(graph.lengthM)
  const point = new Float64Array(3)
  for (let row = 0; row < state.rows; row++) {
    for (let attempt = 0; attempt < 20 && state.lane[row] === -1; attempt++) {
      let s = random.next() * total
      let lane = 0
      while (s > (graph.lengthM[lane] as number)) s -= graph.lengthM[lane++] as number
      if ((graph.junction[lane] as number) >= 0 || s < (state.length[row] as number)) continue
      // Before the stop line, so that nobody begins inside a junction's crossings.
      if (s > (graph.stopM[lane] as number) - 2) continue
      simulation.pointOf(lane, s, point)
      let isFree = true
      for (let i = 0; i < keepFree.length; i += 2)
        isFree &&=
          Math.hypot((keepFree[i] as number) - point[0]!, (keepFree[i + 1] as number) - point[1]!) > freeM
      if (isFree) simulation.place(row, lane, s, 0.5 * state.desiredOn(row, lane))
    }
  }
}
