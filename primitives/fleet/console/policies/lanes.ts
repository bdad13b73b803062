/** A rectangle of a Gantt picture: processors from `lane` on, side by side. */
export interface Bar {
  job: number
  lane: number
  lanes: number
}

/**
 * Which processors each job has: the lowest that are free when it starts, in runs of neighbours as they come. The simulation counts
 * processors and names none, so any such picture is as true as another.
 */
export function assignLanes(
  startS: readonly number[],
  endS: readonly number[],
  sizes: readonly number[],
  processors: number,
): Bar[] {
  const order = startS.map((_, job) => job).filter((job) => startS[job]! >= 0)
  order.sort((a, b) => startS[a]! - startS[b]! || a - b)
  const freeAtS = new Float64Array(processors).fill(-1)
  const bars: Bar[] = []
  for (const job of order) {
    let needed = sizes[job]!
    let run: Bar | null = null
    for (let lane = 0; lane < processors && needed > 0; lane++) {
      if (freeAtS[lane]! > startS[job]!) {
        run = null
        continue
      }
      freeAtS[lane] = endS[job]!
      needed--
      if (run === null) bars.push((run = { job, lane, lanes: 1 }))
      else run.lanes++
    }
  }
  return bars
}
