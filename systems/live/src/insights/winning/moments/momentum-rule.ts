import type { FeedEvent } from '../../../domain/feed-event.ts'
import type { Side } from '../../../domain/match.ts'
import type { Say } from '../../../domain/rule.ts'
import { nameOf } from '../../../events/score-tags.ts'
import { draftTag } from '../../../events/tagger.ts'
import type { Moment } from './moment.ts'
import { elapsedSeconds } from '../../../feeds/clocks/game-clock.ts'
import { defineRule } from '../../../domain/rule.ts'
import { addSwing, createMomentum, momentumScore } from './momentum.ts'
import type { Momentum } from './momentum.ts'
import { createMomentState, momentsOf } from './told-moments.ts'
import type { GameSport, MomentState } from './told-moments.ts'

interface MomentumState {
  moments: MomentState
  momentum: Momentum
  said: number | null
  /** The side that had the run of play last. */
  side: Side | null
}

/** A change below this is not said again. */
const leastChange = 5
/** A side has the run of play from here on. */
const runOfPlay = 20
/** The run of play has gone over to the other side from here on. */
const turned = 40

/** Says which way the game leans, whenever that changed enough to be seen. */
export const momentumRule = defineRule<MomentumState>({
  name: 'momentum',
  version: 3,
  sports: ['nfl', 'nba', 'soccer'],
  create: () => ({ moments: createMomentState(), momentum: createMomentum(), said: null, side: null }),
  onEvent(event, state, say) {
    for (const { sport, moment } of momentsOf(event, state.moments)) {
      if (moment.clocks.game === null) continue
      addSwing(
        state.momentum,
        sport,
        elapsedSeconds(sport, moment.clocks.game),
        moment.swing + (moment.promise ?? 0),
      )
      const value = momentumScore(state.momentum)
      tagChange(event, sport, moment, value, state, say)
      if (state.said !== null && Math.abs(value - state.said) < leastChange) continue
      state.said = value
      const team = value > 0 ? say.match?.home : say.match?.away
      say.insight({
        kind: 'momentum',
        subject: 'match',
        occasion: moment.occasion,
        clocks: moment.clocks,
        headline:
          Math.abs(value) < runOfPlay
            ? 'Neither side has the run of play.'
            : `${team?.name ?? (value > 0 ? 'The home side' : 'The away side')} has the run of play.`,
        estimate: { type: 'score', value, low: -100, high: 100 },
        evidence: [
          {
            label: 'Last swing',
            value: Math.round(1000 * moment.swing) / 10,
            unit: 'points of win probability',
          },
        ],
        leadTimeMs: null,
        importance: Math.abs(value) / 200,
        detail: { homeScore: moment.homeScore, awayScore: moment.awayScore },
        isScored: false,
      })
    }
  },
})

/** A momentum change: the run of play goes over from one side to the other. */
function tagChange(
  event: FeedEvent,
  sport: GameSport,
  { occasion, clocks, homeScore, awayScore }: Moment,
  value: number,
  state: MomentumState,
  say: Say,
): void {
  if (Math.abs(value) < turned) return
  const side: Side = value > 0 ? 'home' : 'away'
  const before = state.side
  state.side = side
  if (before === null || before === side) return
  const [now, then] = [nameOf(say.match, side), nameOf(say.match, before)]
  say.tag(
    draftTag({ ...event, clocks }, sport, {
      type: 'momentum.change',
      occasion,
      text: `Momentum change: the run of play goes from ${then} to ${now}.`,
      actors: [],
      homeScore,
      awayScore,
      source: 'detected',
    }),
  )
}
