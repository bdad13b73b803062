import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { FeedEvent, NflFrame, NflPlay, NflPlayStart } from '../../src/domain/feed-event.ts'
import { simulateNflGame } from '../../samples/nfl/simulate-nfl-game.ts'
import type { NflPlayTruth } from '../../samples/nfl/nfl-truth.ts'

const seeds = [1, 2]

interface TrackedPlay {
  start: NflPlayStart
  frames: (NflFrame & FeedEvent)[]
  play: NflPlay
  truth: NflPlayTruth | undefined
}

/** Plays that have tracking, over a few games. */
const trackedPlays: TrackedPlay[] = seeds.flatMap((seed) => {
  const feed = simulateNflGame({ seed, startMs: 1_000_000 })
  const plays: TrackedPlay[] = []
  let start: NflPlayStart | null = null
  let frames: (NflFrame & FeedEvent)[] = []
  for (const event of feed) {
    if (event.kind === 'nfl-play-start') {
      start = event
      frames = []
    } else if (event.kind === 'nfl-frame') frames.push(event)
    else if (event.kind === 'nfl-play' && start && start.situation.playId === event.situation.playId) {
      plays.push({ start, frames, play: event, truth: feed.truth.plays.get(event.situation.playId) })
    }
  }
  return plays
})

const games = Array.from({ length: 20 }, (_, index) => {
  const feed = simulateNflGame({ seed: 100 + index, startMs: 0, withTracking: false })
  const events = [...feed]
  return { feed, events, plays: events.filter((event) => event.kind === 'nfl-play') }
})

function digest(events: Iterable<FeedEvent>): string {
  const hash = createHash('sha256')
  for (const event of events) hash.update(JSON.stringify(event))
  return hash.digest('hex')
}

test('the same seed makes the same game to the byte, another seed another [LIVE-SIM-01]', () => {
  const game = (seed: number) =>
    digest(Iterator.from(simulateNflGame({ seed, startMs: 5000, timeBetweenPlaysMs: 4000 })).take(6000))
  const first = game(7)
  expect(game(7)).toBe(first)
  expect(game(8)).not.toBe(first)
})

test('results do not hang on whether tracking is made [LIVE-SIM-01]', () => {
  const scores = (withTracking: boolean) =>
    [...simulateNflGame({ seed: 3, startMs: 0, withTracking })].flatMap((event) =>
      event.kind === 'nfl-play'
        ? [`${event.description} ${event.homeScoreAfter}-${event.awayScoreAfter}`]
        : [],
    )
  expect(scores(true)).toEqual(scores(false))
})

test('event time never runs back, and the game clock never goes up within a period [LIVE-SIM-02]', () => {
  let backwards = 0
  for (const events of [[...simulateNflGame({ seed: 4, startMs: 0 })], ...games.map((game) => game.events)]) {
    for (const [index, event] of events.entries()) {
      const before = events[index - 1]
      if (!before) continue
      if (event.clocks.eventTimeMs < before.clocks.eventTimeMs) backwards++
      const [was, is] = [before.clocks.game, event.clocks.game]
      if (was && is && was.period === is.period && is.secondsLeft > was.secondsLeft) backwards++
    }
  }
  expect(backwards).toBe(0)
})

test('a score is the sum of what the plays scored [LIVE-SIM-02]', () => {
  for (const { feed, events, plays } of games) {
    let home = 0
    let away = 0
    for (const play of plays) {
      expect([play.situation.homeScore, play.situation.awayScore]).toEqual([home, away])
      const gained = play.homeScoreAfter - home + (play.awayScoreAfter - away)
      const { results } = play
      const points =
        (results.touchdown ? 6 : 0) +
        (results.fieldGoal === 'made' ? 3 : 0) +
        (results.extraPoint === 'good' ? 1 : 0) +
        (results.twoPoint === 'good' ? 2 : 0) +
        (results.safety ? 2 : 0)
      expect(gained).toBe(points)
      home = play.homeScoreAfter
      away = play.awayScoreAfter
    }
    const end = events.at(-1)
    expect(end).toMatchObject({ kind: 'match-end', homeScore: home, awayScore: away })
    expect(feed.truth.winner).toBe(home > away ? 'home' : away > home ? 'away' : null)
  }
})

