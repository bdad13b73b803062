import { expect, test } from 'vitest'
import { simulateSoccerMatch } from '../../samples/soccer/simulate-soccer-match.ts'
import type { FeedEvent } from '../../src/domain/feed-event.ts'

const matchOf = (seed: number, isCup = false): FeedEvent[] => [
  ...simulateSoccerMatch({ seed, startMs: 0, isCup }),
]
const shotsOf = (events: readonly FeedEvent[]) =>
  events.flatMap((event) => (event.kind === 'soccer-action' && event.shot ? [event] : []))

test('matches have goals, shots, cards and draws about as often as real ones [LIVE-SOCCER-12]', () => {
  const matches = Array.from({ length: 120 }, (_, at) => matchOf(at + 1))
  const mean = (count: (events: FeedEvent[]) => number) =>
    matches.reduce((sum, events) => sum + count(events), 0) / matches.length
  const goals = mean((events) => shotsOf(events).filter(({ shot }) => shot?.outcome === 'goal').length)
  expect(goals).toBeGreaterThan(2.2)
  expect(goals).toBeLessThan(3.4)
  const shots = mean((events) => shotsOf(events).length)
  expect(shots).toBeGreaterThan(20)
  expect(shots).toBeLessThan(34)
  const results = matches.map((events) => {
    const end = events.at(-1)
    return end?.kind === 'match-end' ? Math.sign(end.homeScore! - end.awayScore!) : Number.NaN
  })
  const share = (of: number) => results.filter((result) => result === of).length / results.length
  expect(share(0)).toBeGreaterThan(0.12)
  expect(share(0)).toBeLessThan(0.38)
  expect(share(1)).toBeGreaterThan(share(-1) - 0.05)
  const cards = mean(
    (events) => events.filter((event) => event.kind === 'soccer-action' && event.card !== null).length,
  )
  expect(cards).toBeGreaterThan(2)
  expect(cards).toBeLessThan(6)
})

test('the same seed is the same match, times rise, the score is the goals, the truth is told at the end [LIVE-SOCCER-12]', () => {
  for (const seed of [1, 8, 9]) {
    const feed = simulateSoccerMatch({ seed, startMs: 1_000_000 })
    const events = [...feed]
    expect([...simulateSoccerMatch({ seed, startMs: 1_000_000 })]).toEqual(events)
    const times = events.map(({ clocks }) => clocks.eventTimeMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    const goals = { home: 0, away: 0 }
    for (const { shot, side } of shotsOf(events)) if (shot?.outcome === 'goal' && side) goals[side]++
    expect(events.at(-1)).toMatchObject({ homeScore: goals.home, awayScore: goals.away })
    expect(feed.truth).toMatchObject({
      isOver: true,
      winner: goals.home > goals.away ? 'home' : goals.away > goals.home ? 'away' : null,
    })
    expect(events.some((event) => event.kind === 'soccer-action' && event.type === 'added-time')).toBe(true)
  }
})

test('a cup match that is level goes to extra time, and to a shoot-out that somebody wins [LIVE-SOCCER-12]', () => {
  const cups = Array.from({ length: 40 }, (_, at) =>
    simulateSoccerMatch({ seed: at + 1, startMs: 0, isCup: true }),
  )
  const periods = cups.map((feed) => Math.max(...[...feed].map(({ clocks }) => clocks.game?.period ?? 0)))
  expect(new Set(periods)).toEqual(new Set([2, 4, 5]))
  expect(cups.every(({ truth }) => truth.winner !== null)).toBe(true)
})
