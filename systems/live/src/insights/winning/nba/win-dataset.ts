import type { Dataset } from '../../../learn/model.ts'
import type { MatchRecord } from '../../../learn/read-matches.ts'
import { nbaColumns, writeNbaFeatures } from './features.ts'
import { isTimeUp, nbaStateAfter } from './game-state.ts'
import type { NbaGameState } from './game-state.ts'

/**
 * A row for the state after every action of matches that ended; label 1 when the home side won. Actions after time ran out
 * are left out: the result is known then, and scoring them would flatter.
 */
export async function nbaWinRows(
  matches: AsyncIterable<MatchRecord>,
): Promise<{ dataset: Dataset; states: NbaGameState[] }> {
  const width = nbaColumns.length
  const states: NbaGameState[] = []
  const labels: number[] = []
  const groups: string[] = []
  for await (const { matchId, events, end } of matches) {
    if (end?.homeScore == null || end.awayScore === null) continue
    for (const event of events) {
      const state = nbaStateAfter(event)
      if (state === null || isTimeUp(state)) continue
      states.push(state)
      labels.push(end.homeScore > end.awayScore ? 1 : 0)
      groups.push(matchId)
    }
  }
  const features = new Float64Array(states.length * width)
  states.forEach((state, row) => writeNbaFeatures(state, features, row * width))
  return { states, dataset: { columns: nbaColumns, features, labels: Float64Array.from(labels), groups } }
}
