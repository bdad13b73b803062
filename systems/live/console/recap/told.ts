import type { RecapReason } from '../../src/recap/moments.ts'

/** A moment as the server tells it, on the time of the recap. */
export interface ToldMoment {
  fromMs: number
  toMs: number
  text: string
  reasons: RecapReason[]
}

/** Why a moment is in, as people say it. */
export const reasonWords: Record<RecapReason, string> = {
  opening: 'how it began',
  'clutch-lead-change': 'lead change when it counts',
  'lead-change': 'lead change',
  swing: 'turned the odds',
  score: 'score',
  'key-player': 'key player',
  notable: 'notable',
  now: 'now',
}

/** The moment that is shown at a time of the recap: the newest that has begun; null before the first. */
export function shownAt(moments: readonly ToldMoment[], atMs: number): ToldMoment | null {
  return moments.findLast(({ fromMs }) => fromMs <= atMs) ?? null
}

/** `1:07` */
export function recapTime(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