test('twenty games have the statistics of the sport [LIVE-SIM-03]', () => {
  const plays = games.flatMap((game) => game.plays)
  const count = (fits: (play: NflPlay) => boolean) => plays.filter(fits).length
  const passes = plays.filter((play) => play.playType === 'pass')
  const sacks = count((play) => play.playType === 'sack')
  const runs = plays.filter((play) => play.playType === 'run')
  const caught = passes.filter((play) => !/incomplete|intercepted/.test(play.description))
  const points = games.flatMap(({ events }) => {
    const end = events.at(-1)
    return end?.kind === 'match-end' ? [end.homeScore ?? 0, end.awayScore ?? 0] : []
  })
  const mean = points.reduce((sum, value) => sum + value, 0) / points.length
  expect(mean).toBeGreaterThan(18)
  expect(mean).toBeLessThan(26)
  expect(points.filter((value) => value >= 7 && value <= 38).length / points.length).toBeGreaterThan(0.7)
  const scrimmage = ['pass', 'run', 'sack', 'qb_kneel', 'qb_spike', 'punt', 'field_goal', 'no_play']
  for (const game of games) {
    const played = game.plays.filter((play) => scrimmage.includes(play.playType)).length
    expect(played).toBeGreaterThan(110)
    expect(played).toBeLessThan(190)
  }
  const dropbacks = passes.length + sacks
  expect(dropbacks / (dropbacks + runs.length)).toBeGreaterThan(0.5)
  expect(dropbacks / (dropbacks + runs.length)).toBeLessThan(0.66)
  expect(caught.length / passes.length).toBeGreaterThan(0.58)
  expect(caught.length / passes.length).toBeLessThan(0.7)
  expect(sacks / dropbacks).toBeGreaterThan(0.04)
  expect(sacks / dropbacks).toBeLessThan(0.09)
  const turnovers = count((play) => play.results.interception || play.results.fumbleLost) / games.length
  expect(turnovers).toBeGreaterThan(1.5)
  expect(turnovers).toBeLessThan(4.5)
  const truths = games.flatMap(({ feed }) =>
    [...feed.truth.plays.values()].filter((truth) => truth.isDropback),
  )
  const share = (fits: (truth: NflPlayTruth) => boolean) => truths.filter(fits).length / truths.length
  expect(share((truth) => truth.rushers.length >= 5)).toBeGreaterThan(0.2)
  expect(share((truth) => truth.rushers.length >= 5)).toBeLessThan(0.35)
  expect(share((truth) => truth.isMan)).toBeGreaterThan(0.22)
  expect(share((truth) => truth.isMan)).toBeLessThan(0.45)
})

test('eleven a side stay on or beside the field and move as people can [LIVE-SIM-04]', () => {
  let fastest = 0
  let strongest = 0
  let farthestStep = 0
  let farthestOut = 0
  let wrongSides = 0
  for (const { frames } of trackedPlays) {
    for (const [index, frame] of frames.entries()) {
      const before = frames[index - 1]
      let home = 0
      for (const [at, player] of frame.players.entries()) {
        if (player.side === 'home') home++
        fastest = Math.max(fastest, player.speed)
        farthestOut = Math.max(farthestOut, -player.x, player.x - 120, -player.y, player.y - 53.4)
        const was = before?.players[at]
        if (!was) continue
        strongest = Math.max(strongest, Math.abs(player.speed - was.speed) / 0.1)
        farthestStep = Math.max(farthestStep, Math.hypot(player.x - was.x, player.y - was.y))
      }
      if (home !== 11 || frame.players.length !== 22) wrongSides++
    }
    expect(new Set(frames.flatMap((frame) => frame.players.map((player) => player.id))).size).toBe(22)
  }
  expect(wrongSides).toBe(0)
  expect(farthestOut).toBeLessThan(8)
  expect(fastest).toBeLessThanOrEqual(9.01)
  expect(strongest).toBeLessThan(8)
  expect(farthestStep).toBeLessThan(0.95)
})

