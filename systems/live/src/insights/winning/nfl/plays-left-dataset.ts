import type { Dataset } from '../../../learn/model.ts'
import type { MatchRecord } from '../../../learn/read-matches.ts'
import { createNflTracker, stateBefore } from './game-state.ts'
import {
  isCountedPlay,
  playsLeftColumns,
  rememberPlay,
  writePlaysLeftFeatures,
} from './plays-left-features.ts'

/**
 * A row for every counted play with at most `withinSeconds` left in the fourth quarter; the label is the counted plays from
 * it (included) to the end of that quarter. A match without an end in its feed is left out.
 */
export async function playsLeftRows(
  matches: AsyncIterable<MatchRecord>,
  withinSeconds: number,
  keep: (matchId: string) => boolean,
): Promise<Dataset> {
  const rows: number[] = []
  const labels: number[] = []
  const groups: string[] = []
  const width = playsLeftColumns.length
  for await (const { matchId, events, end } of matches) {
    if (!keep(matchId) || end === null) continue
    const tracker = createNflTracker()
    const recent: number[] = []
    const first = labels.length
    for (const event of events) {
      const state = stateBefore(event, tracker)
      if (state?.period !== 4 || event.kind !== 'nfl-play' || !isCountedPlay(event.playType)) continue
      if (state.secondsLeft <= withinSeconds) {
        const row = new Float64Array(width)
        writePlaysLeftFeatures(state, recent.length, row, 0)
        rows.push(...row)
        labels.push(0)
        groups.push(matchId)
      }
      rememberPlay(recent, state.secondsLeft)
    }
    for (let row = first; row < labels.length; row++) labels[row] = labels.length - row
  }
  return {
    columns: playsLeftColumns,
    features: Float64Array.from(rows),
    labels: Float64Array.from(labels),
    groups,
  }
}
