/** Ticks are counted from the epoch, so that every process numbers them alike. */
export function tickAt(nowMs: number, everyMs: number): number {
  return Math.floor(nowMs / everyMs)
}

/** Milliseconds until the next tick begins, at least 1. */
export function untilNextTick(nowMs: number, everyMs: number): number {
  return Math.max(1, Math.ceil((tickAt(nowMs, everyMs) + 1) * everyMs - nowMs))
}
