const LOOK_EVERY_MS = 2

/** How a process was kept waiting by its machine, or by itself: while it stalls, it neither sends nor hears. */
export interface LoopStalls {
  /** Share of the time that went by in stalls. */
  share: number
  longestMs: number
}

/** Watches this process's event loop from now on; what is returned tells of waits longer than `stallMs` until then. */
export function watchStalls(stallMs: number): () => LoopStalls {
  const startMs = performance.now()
  let lastMs = startMs
  let stalledMs = 0
  let longestMs = 0
  const look = (): void => {
    const nowMs = performance.now()
    const lateMs = nowMs - lastMs - LOOK_EVERY_MS
    lastMs = nowMs
    longestMs = Math.max(longestMs, lateMs)
    if (lateMs > stallMs) stalledMs += lateMs
  }
  const timer = setInterval(look, LOOK_EVERY_MS).unref()
  return () => {
    clearInterval(timer)
    look()
    return { share: stalledMs / (lastMs - startMs), longestMs }
  }
}
