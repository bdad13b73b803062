import type { Meter } from '../metering/meter.ts'

/** What a gateway that is idle does about its memory. */
export interface IdleMemoryOptions {
  /** Calls that are under way, and how many began so far. */
  calls: () => { inFlight: number; begun: number }
  residentBytes: () => number
  /** Gives back what is free; stands still while it does. */
  release: () => void
}

const lookEveryMs = 2_000
/** How often at most: each costs about 60 ms of this thread. */
const releaseEveryMs = 10_000
/** What has to have grown since the last time to be worth it. */
const worthBytes = 16 * 1024 * 1024

/**
 * Between two looks without any call, memory that a start or a burst of calls has grown goes back to the system: V8 keeps it otherwise,
 * 335 MB after 40,000 calls of which 30 are in use. Returns what stops it.
 */
export function releaseWhenIdle(options: IdleMemoryOptions): () => void {
  let begunBefore = -1
  let residentAfter = 0
  let notBeforeMs = 0
  const timer = setInterval(() => {
    const { inFlight, begun } = options.calls()
    const isIdle = inFlight === 0 && begun === begunBefore
    begunBefore = begun
    const nowMs = performance.now()
    if (!isIdle || nowMs < notBeforeMs || options.residentBytes() < residentAfter + worthBytes) return
    notBeforeMs = nowMs + releaseEveryMs
    options.release()
    residentAfter = options.residentBytes()
  }, lookEveryMs).unref()
  return () => clearInterval(timer)
}

/** The same meter, and how many calls it has seen. */
export function countCalls(meter: Meter): { meter: Meter; calls: IdleMemoryOptions['calls'] } {
  let begun = 0
  let ended = 0
  return {
    meter: {
      live: meter.live,
      began(call) {
        begun += 1
        return meter.began(call)
      },
      record(record, call, text) {
        if (call !== null) ended += 1
        meter.record(record, call, text)
      },
    },
    calls: () => ({ inFlight: begun - ended, begun }),
  }
}
