/** What decides who comes next, in the order of their start. */
export interface Waiting {
  priority: number
  /** Workers that it has. */
  running: number
  /** Goes up with each worker that any job was given: when this one was given its last; 0 before its first. */
  servedAt: number
}

/**
 * The one of the waiting jobs that gets the next worker: of the highest priority the one with the fewest workers, of equals the one that was
 * served longest ago. So jobs of one priority share the workers. -1 for none.
 */
export function pickJob(waiting: readonly Waiting[]): number {
  let best = -1
  for (const [i, job] of waiting.entries()) {
    const other = waiting[best]
    const isBetter =
      other === undefined ||
      job.priority > other.priority ||
      (job.priority === other.priority &&
        (job.running < other.running || (job.running === other.running && job.servedAt < other.servedAt)))
    if (isBetter) best = i
  }
  return best
}
