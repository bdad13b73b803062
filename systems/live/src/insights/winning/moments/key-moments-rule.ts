import { onLap } from '../../../domain/lap-words.ts'
import type { FeedEvent, RaceState } from '../../../domain/feed-event.ts'
import { defineRule } from '../../../domain/rule.ts'
import type { Say } from '../../../domain/rule.ts'
import { raceLeadChange } from '../race/race-lead.ts'
import type { RaceLead } from '../race/race-lead.ts'
import { isKeyMoment, momentRank } from './moment.ts'
import type { Moment } from './moment.ts'
import { createMomentState, momentsOf } from './told-moments.ts'
import type { MomentState } from './told-moments.ts'

/** A change of the lead in a race that ranks lower is not told. */
const leastRaceRank = 0.12

interface KeyMomentsState extends MomentState {
  race: RaceLead
}

/** Says the plays and actions that the story of a game cannot do without, as they happen. */
export const keyMomentsRule = defineRule<KeyMomentsState>({
  name: 'key-moments',
  version: 2,
  sports: ['nfl', 'nba', 'race', 'soccer'],
  create: () => ({ ...createMomentState(), race: { leader: null, sinceLap: 0 } }),
  onEvent(event, state, say) {
    if (event.kind === 'race-state') return sayRaceLead(event, state.race, say)
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

/** A change of the lead in a race, unless it came and went in the pits of an early caution. */
function sayRaceLead(event: FeedEvent & RaceState, lead: RaceLead, say: Say): void {
  const moment = raceLeadChange(event, lead)
  if (moment === null || moment.rank < leastRaceRank) return
  say.insight({
    kind: 'race.key-moment',
    subject: 'match',
    occasion: `lead-${moment.lap}-${moment.carId}`,
    clocks: event.clocks,
    headline: `${moment.driver} takes the lead ${onLap(moment.lap)}.`,
    estimate: { type: 'score', value: Math.round(100 * moment.rank), low: 0, high: 100 },
    evidence: [{ label: 'Laps to go', value: event.lapsToGo ?? 'unknown', unit: 'laps' }],
    leadTimeMs: null,
    importance: moment.rank,
    detail: {
      title: 'Lead change',
      carId: moment.carId,
      lap: moment.lap,
      rank: moment.rank,
      isLeadChange: true,
      isClutch: moment.isClutch,
    },
    isScored: false,
  })
}

function titleOf(moment: Moment): string {
  if (moment.isLeadChange) return moment.homeScore === moment.awayScore ? 'All level' : 'Lead change'
  return { score: 'Score', takeaway: 'Takeaway', stop: 'Stop', miss: 'Miss', other: 'Key moment' }[
    moment.kind
  ]
}
