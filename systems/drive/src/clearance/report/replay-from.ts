/** A replay opens so long before the first failure. */
const leadS = 3

/** Where in the run a replay opens, in seconds. */
export function replayFromS(failures: readonly { timeS: number }[]): number {
  const firstS = failures.reduce((least, { timeS }) => Math.min(least, timeS), Infinity)
  return Number.isFinite(firstS) ? Math.max(0, Math.round((firstS - leadS) * 100) / 100) : 0
}
