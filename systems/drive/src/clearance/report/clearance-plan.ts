import { InvalidInputError } from '@heavylift/core'

/** What a clearance is judged by. JSON. */
export interface ClearanceLimits {
  /** Largest rate of failures of a class, to be shown at `confidence`. */
  failureRate: number
  /** Limits of single classes in its place. */
  byClass: Record<string, number>
  /** One-sided. */
  confidence: number
  /** The sequential test is for a rate of this share of the limit against the limit. */
  aimShare: number
  /** The version may not be worse than the one before at this one-sided p. */
  worseP: number
}

export const usualLimits: ClearanceLimits = {
  failureRate: 0.05,
  byClass: {},
  confidence: 0.95,
  aimShare: 0.25,
  worseP: 0.05,
}

/** Limits from the words of a command: `0.01` for all, or `class=0.02,…`, or both. Throws `option-invalid`. */
export function parseLimits(words: string, base: ClearanceLimits = usualLimits): ClearanceLimits {
  const limits = { ...base, byClass: { ...base.byClass } }
  for (const part of words.split(',').filter((word) => word.trim() !== '')) {
    const at = part.indexOf('=')
    const rate = Number(part.slice(at + 1))
    if (!(rate > 0 && rate < 1))
      throw new InvalidInputError({
        code: 'option-invalid',
        message: `A limit is a rate between 0 and 1, alone or as class=rate; got "${part}".`,
      })
    if (at < 0) limits.failureRate = rate
    else limits.byClass[part.slice(0, at).trim()] = rate
  }
  return limits
}
