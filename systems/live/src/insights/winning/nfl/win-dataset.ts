import type { Dataset } from '../../../learn/model.ts'
import type { MatchRecord } from '../../../learn/read-matches.ts'
import { seasonOf } from '../team-strength.ts'
import { winColumns, writeWinFeatures } from './features.ts'
import { createNflTracker, stateBefore } from './game-state.ts'
import type { NflGameState } from './game-state.ts'

export interface WinRows {
  dataset: Dataset
  states: NflGameState[]
  /** Season by match. */
  seasons: Map<string, string>
}

/** A row for the state before every play of matches that ended with a winner; label 1 when the home side won. */
export async function winRows(
  matches: AsyncIterable<MatchRecord>,
  keep: (match: MatchRecord) => boolean,
): Promise<WinRows> {
  const states: NflGameState[] = []
  const labels: number[] = []
  const groups: string[] = []
  const seasons = new Map<string, string>()
  for await (const match of matches) {
    const { matchId, events, end } = match
    if (!keep(match) || end?.homeScore == null || end.awayScore === null || end.homeScore === end.awayScore)
      continue
    seasons.set(matchId, seasonOf(match.startMs))
    const tracker = createNflTracker()
    for (const event of events) {
      const state = stateBefore(event, tracker)
      if (state === null || (event.kind === 'nfl-play' && event.playType === 'period_end')) continue
      states.push(state)
      labels.push(end.homeScore > end.awayScore ? 1 : 0)
      groups.push(matchId)
    }
  }
  const width = winColumns.length
  const features = new Float64Array(states.length * width)
  states.forEach((state, row) => writeWinFeatures(state, features, row * width))
  return {
    states,
    seasons,
    dataset: { columns: winColumns, features, labels: Float64Array.from(labels), groups },
  }
}
