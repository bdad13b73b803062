export interface PictureRun {
  id: number
  user: string
  name: string
  nodes: readonly number[]
  gpusPerNode: number
  startS: number
  endS: number
}

export interface PictureNode {
  name: string
  rack: string
  gpus: number
  state: string
}

/** Hues of jobs go round by the golden angle, so that neighbours differ. */
export const hueOf = (job: number) => (job * 137.508) % 360

/** The job of each GPU of each node at the time, in seconds; null where none is. */
export function jobsOfGpus(
  nodes: readonly PictureNode[],
  runs: readonly PictureRun[],
  atS: number,
): (PictureRun | null)[][] {
  const cells = nodes.map(({ gpus }) =>
    Array.from({ length: Math.max(1, gpus) }, (): PictureRun | null => null),
  )
  for (const run of runs) {
    if (run.startS > atS || run.endS <= atS) continue
    for (const node of run.nodes) {
      const own = cells[node]!
      for (let i = 0, left = Math.max(1, run.gpusPerNode); i < own.length && left > 0; i++) {
        if (own[i] !== null) continue
        own[i] = run
        left--
      }
    }
  }
  return cells
}
