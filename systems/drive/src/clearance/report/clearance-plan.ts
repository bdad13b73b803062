import { InvalidInputError } from '@heavylift/core'
import { severities } from '../run/severity.ts'
import type { Severity } from '../run/severity.ts'

/** What a clearance is judged by. JSON. */
export interface ClearanceLimits {
  /** Largest rate of failures of a class, to be shown at `confidence`. */
  failureRate: number
  /** Limits of single classes in its place (`cut-in`), and of one severity in one class (`cut-in/collision`). */
  byClass: Record<string, number>
  /** Limits of single severities, in each class, beside the one for all failures. */
  bySeverity: Partial<Record<Severity, number>>
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
  bySeverity: {},
  confidence: 0.95,
  aimShare: 0.25,
  worseP: 0.05,
}

/** The limit of a severity in a class; null where there is none beside that of all failures. */
export function limitOf(limits: ClearanceLimits, scenarioClass: string, severity: Severity): number | null {
  return limits.byClass[`${scenarioClass}/${severity}`] ?? limits.bySeverity[severity] ?? null
}

/**
 * Limits from the words of a command, with commas between: `0.01` for all failures, `cut-in=0.02` for those of a class, `collision=0.001` for a severity in
 * every class, `cut-in/collision=0.0005` for one of both. Throws `option-invalid`.
 */
export function parseLimits(words: string, base: ClearanceLimits = usualLimits): ClearanceLimits {
  const limits = { ...base, byClass: { ...base.byClass }, bySeverity: { ...base.bySeverity } }
  for (const part of words.split(',').filter((word) => word.trim() !== '')) {
    const at = part.indexOf('=')
    const rate = Number(part.slice(at + 1))
    if (!(rate > 0 && rate < 1))
      throw new InvalidInputError({
        code: 'option-invalid',
        message: `A limit is a rate between 0 and 1, alone or as class=rate, severity=rate or class/severity=rate; got "${part}".`,
      })
    const name = part.slice(0, at).trim()
    const severity = severities.find((one) => one === name)
    const [, last] = name.split('/')
    if (at >= 0 && last !== undefined && !severities.some((one) => one === last))
      throw new InvalidInputError({
        code: 'option-invalid',
        message: `"${last}" is no severity. There are: ${severities.join(', ')}.`,
      })
    if (at < 0) limits.failureRate = rate
    else if (severity !== undefined) limits.bySeverity[severity] = rate
    else limits.byClass[name] = rate
  }
  return limits
}
