export interface Running {
  job: number
  gpus: number
  startS: number
  /** When its last checkpoint was; its start where it has none. */
  checkpointS: number
  /** To load it again. */
  restartS: number
  /** A job of higher priority is never ended for one of lower. */
  priority: number
  /** When it would end by itself. */
  endS: number
}

/** GPU-seconds that are lost when a job is ended now: what it did since its checkpoint, and what it takes to come back. */
export function lossGpuS(job: Running, nowS: number): number {
  return job.gpus * (Math.max(0, nowS - job.checkpointS) + job.restartS)
}

/**
 * Whom to end so that `needed` GPUs are free, with the least loss: exact, by the least loss for each number of GPUs. Jobs that end by
 * themselves within `patienceS` are left alone and counted as free. Null when all of lower priority are not enough.
 */
export function preemptLeastLoss(
  running: readonly Running[],
  needed: number,
  nowS: number,
  priority: number,
  patienceS = 0,
): number[] | null {
  let missing = needed
  const candidates: Running[] = []
  for (const job of running) {
    if (job.endS <= nowS + patienceS) missing -= job.gpus
    else if (job.priority < priority) candidates.push(job)
  }
  if (missing <= 0) return []
  const best = new Float64Array(missing + 1).fill(Infinity)
  best[0] = 0
  const taken: Uint8Array[] = []
  for (const job of candidates) {
    const took = new Uint8Array(missing + 1)
    const loss = lossGpuS(job, nowS)
    for (let gpus = missing; gpus > 0; gpus--) {
      const from = Math.max(0, gpus - job.gpus)
      const sum = best[from]! + loss
      if (sum < best[gpus]!) {
        best[gpus] = sum
        took[gpus] = 1
      }
    }
    taken.push(took)
  }
  if (best[missing] === Infinity) return null
  const chosen: number[] = []
  for (let i = candidates.length - 1, gpus = missing; i >= 0 && gpus > 0; i--) {
    if (taken[i]![gpus] !== 1) continue
    chosen.push(candidates[i]!.job)
    gpus = Math.max(0, gpus - candidates[i]!.gpus)
  }
  return chosen.reverse()
}

/** Ends jobs in an order until enough is free: the usual rules, to compare with. */
export function preemptInOrder(
  running: readonly Running[],
  needed: number,
  priority: number,
  order: (a: Running, b: Running) => number,
): number[] | null {
  const chosen: number[] = []
  let free = 0
  for (const job of running
    .filter((one) => one.priority < priority)
    .sort((a, b) => order(a, b) || a.job - b.job)) {
    if (free >= needed) break
    chosen.push(job.job)
    free += job.gpus
  }
  return free >= needed ? chosen : null
}
