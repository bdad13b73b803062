import type { FeedEvent } from '../../domain/feed-event.ts'
import type { Match, Side, Team } from '../../domain/match.ts'
import { otherSide } from '../../domain/match.ts'
import { createEventTimes } from '../clocks/event-times.ts'
import { periodSeconds } from '../clocks/game-clock.ts'
import { describeAction } from './describe.ts'
import { createShotContext } from './shot-context.ts'
import type { SoccerRow } from './soccer-row.ts'

export interface SoccerGameFacts {
  matchId: string
  home: Team
  away: Team
  competition: string | null
  /** Wall clock of the kick-off; null where the feed has none. */
  startMs: number | null
  sourceRef: string
}

/** Makes the feed events of one match from rows in the order of play: keeps the score, tells time, and says of shots what led to them. */
export function createSoccerGame(facts: SoccerGameFacts) {
  const { matchId, home, away } = facts
  const times = createEventTimes('soccer', facts.startMs ?? 0)
  const context = createShotContext()
  const score: Record<Side, number> = { home: 0, away: 0 }
  let last = { period: 1, seconds: 0 }
  const clockOf = (period: number, seconds: number) => ({
    period,
    secondsLeft: Math.round((periodSeconds('soccer', period) - seconds) * 10) / 10,
  })
  return {
    score: score as Readonly<Record<Side, number>>,
    open(): FeedEvent {
      const match: Match = {
        id: matchId,
        sport: 'soccer',
        title: `${home.name} v ${away.name}`,
        home,
        away,
        homeSpread: null,
        race: null,
        ...(facts.competition === null ? {} : { competition: facts.competition }),
      }
      return {
        kind: 'match',
        match,
        matchId,
        clocks: times(clockOf(1, 0), facts.startMs),
        sourceRef: facts.sourceRef,
      }
    },
    play(row: SoccerRow): FeedEvent {
      const { period, seconds, side } = row
      last = { period, seconds }
      const shot = context(row)
      // Kicks of a shoot-out decide who goes on, not the score.
      if (side !== null && period <= 4) {
        if (shot?.outcome === 'goal') score[side]++
        if (row.type === 'own-goal') score[otherSide(side)]++
      }
      const action = {
        kind: 'soccer-action' as const,
        actionId: row.actionId,
        type: row.type,
        subType: row.subType,
        side,
        playerId: row.playerId ?? null,
        playerName: row.playerName ?? null,
        otherPlayers: row.otherPlayers ?? [],
        isSuccessful: row.isSuccessful ?? null,
        shot,
        card: row.card ?? null,
        addedMinutes: row.addedMinutes ?? null,
        homeScore: score.home,
        awayScore: score.away,
        x: row.x ?? null,
        y: row.y ?? null,
      }
      const team = side === null ? null : facts[side]
      return {
        ...action,
        description: row.description ?? describeAction(action, team, period),
        matchId,
        clocks: times(clockOf(period, seconds), row.wallMs ?? null),
        sourceRef: row.sourceRef,
      }
    },
    close(sourceRef: string): FeedEvent {
      return {
        kind: 'match-end',
        homeScore: score.home,
        awayScore: score.away,
        order: null,
        matchId,
        clocks: times(clockOf(last.period, last.seconds), null),
        sourceRef,
      }
    },
  }
}

/** Half a game of which the feed tells less is not over: without it no result is told. */
const leastSeconds = 2400

/** Whether a feed that stopped at this time told of a whole match. */
export function isPlayedOut(period: number, seconds: number): boolean {
  return period > 2 || (period === 2 && seconds >= leastSeconds)
}
