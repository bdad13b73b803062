/**
 * Which insights about the winner the ledger scores: the first in each minute of playing time. All of a game share one
 * outcome, so more would only weigh long games more. Plain JSON.
 */
export interface ScoredMinutes {
  minute: number
  occasions: string[]
}

export function createScoredMinutes(): ScoredMinutes {
  return { minute: -1, occasions: [] }
}

/** Whether an insight at this playing time is scored; remembers its occasion when it is. */
export function isFirstOfMinute(scored: ScoredMinutes, elapsedSeconds: number, occasion: string): boolean {
  const minute = Math.floor(elapsedSeconds / 60)
  if (minute <= scored.minute) return false
  scored.minute = minute
  scored.occasions.push(occasion)
  return true
}
