/** What decides who comes next, in the order of their start. */
export interface Waiting {
  priority: number
  /** Workers that it has. */
  running: number
}

/**
 * The one of the waiting jobs that gets the next worker: of the highest priority the one with the fewest workers, of equals the older.
 * So jobs of one priority share the workers. -1 for none.
 */
export function pickJob(waiting: readonly Waiting[]): number {
  let best = -1
  for (const [i, job] of waiting.entries()) {
    const other = waiting[best]
    const isBetter =
      other === undefined ||
      job.priority > other.priority ||
      (job.priority === other.priority && job.running < other.running)
    if (isBetter) best = i
  }
  return best
}
