import { BASE_MS } from './first-bytes.ts'
import type { EjectionOptions } from './health-options.ts'
import { answerKinds } from './tier.ts'
import type { AnswerKind, Tier, TierMember } from './tier.ts'

/** Of thousands of replicas, these are compared with the others at a time. */
const AT_ONCE = 256
/** Of the usual wait. Answers in one piece take as long as they are, and nobody knows that before. */
const SILENCE_FACTOR = { streams: 5, wholes: 20 }

/**
 * Ejects replicas of one tier that fail more, or are later with first bytes, than the others, and those that fell
 * silent. It compares, so it says nothing where fewer than two can be compared; the breaker is for the rest.
 */
export function ejectOutliers(tier: Tier, options: EjectionOptions, nowMs: number): void {
  tier.update()
  let isIdle = tier.slots.length <= AT_ONCE
  for (const slot of tier.takeTurn(AT_ONCE)) {
    isIdle &&= slot.waiting === 0
    if (!slot.health.isClosed) continue
    slot.health.window.advance(nowMs)
    const isOutlier =
      failsMore(slot, tier, options) ||
      answerKinds.some(
        (kind) => isSilent(slot, kind, tier, options, nowMs) || isLater(slot, kind, tier, options),
      )
    if (isOutlier && !tier.eject(slot, nowMs)) break
  }
  tier.isIdle = isIdle
}

/**
 * Requests wait for their first byte, nothing came for longer than their work and its usual lateness explain, and
 * another replica has given first bytes meanwhile: stalled.
 */
function isSilent(
  slot: TierMember,
  kind: AnswerKind,
  tier: Tier,
  options: EjectionOptions,
  nowMs: number,
): boolean {
  const { waiting, waitingMs, lastSignMs, lateness } = slot[kind]
  if (waiting === 0 || nowMs - lastSignMs <= options.silentMs) return false
  const usual = lateness ?? tier.pace[kind]
  if (usual === null) return false
  const expectedMs = (BASE_MS + waitingMs) * (kind === 'streams' ? Math.max(1, usual) : usual)
  if (nowMs - lastSignMs <= options.silentMs + SILENCE_FACTOR[kind] * expectedMs) return false
  return tier.hasAnsweredSince(slot, kind, lastSignMs)
}

function failsMore(slot: TierMember, { slots }: Tier, options: EjectionOptions): boolean {
  if (slot.health.window.total < options.minRequests) return false
  if (slot.health.window.failureRate <= options.failureRateAbove) return false
  let sum = 0
  let others = 0
  for (const other of slots) {
    if (other === slot || !other.health.isClosed || other.health.window.total < options.minRequests) continue
    sum += other.health.window.failureRate
    others++
  }
  return others > 0 && slot.health.window.failureRate > sum / others + options.failureRateAbove
}

function isLater(slot: TierMember, kind: AnswerKind, tier: Tier, options: EjectionOptions): boolean {
  const { lateness, count } = slot[kind]
  if (lateness === null || count < options.minRequests) return false
  // Most are not, and need no median.
  if (lateness <= options.slowerThan * tier.leastLateness[kind]) return false
  const median = tier.medianLateness(kind, options.minRequests, slot)
  return median !== null && lateness > options.slowerThan * median
}
