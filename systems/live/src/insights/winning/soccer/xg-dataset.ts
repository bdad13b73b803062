import type { Dataset } from '../../../learn/model.ts'
import type { MatchRecord } from '../../../learn/read-matches.ts'
import { isPlacedShot, writeXgFeatures, xgColumns } from './xg-features.ts'
import type { PlacedShot } from './xg-features.ts'

export interface XgRows {
  dataset: Dataset
  shots: PlacedShot[]
  /** Competition of each match; its id where the feed names none. */
  competitionOf: ReadonlyMap<string, string>
}

/** A row for every shot with a place; label 1 for a goal. Shoot-outs are another game. */
export async function xgRows(matches: AsyncIterable<MatchRecord>): Promise<XgRows> {
  const shots: PlacedShot[] = []
  const groups: string[] = []
  const competitionOf = new Map<string, string>()
  for await (const { matchId, events } of matches) {
    for (const event of events) {
      if (event.kind === 'match') competitionOf.set(matchId, event.match.competition ?? matchId)
      if (event.kind !== 'soccer-action' || !isPlacedShot(event)) continue
      if ((event.clocks.game?.period ?? 1) > 4) continue
      shots.push(event)
      groups.push(matchId)
    }
  }
  const width = xgColumns.length
  const features = new Float64Array(shots.length * width)
  shots.forEach((shot, row) => writeXgFeatures(shot, features, row * width))
  const labels = Float64Array.from(shots, ({ shot }) => (shot.outcome === 'goal' ? 1 : 0))
  return { shots, competitionOf, dataset: { columns: xgColumns, features, labels, groups } }
}