test('the ball is with a player or in flight, and never jumps [LIVE-SIM-04]', () => {
  let farthest = 0
  for (const { frames, play } of trackedPlays) {
    const isKick = ['kickoff', 'punt', 'field_goal', 'extra_point'].includes(play.playType)
    for (const [index, frame] of frames.entries()) {
      const was = frames[index - 1]?.ball
      if (was && frame.ball && !isKick)
        farthest = Math.max(farthest, Math.hypot(frame.ball.x - was.x, frame.ball.y - was.y))
      if (frame.event !== 'tackle' && frame.event !== 'qb_sack' && frame.event !== 'pass_outcome_caught')
        continue
      const nearest = Math.min(
        ...frame.players.map((player) =>
          Math.hypot(player.x - (frame.ball?.x ?? 0), player.y - (frame.ball?.y ?? 0)),
        ),
      )
      expect(nearest).toBeLessThan(1)
    }
  }
  expect(farthest).toBeLessThan(3.4)
})

test('a play gains in its tracking what its play-by-play says [LIVE-SIM-04]', () => {
  let checked = 0
  for (const { start, frames, play } of trackedPlays) {
    if (!['run', 'pass'].includes(play.playType) || play.results.interception || play.results.fumbleLost)
      continue
    const end = frames.find((frame) => ['tackle', 'out_of_bounds'].includes(frame.event ?? ''))
    if (!end?.ball) continue
    const gained = (end.ball.x - (start.lineOfScrimmageX ?? 0)) * (start.direction === 'right' ? 1 : -1)
    expect(Math.abs(gained - (play.yardsGained ?? 0))).toBeLessThan(1.3)
    checked++
  }
  expect(checked).toBeGreaterThan(100)
})

/** By the label of the blitz model: half a yard past the ball's spot within 3 s of the snap, before throw or sack. */
function rushedByLabel({ start, frames }: TrackedPlay): string[] {
  const snap = frames.findIndex((frame) => frame.event === 'ball_snap')
  const end = frames.findIndex((frame) => frame.event === 'pass_forward' || frame.event === 'qb_sack')
  const spot = frames[snap]?.ball?.x ?? 0
  const sign = start.direction === 'right' ? 1 : -1
  const rushed = new Set<string>()
  for (const frame of frames.slice(snap, Math.min(snap + 30, end) + 1)) {
    for (const player of frame.players) {
      const isBlitzer =
        player.side !== start.situation.possession && ['LB', 'DB'].includes(player.positionGroup)
      if (isBlitzer && (spot - player.x) * sign >= 0.5) rushed.add(player.id)
    }
  }
  return [...rushed].toSorted()
}

test('who blitzes by truth is who rushes by the label of the blitz model [LIVE-SIM-05]', () => {
  const dropbacks = trackedPlays.filter(({ play }) => play.playType === 'pass' || play.playType === 'sack')
  expect(dropbacks.length).toBeGreaterThan(100)
  for (const play of dropbacks) expect(rushedByLabel(play)).toEqual(play.truth?.blitzers.toSorted())
})

test('some blitzers show themselves before the snap, some do not, and some only pretend [LIVE-SIM-05]', () => {
  const truths = trackedPlays.flatMap(({ truth }) => (truth?.isDropback ? [truth] : []))
  expect(truths.some((truth) => truth.disguised.length > 0)).toBe(true)
  expect(truths.some((truth) => truth.bluffers.length > 0)).toBe(true)
  expect(truths.some((truth) => truth.rushers.length >= 5 && truth.disguised.length === 0)).toBe(true)
})

test('pressure by truth is a rusher within two yards of the passer before the ball is away [LIVE-SIM-05]', () => {
  const truths = trackedPlays.flatMap(({ truth, play }) => (truth?.isDropback ? [{ truth, play }] : []))
  const pressured = truths.filter(({ truth }) => truth.wasPressured)
  expect(pressured.length / truths.length).toBeGreaterThan(0.2)
  expect(pressured.length / truths.length).toBeLessThan(0.5)
  for (const { truth, play } of truths) if (play.playType === 'sack') expect(truth.wasPressured).toBe(true)
})
