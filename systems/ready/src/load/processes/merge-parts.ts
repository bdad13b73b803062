import type { Generated } from '../generate.ts'
import { Measured } from '../measure.ts'

/** What several generators measured of one plan, as if one had; at least one part. */
export function mergeParts(parts: readonly Generated[]): Generated {
  const measured = new Measured()
  for (const part of parts) measured.merge(part.measured)
  return {
    measured,
    stoppedBy: parts.find(({ stoppedBy }) => stoppedBy !== null)?.stoppedBy ?? null,
    durationMs: Math.max(...parts.map(({ durationMs }) => durationMs)),
    startedAtMonotonicMs: Math.min(...parts.map(({ startedAtMonotonicMs }) => startedAtMonotonicMs)),
  }
}
