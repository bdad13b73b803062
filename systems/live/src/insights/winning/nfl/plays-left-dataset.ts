import type { Dataset } from '../../../learn/model.ts'
import type { MatchRecord } from '../../../learn/read-matches.ts'
import { seasonOf } from '../team-strength.ts'
import { createEndFollower, followEnd } from './follow-end.ts'
import type { KnownEnd } from './follow-end.ts'
import { playsLeftColumns, writePlaysLeftFeatures } from './plays-left-features.ts'

interface PlaysLeftRows {
  dataset: Dataset
  /** Of each row. */
  known: KnownEnd[]
  /** Season by match. */
  seasons: Map<string, string>
}

/**
 * A row for all that the rule would speak of with at most `withinSeconds` left in the fourth quarter, and in overtime; the label is the
 * counted plays after it, to the end of that quarter or of overtime. A match without an end in its feed is left out.
 */
export async function playsLeftRows(
  matches: AsyncIterable<MatchRecord>,
  withinSeconds: number,
  keep: (match: MatchRecord) => boolean,
): Promise<PlaysLeftRows> {
  const known: KnownEnd[] = []
  const labels: number[] = []
  const groups: string[] = []
  const seasons = new Map<string, string>()
  for await (const match of matches) {
    if (!keep(match) || match.end === null) continue
    seasons.set(match.matchId, seasonOf(match.startMs))
    const follower = createEndFollower()
    const counts: { quarter: number; overtime: number } = { quarter: 0, overtime: 0 }
    const waiting: { row: number; counted: number; isOvertime: boolean }[] = []
    for (const event of match.events) {
      const end = followEnd(event, follower)
      const isOvertime = (event.clocks.game?.period ?? 0) > 4
      counts[isOvertime ? 'overtime' : 'quarter'] = follower.counted
      if (end === null || (!isOvertime && end.state.secondsLeft > withinSeconds)) continue
      waiting.push({ row: known.length, counted: follower.counted, isOvertime })
      known.push(end)
      groups.push(match.matchId)
    }
    for (const { row, counted, isOvertime } of waiting)
      labels[row] = (isOvertime ? counts.overtime : counts.quarter) - counted
  }
  const width = playsLeftColumns.length
  const features = new Float64Array(known.length * width)
  known.forEach((end, row) => writePlaysLeftFeatures(end, features, row * width))
  return {
    dataset: { columns: playsLeftColumns, features, labels: Float64Array.from(labels), groups },
    known,
    seasons,
  }
}
