import { describe, expect, test } from 'vitest'
import type { FeedEvent, NbaAction } from '../../../src/domain/feed-event.ts'
import { keyMomentsRule } from '../../../src/insights/winning/moments/key-moments-rule.ts'
import { addSwing, createMomentum, momentumScore } from '../../../src/insights/winning/moments/momentum.ts'
import { nbaWinProbability } from '../../../src/insights/winning/nba/win-probability.ts'
import { nbaWinProbabilityRule } from '../../../src/insights/winning/nba/win-probability-rule.ts'
import { runRule } from './run-rule.ts'

function action(number: number, period: number, secondsLeft: number, made: Partial<NbaAction>): FeedEvent {
  return {
    kind: 'nba-action',
    actionId: String(number),
    actionType: '2pt',
    subType: '',
    side: 'home',
    playerId: null,
    playerName: null,
    otherPlayers: [],
    isMade: true,
    points: 0,
    homeScore: 0,
    awayScore: 0,
    possession: null,
    x: null,
    y: null,
    description: `action ${number}`,
    ...made,
    matchId: 'made',
    clocks: { eventTimeMs: number * 1000, eventTimeFrom: 'game', game: { period, secondsLeft }, smpte: null },
    sourceRef: `made#${number}`,
  }
}

const finish: FeedEvent[] = [
  action(1, 4, 40, { homeScore: 99, awayScore: 100, possession: 'home', points: 2, side: 'away' }),
  action(2, 4, 20, { homeScore: 101, awayScore: 100, possession: 'away', points: 2 }),
  action(3, 4, 3, { actionType: 'steal', homeScore: 101, awayScore: 100, possession: 'home', isMade: null }),
  action(4, 4, 0, { actionType: 'period', subType: 'end', homeScore: 101, awayScore: 100, isMade: null }),
]
const end: FeedEvent = { ...finish[3]!, kind: 'match-end', homeScore: 101, awayScore: 100, order: null }

describe('NBA win probability', () => {
  test('rises with the lead, and the more the less time is left', () => {
    const at = (lead: number, secondsLeft: number) =>
      nbaWinProbability(
        { actionId: '', period: 4, secondsLeft, homeScore: 90 + lead, awayScore: 90, possession: null },
        null,
      )
    expect(at(4, 600)).toBeGreaterThan(at(0, 600))
    expect(at(4, 30)).toBeGreaterThan(at(4, 600))
    expect(at(-4, 30)).toBeLessThan(at(-4, 600))
  })

  test('says scores, and nothing once time is up; settles at the end of the match alone [LIVE-WIN-02]', () => {
    const { insights, outcomes } = runRule(nbaWinProbabilityRule, finish)
    expect(insights.map(({ occasion }) => occasion)).toEqual(['2', '3'])
    expect(outcomes).toEqual([])
    const settled = runRule(nbaWinProbabilityRule, [...finish, end]).outcomes
    expect(settled).toMatchObject([{ kind: 'nba.win-probability', occasion: '2', happened: 1 }])
  })

  test('tells the basket that turned the lead in the last minute [LIVE-WIN-04]', () => {
    const { insights } = runRule(keyMomentsRule, finish)
    expect(insights.find(({ occasion }) => occasion === '2')?.detail).toMatchObject({
      isLeadChange: true,
      isClutch: true,
    })
  })
})

describe('momentum', () => {
  test('fades by half in its half-life, and adds up', () => {
    const momentum = createMomentum()
    addSwing(momentum, 'nba', 0, 0.2)
    expect(momentumScore(momentum)).toBe(66)
    addSwing(momentum, 'nba', 120, 0)
    expect(momentum.sum).toBeCloseTo(0.1)
    addSwing(momentum, 'nba', 120, -0.1)
    expect(momentumScore(momentum)).toBe(0)
  })
})
