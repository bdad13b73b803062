/** Timers of Node and of browsers fire at once when they are to wait for longer than this. */
const longestMs = 2 ** 31 - 1

/** Calls `fire` once after `ms` (24.8 days at most); returns what stops it. One that does not keep alive lets Node end before. */
export function startTimer(ms: number, fire: () => void, options: { keepsAlive: boolean }): () => void {
  const timer: unknown = setTimeout(fire, Math.min(Math.max(0, ms), longestMs))
  if (!options.keepsAlive && isNodeTimer(timer)) timer.unref()
  return () => clearTimeout(timer as number)
}

function isNodeTimer(timer: unknown): timer is { unref(): void } {
  return typeof timer === 'object' && timer !== null && 'unref' in timer
}
