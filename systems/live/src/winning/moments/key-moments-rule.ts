import { defineRule } from '../../rules/rule.ts'
import { isKeyMoment, momentRank } from './moment.ts'
import type { Moment } from './moment.ts'
import { createMomentState, momentsOf } from './told-moments.ts'
import type { MomentState } from './told-moments.ts'

/** Says the plays and actions that the story of a game cannot do without, as they happen. */
export const keyMomentsRule = defineRule<MomentState>({
  name: 'key-moments',
  version: 1,
  sports: ['nfl', 'nba'],
  create: createMomentState,
  onEvent(event, state, say) {
    for (const { moment } of momentsOf(event, state)) {
      if (!isKeyMoment(moment)) continue
      const { swing, clocks, occasion, homeScore, awayScore } = moment
      const rank = momentRank(moment)
      const title = titleOf(moment)
      say.insight({
        kind: 'key-moment',
        subject: 'match',
        occasion,
        clocks,
        headline: moment.text === '' ? `${title}.` : moment.text,
        estimate: { type: 'score', value: Math.round(100 * Math.min(1, rank)), low: 0, high: 100 },
        evidence: [
          {
            label: 'Swing of win probability',
            value: Math.round(1000 * Math.abs(swing)) / 10,
            unit: 'points',
          },
          { label: 'At stake', value: Math.round(1000 * moment.leverage) / 10, unit: 'points' },
        ],
        leadTimeMs: null,
        importance: Math.min(1, rank),
        detail: {
          swing,
          leverage: moment.leverage,
          rank,
          title,
          homeScore,
          awayScore,
          isLeadChange: moment.isLeadChange,
          isClutch: moment.isClutch,
        },
        isScored: false,
      })
    }
  },
})

function titleOf(moment: Moment): string {
  if (moment.isLeadChange) return moment.homeScore === moment.awayScore ? 'All level' : 'Lead change'
  return { score: 'Score', takeaway: 'Takeaway', stop: 'Stop', miss: 'Miss', other: 'Key moment' }[
    moment.kind
  ]
}
