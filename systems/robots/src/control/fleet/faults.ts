import { createRandom } from '@heavylift/core'

/** What a radio does to messages, each way. */
export interface Faults {
  /** Shares of messages. */
  loss: number
  duplicate: number
  /** Held back for up to `delayMs`, so that later ones overtake them. */
  reorder: number
  /** Milliseconds at the most, of each message. */
  delayMs: number
  /** Milliseconds at the most by which a robot's clock is off, either way. */
  skewMs: number
}

export const noFaults: Faults = { loss: 0, duplicate: 0, reorder: 0, delayMs: 0, skewMs: 0 }
export const badRadio: Faults = { loss: 0.05, duplicate: 0.05, reorder: 0.05, delayMs: 40, skewMs: 5_000 }

/** Passes messages on as a bad radio would: some never, some twice, some late. */
export function createRadio(
  faults: Faults,
  seed: string,
): <T>(message: T, deliver: (message: T) => void) => void {
  const random = createRandom(seed)
  if (faults.loss + faults.duplicate + faults.reorder + faults.delayMs === 0)
    return (message, deliver) => deliver(message)
  let lastAtMs = 0
  return (message, deliver) => {
    if (random.chance(faults.loss)) return
    const copies = random.chance(faults.duplicate) ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      const atMs = performance.now() + random.next() * faults.delayMs
      // In order but for those held back.
      const isLate = random.chance(faults.reorder)
      const dueMs = isLate ? atMs + faults.delayMs : Math.max(atMs, lastAtMs)
      if (!isLate) lastAtMs = dueMs
      setTimeout(() => deliver(message), Math.max(0, dueMs - performance.now()))
    }
  }
}
