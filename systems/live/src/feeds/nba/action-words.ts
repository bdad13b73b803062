/** Row types of the stats feed that words can tell; `none` where they say nothing. */
export type NbaWordType =
  | 'made'
  | 'missed'
  | 'freethrow'
  | 'rebound'
  | 'turnover'
  | 'foul'
  | 'violation'
  | 'substitution'
  | 'timeout'
  | 'jumpball'
  | 'ejection'
  | 'period-start'
  | 'period-end'
  | 'review'

/**
 * The kind of an NBA row from its descriptions and clock alone. A row without words is the start of a period where the
 * clock is full, the end where it is at 0:00, else a review: official timeouts have no words either and are taken for one.
 */
export function nbaTypeFromWords(
  words: string,
  clock: { secondsLeft: number; periodSeconds: number },
): NbaWordType {
  if (words === '') {
    if (clock.secondsLeft === clock.periodSeconds) return 'period-start'
    return clock.secondsLeft === 0 ? 'period-end' : 'review'
  }
  if (/\bSUB:/.test(words)) return 'substitution'
  if (/\bFree Throw\b/.test(words)) return 'freethrow'
  if (/\bTimeout\b/i.test(words)) return 'timeout'
  if (/\bEjection\b/i.test(words)) return 'ejection'
  if (/\bTurnover\b/.test(words)) return 'turnover'
  if (/\bViolation:/.test(words)) return 'violation'
  if (/\bREBOUND\b/i.test(words)) return 'rebound'
  if (/\bJump Ball\b/.test(words)) return 'jumpball'
  if (/\bFOUL\b|FOUL\.|\bDelay\b/i.test(words)) return 'foul'
  if (/\bMISS\b/.test(words)) return 'missed'
  if (/\(\d+ PTS\)/.test(words)) return 'made'
  if (/\bSTEAL\b/.test(words)) return 'turnover'
  if (/\bBLOCK\b/.test(words)) return 'missed'
  return /^(Start|End) of/i.test(words) ? (/^Start/i.test(words) ? 'period-start' : 'period-end') : 'review'
}
