import type { Tag } from '../../src/domain/tag.ts'

/** A made tag; `n` names it and sets its time. */
export function madeTag(n: number, change: Partial<Tag> = {}): Tag {
  return {
    id: `tag_${String(n).padStart(6, '0')}`,
    matchId: 'm1',
    sport: 'nfl',
    type: 'play.run',
    occasion: String(n),
    startMs: n * 1000,
    endMs: n * 1000 + 9000,
    game: { period: 1, secondsLeft: 900 - (n % 900) },
    actors: [],
    importance: 0.1,
    confidence: 1,
    source: 'feed',
    text: `Run number ${n} for 3 yards.`,
    homeScore: 0,
    awayScore: 0,
    sourceRef: `made#${n}`,
    ...change,
  }
}
