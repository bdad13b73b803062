import { expect, test } from 'vitest'
import type { NbaAction } from '../../src/domain/feed-event.ts'
import { simulateNbaGame } from '../../samples/nba/simulate-nba-game.ts'

const games = Array.from({ length: 20 }, (_, index) => {
  const feed = simulateNbaGame({ seed: 200 + index, startMs: 0, withTracking: false })
  const events = [...feed]
  return { feed, events, actions: events.filter((event) => event.kind === 'nba-action') }
})
const actions: NbaAction[] = games.flatMap((game) => game.actions)

test('the same seed makes the same game, another seed another [LIVE-SIM-01]', () => {
  const game = (seed: number) =>
    JSON.stringify(
      Iterator.from(simulateNbaGame({ seed, startMs: 5000 }))
        .take(4000)
        .toArray(),
    )
  expect(game(7)).toBe(game(7))
  expect(game(8)).not.toBe(game(7))
  const feed = simulateNbaGame({ seed: 7, startMs: 5000, withTracking: false })
  expect(JSON.stringify([...feed])).toBe(JSON.stringify([...feed]))
})

test('event time never runs back, and the game clock never goes up within a period [LIVE-SIM-02]', () => {
  for (const { events } of games) {
    for (const [index, event] of events.entries()) {
      const before = events[index - 1]
      if (!before) continue
      expect(event.clocks.eventTimeMs).toBeGreaterThanOrEqual(before.clocks.eventTimeMs)
      const [was, is] = [before.clocks.game, event.clocks.game]
      if (was?.period === is?.period) expect(is?.secondsLeft).toBeLessThanOrEqual(was?.secondsLeft ?? 0)
    }
  }
})

test('a score is the sum of the shots made, and no game ends level [LIVE-SIM-02]', () => {
  for (const { feed, events, actions: played } of games) {
    const score = { home: 0, away: 0 }
    for (const action of played) {
      if (action.points > 0 && action.side) score[action.side] += action.points
      expect([action.homeScore, action.awayScore]).toEqual([score.home, score.away])
    }
    expect(events.at(-1)).toMatchObject({ kind: 'match-end', homeScore: score.home, awayScore: score.away })
    expect(score.home).not.toBe(score.away)
    expect(feed.truth).toMatchObject({ isOver: true, winner: score.home > score.away ? 'home' : 'away' })
  }
})

test('a miss is followed by a rebound, a new chance or the end of the period; every shot has a place [LIVE-SIM-02]', () => {
  for (const { actions: played } of games) {
    for (const [index, action] of played.entries()) {
      if (action.actionType !== '2pt' && action.actionType !== '3pt') continue
      expect(action.x).toBeGreaterThanOrEqual(0)
      expect(action.x).toBeLessThanOrEqual(94)
      expect(action.y).toBeGreaterThanOrEqual(0)
      expect(action.y).toBeLessThanOrEqual(50)
      const next = played[index + 1]
      if (!action.isMade) expect(['rebound', 'block', 'period']).toContain(next?.actionType)
    }
  }
})

test('only players on court act, and nobody plays on with six fouls [LIVE-SIM-02]', () => {
  for (const { actions: played } of games) {
    const fouls = new Map<string, number>()
    const off = new Set<string>()
    for (const action of played) {
      const { playerId } = action
      if (!playerId) continue
      if (action.subType === 'in' && action.actionType === 'substitution') off.delete(playerId)
      else expect(off.has(playerId)).toBe(false)
      if (action.actionType === 'foul') fouls.set(playerId, (fouls.get(playerId) ?? 0) + 1)
      if (action.subType === 'out' && action.actionType === 'substitution') off.add(playerId)
      expect(fouls.get(playerId) ?? 0).toBeLessThanOrEqual(6)
    }
  }
})

test('twenty games have the statistics of the sport [LIVE-SIM-03]', () => {
  const count = (fits: (action: NbaAction) => boolean) => actions.filter(fits).length
  const twos = count((action) => action.actionType === '2pt')
  const threes = count((action) => action.actionType === '3pt')
  const made = (type: string) => count((action) => action.actionType === type && action.isMade === true)
  const points = actions.reduce((sum, action) => sum + action.points, 0) / 2 / games.length
  expect(points).toBeGreaterThan(100)
  expect(points).toBeLessThan(122)
  expect(made('2pt') / twos).toBeGreaterThan(0.5)
  expect(made('2pt') / twos).toBeLessThan(0.62)
  expect(made('3pt') / threes).toBeGreaterThan(0.32)
  expect(made('3pt') / threes).toBeLessThan(0.4)
  expect(threes / (twos + threes)).toBeGreaterThan(0.34)
  expect(threes / (twos + threes)).toBeLessThan(0.46)
  const perTeam = (type: string) => count((action) => action.actionType === type) / 2 / games.length
  expect(perTeam('turnover')).toBeGreaterThan(10)
  expect(perTeam('turnover')).toBeLessThan(18)
  expect(perTeam('freethrow')).toBeGreaterThan(14)
  expect(perTeam('freethrow')).toBeLessThan(30)
  const rebounds = count((action) => action.actionType === 'rebound')
  const offensive = count((action) => action.actionType === 'rebound' && action.subType === 'offensive')
  expect(offensive / rebounds).toBeGreaterThan(0.18)
  expect(offensive / rebounds).toBeLessThan(0.33)
})

