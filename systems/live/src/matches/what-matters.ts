import type { LiveOutput } from '../domain/live-output.ts'

/** Something that was said of one match, with how much it asks to be looked at now. */
export interface Mattering {
  /** Of the insight or the tag: the Director shows it by this. */
  id: string
  matchId: string
  text: string
  atMs: number
  /** Since then, in the match's own time. */
  agoMs: number
  importance: number
  /** 0..1, comparable between matches. */
  score: number
}

/** A moment is half as pressing after this long. */
const halfLifeMs = 90_000
/** Less important ones are left to the match's own page. */
const leastImportance = 0.4
/** Of one match, so that a busy one does not hide the others. */
const mostOfMatch = 4

/**
 * What of a match is worth a look now, the most pressing first: moments by importance, fresh ones before old ones, those of an open
 * match that nears its end before those of a decided one.
 * @param outputs the newest of the match, oldest first; a later revision stands for an earlier one
 * @param nowMs the match's own time: of its newest event
 */
export function whatMatters(matchId: string, outputs: readonly LiveOutput[], nowMs: number): Mattering[] {
  const moments = new Map<string, Omit<Mattering, 'score' | 'agoMs' | 'matchId'>>()
  let homeWins: number | null = null
  for (const output of outputs) {
    if (output.type === 'tag') {
      const { id, text, startMs: atMs, importance } = output.tag
      moments.set(id, { id, text, atMs, importance })
    } else if (output.type === 'insight') {
      const { id, kind, headline: text, clocks, importance, estimate } = output.insight
      if (kind.endsWith('.win-probability') && estimate.type === 'probability')
        homeWins = estimate.probability
      // The others are of a play or a lap; a key moment is of the match.
      if (kind.endsWith('key-moment')) moments.set(id, { id, text, atMs: clocks.eventTimeMs, importance })
    }
  }
  // An even game counts whole, a decided one a third; without a probability nothing is known of it.
  const openness = homeWins === null ? 2 / 3 : (1 + 8 * homeWins * (1 - homeWins)) / 3
  return [...moments.values()]
    .filter(({ importance, atMs }) => importance >= leastImportance && atMs <= nowMs)
    .map((moment) => {
      const agoMs = nowMs - moment.atMs
      return { ...moment, matchId, agoMs, score: moment.importance * openness * 2 ** (-agoMs / halfLifeMs) }
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, mostOfMatch)
}
