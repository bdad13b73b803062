import type { MatchRecord } from '../../learn/read-matches.ts'
import { withHomeEdge } from './team-strength.ts'
import type { GameResult } from './team-strength.ts'

/** Gives each match what the results of those before it say of its sides, as ingest does when it comes live. */
export async function* ratedMatches(matches: AsyncIterable<MatchRecord>): AsyncGenerator<MatchRecord> {
  const results: GameResult[] = []
  for await (const record of matches) {
    const { startMs, end } = record
    const events = record.events.map((event) =>
      event.kind === 'match' ? { ...event, match: withHomeEdge(event.match, startMs, results) } : event,
    )
    yield { ...record, events }
    const match = record.events.find((event) => event.kind === 'match')?.match
    if (!match?.home || !match.away || end?.homeScore == null || end.awayScore === null) continue
    results.push({
      startMs,
      home: match.home.id,
      away: match.away.id,
      homeScore: end.homeScore,
      awayScore: end.awayScore,
    })
  }
}
