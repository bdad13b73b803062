/** One deployment of one repository. What is not known is null. */
export interface Deployment {
  repository: string
  atMs: number
  /** It had to be undone, repaired or rolled back. */
  hasFailed: boolean | null
  /** It was made because of an earlier failure, unplanned. */
  isRework: boolean | null
  /** Commits in it. */
  batchCommits: number | null
  /** From the first commit in it to the deployment. */
  leadHours: number | null
  /** From a failed deployment to one that works. */
  recoveryHours: number | null
}

export const weekMs = 7 * 24 * 3600 * 1000

/** Counts of deployments in whole weeks that begin at `fromMs`. */
export function weeklyCounts(deployments: readonly Deployment[], fromMs: number, weeks: number): number[] {
  const counts = Array.from({ length: Math.max(0, weeks) }, () => 0)
  for (const { atMs } of deployments) {
    const week = Math.floor((atMs - fromMs) / weekMs)
    if (week >= 0 && week < weeks) counts[week] = (counts[week] ?? 0) + 1
  }
  return counts
}