test('a side that is behind in the last half minute fouls on purpose [LIVE-SIM-03]', () => {
  const takes = games.flatMap(({ events }) =>
    events.filter((event) => event.kind === 'nba-action' && /take personal FOUL/.test(event.description)),
  )
  expect(takes.length).toBeGreaterThan(3)
  for (const event of takes) {
    expect(event.clocks.game?.secondsLeft).toBeLessThan(37)
    if (event.kind !== 'nba-action' || !event.side) continue
    const lead = event.side === 'home' ? event.homeScore - event.awayScore : event.awayScore - event.homeScore
    expect(lead).toBeLessThan(0)
  }
})

const tracked = [...simulateNbaGame({ seed: 9, startMs: 0 })]

test('tracking changes nothing in the actions and keeps event time and clock in order [LIVE-SIM-02]', () => {
  const plain = [...simulateNbaGame({ seed: 9, startMs: 0, withTracking: false })]
  expect(tracked.filter((event) => event.kind !== 'nba-frame')).toEqual(plain)
  let backwards = 0
  for (const [index, event] of tracked.entries()) {
    const before = tracked[index - 1]
    if (!before) continue
    if (event.clocks.eventTimeMs < before.clocks.eventTimeMs) backwards++
    const [was, is] = [before.clocks.game, event.clocks.game]
    if (was && is && was.period === is.period && is.secondsLeft > was.secondsLeft) backwards++
  }
  expect(backwards).toBe(0)
  expect(new Set(tracked.map((event) => event.sourceRef)).size).toBe(tracked.length)
})

test('five a side stay on or beside the court, run as people can, and the ball never jumps [LIVE-SIM-04]', () => {
  const frames = tracked.filter((event) => event.kind === 'nba-frame')
  expect(frames.length).toBeGreaterThan(10_000)
  let farthestStep = 0
  let farthestBall = 0
  let outside = 0
  for (const [index, frame] of frames.entries()) {
    const before = frames[index - 1]
    const places = new Map(before?.players.map((player) => [player.id, player]))
    if (frame.players.filter((player) => player.side === 'home').length !== 5 || frame.players.length !== 10)
      outside++
    for (const player of frame.players) {
      if (player.x < -2 || player.x > 96 || player.y < -2 || player.y > 52) outside++
      const was = places.get(player.id)
      if (was) farthestStep = Math.max(farthestStep, Math.hypot(player.x - was.x, player.y - was.y))
    }
    if (before?.ball && frame.ball) {
      farthestBall = Math.max(
        farthestBall,
        Math.hypot(frame.ball.x - before.ball.x, frame.ball.y - before.ball.y),
      )
    }
  }
  expect(outside).toBe(0)
  expect(farthestStep).toBeLessThan(5.2)
  expect(farthestBall).toBeLessThan(14)
})

test('who shoots is mostly where the shot is told to be, and a shot ends at the rim [LIVE-SIM-04]', () => {
  let shots = 0
  let there = 0
  let atRim = 0
  for (const [index, event] of tracked.entries()) {
    const frame = tracked[index - 1]
    if (event.kind !== 'nba-action' || event.x === null || event.y === null || frame?.kind !== 'nba-frame')
      continue
    if (event.actionType === 'jumpball') continue
    shots++
    const shooter = frame.players.find((player) => player.id === event.playerId)
    if (shooter && Math.hypot(shooter.x - event.x, shooter.y - event.y) < 4) there++
    const ball = frame.ball ?? { x: 47, y: 25 }
    if (Math.min(Math.hypot(ball.x - 5.25, ball.y - 25), Math.hypot(ball.x - 88.75, ball.y - 25)) < 3) atRim++
  }
  expect(shots).toBeGreaterThan(100)
  expect(there / shots).toBeGreaterThan(0.85)
  expect(atRim / shots).toBeGreaterThan(0.85)
})
