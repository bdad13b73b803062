import type { Side } from '../../../domain/match.ts'
import type { Dataset } from '../../../learn/model.ts'
import type { MatchRecord } from '../../../learn/read-matches.ts'
import { createSoccerGameState, followSoccer, matchMinute } from './game-state.ts'
import { goalColumns, matchMinutes, writeGoalFeatures } from './goal-features.ts'
import type { GoalStrength } from './goal-features.ts'

export interface GoalRows {
  dataset: Dataset
  /** Competition of each match; its id where the feed names none. */
  competitionOf: ReadonlyMap<string, string>
}

interface Change {
  minute: number
  score: Record<Side, number>
  xg: Record<Side, number>
}

const sides = ['home', 'away'] as const

/**
 * A row for each side and every second minute of matches that ended after 90 minutes: what was known as it began; label 1 when the side scored
 * in it. Every second, in turn by match: a model of ten columns has rows enough.
 */
export async function goalRows(matches: AsyncIterable<MatchRecord>): Promise<GoalRows> {
  const rows: number[] = []
  const labels: number[] = []
  const groups: string[] = []
  const competitionOf = new Map<string, string>()
  const row = new Float64Array(goalColumns.length)
  let index = 0
  for await (const { matchId, events, end } of matches) {
    if (end === null) continue
    const state = createSoccerGameState()
    const changes: Change[] = [{ minute: -1, score: { home: 0, away: 0 }, xg: { home: 0, away: 0 } }]
    for (const event of events) {
      if (event.kind === 'match') competitionOf.set(matchId, event.match.competition ?? matchId)
      const xg = followSoccer(event, state)
      const last = changes.at(-1)!
      const hasScored = state.score.home !== last.score.home || state.score.away !== last.score.away
      if (xg === null && !hasScored) continue
      changes.push({ minute: matchMinute(state), score: { ...state.score }, xg: { ...state.xg } })
    }
    if (state.period > 2) continue
    const parity = index++ % 2
    let at = 0
    for (let minute = parity; minute < matchMinutes; minute += 2) {
      while ((changes[at + 1]?.minute ?? Infinity) < minute) at++
      const { score, xg } = changes[at]!
      let after = at
      // What comes after the ordinary end belongs to the last minutes.
      const until = minute + 1 >= matchMinutes ? Infinity : minute + 1
      while ((changes[after + 1]?.minute ?? Infinity) < until) after++
      const strength: GoalStrength = { xg, minutes: minute, homeEdge: state.homeEdge }
      for (const side of sides) {
        const other = side === 'home' ? 'away' : 'home'
        writeGoalFeatures(side, minute, score[side] - score[other], strength, row, 0)
        rows.push(...row)
        labels.push(changes[after]!.score[side] > score[side] ? 1 : 0)
        groups.push(matchId)
      }
    }
  }
  return {
    competitionOf,
    dataset: {
      columns: goalColumns,
      features: Float64Array.from(rows),
      labels: Float64Array.from(labels),
      groups,
    },
  }
}
