import type { ReportProgress } from '@heavylift/core'
import type { Insight } from '../domain/insight.ts'
import type { Rule } from '../domain/rule.ts'
import type { FeedFormat } from '../feeds/feed-format.ts'
import { ratedMatches } from '../insights/winning/rated-matches.ts'
import { seasonOf } from '../insights/winning/team-strength.ts'
import { readMatches } from '../learn/read-matches.ts'
import type { MatchRecord } from '../learn/read-matches.ts'
import { dataFiles } from '../learn/training-data.ts'
import { replayMatch } from '../pipeline/replay-match.ts'
import type { Said } from '../pipeline/replay-match.ts'

export interface ShownMatch extends MatchRecord {
  season: string
  said: Said[]
}

export interface ShownMatchesInput {
  dataDir: string
  formats: readonly FeedFormat[]
  rules: readonly Rule[]
  report: ReportProgress
  signal: AbortSignal
}

/** Replays every match of the files through the live processor: what the screen would have shown, with the results before it known. */
export async function* shownMatches(input: ShownMatchesInput): AsyncGenerator<ShownMatch> {
  const paths = await dataFiles(input.dataDir)
  for await (const record of ratedMatches(readMatches({ ...input, paths }))) {
    yield { ...record, season: seasonOf(record.startMs), said: replayMatch(record.events, input.rules) }
    // Others of this process get their turn between two matches.
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Insights of a kind as they were shown, each with the index of the event that made it so. */
export function insightsOf(said: readonly Said[], kind: string): { at: number; insight: Insight }[] {
  return said.flatMap(({ at, output }) =>
    output.type === 'insight' && output.insight.kind === kind ? [{ at, insight: output.insight }] : [],
  )
}
