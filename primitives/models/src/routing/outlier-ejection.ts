import type { EjectionOptions } from './health-options.ts'
import type { Slot } from './slot.ts'

const SILENCE_FACTOR = 5

/**
 * Ejects replicas of one tier that fail more, or are later with first tokens, than the others, and those that fell
 * silent. It compares, so it says nothing where fewer than two can be compared; the breaker is for the rest.
 */
export function ejectOutliers(tier: readonly Slot[], options: EjectionOptions, nowMs: number): void {
  let mayEject = Math.floor(tier.length * options.maxShare)
  let leastLateness = Infinity
  for (const { health, lateness, firstTokens } of tier) {
    if (!health.isClosed) mayEject--
    else if (lateness !== null && firstTokens >= options.minRequests)
      leastLateness = Math.min(leastLateness, lateness)
  }
  for (const slot of tier) {
    if (mayEject <= 0) return
    if (!slot.health.isClosed) continue
    slot.health.window.advance(nowMs)
    if (
      !isSilent(slot, tier, options, nowMs) &&
      !failsMore(slot, tier, options) &&
      !isLater(slot, tier, options, leastLateness)
    )
      continue
    slot.health.eject(nowMs)
    slot.replica.state = slot.health.state
    slot.forget()
    mayEject--
  }
}

/**
 * Requests wait for their first token, nothing came for longer than their prompts and its usual lateness explain, and
 * another replica has given first tokens meanwhile: stalled.
 */
function isSilent(slot: Slot, tier: readonly Slot[], options: EjectionOptions, nowMs: number): boolean {
  if (slot.waiting === 0 || nowMs - slot.lastSignMs <= options.silentMs) return false
  const usual = slot.lateness ?? medianLateness(slot, tier, 1)
  if (usual === null) return false
  const expectedMs = slot.expectedFirstTokenMs(slot.waitingPromptTokens) * Math.max(1, usual)
  if (nowMs - slot.lastSignMs <= options.silentMs + SILENCE_FACTOR * expectedMs) return false
  return tier.some((other) => other.health.isClosed && other.lastFirstTokenMs > slot.lastSignMs)
}

function failsMore(slot: Slot, tier: readonly Slot[], options: EjectionOptions): boolean {
  if (slot.health.window.total < options.minRequests) return false
  if (slot.health.window.failureRate <= options.failureRateAbove) return false
  let sum = 0
  let others = 0
  for (const other of tier) {
    if (other === slot || !other.health.isClosed || other.health.window.total < options.minRequests) continue
    sum += other.health.window.failureRate
    others++
  }
  return others > 0 && slot.health.window.failureRate > sum / others + options.failureRateAbove
}

function isLater(
  slot: Slot,
  tier: readonly Slot[],
  options: EjectionOptions,
  leastLateness: number,
): boolean {
  if (slot.lateness === null || slot.firstTokens < options.minRequests) return false
  // Most are not, and need no median.
  if (slot.lateness <= options.slowerThan * leastLateness) return false
  const median = medianLateness(slot, tier, options.minRequests)
  return median !== null && slot.lateness > options.slowerThan * median
}

/** Of the others with at least `minRequests` first tokens; null when there is none. */
function medianLateness(slot: Slot, tier: readonly Slot[], minRequests: number): number | null {
  const others: number[] = []
  for (const other of tier) {
    if (other === slot || !other.health.isClosed || other.firstTokens < minRequests) continue
    if (other.lateness !== null) others.push(other.lateness)
  }
  return others.toSorted((a, b) => a - b)[Math.floor(others.length / 2)] ?? null
}
