import type { Insight } from '../../src/domain/insight.ts'
import type { Match } from '../../src/domain/match.ts'

/** An insight with what a test says of it. */
export function insightOf(given: Partial<Insight> & Pick<Insight, 'kind'>): Insight {
  return {
    id: 'insight-1',
    revision: 1,
    matchId: 'match-1',
    sport: 'nfl',
    rule: 'test@1',
    subject: 'match',
    occasion: 'play-1',
    clocks: {
      eventTimeMs: 1_000,
      eventTimeFrom: 'game',
      game: { period: 4, secondsLeft: 125 },
      smpte: null,
    },
    headline: 'Something is about to happen.',
    estimate: { type: 'probability', probability: 0.5 },
    evidence: [],
    leadTimeMs: null,
    importance: 0.8,
    detail: {},
    isScored: false,
    ...given,
  }
}

export const match: Match = {
  id: 'match-1',
  sport: 'nfl',
  title: 'Harbour at Rivermen',
  home: { id: 'riv', abbreviation: 'RIV', name: 'Rivermen', colour: '#0b6e4f' },
  away: { id: 'har', abbreviation: 'HAR', name: 'Harbour', colour: '#d9480f' },
  homeSpread: null,
  race: null,
}
