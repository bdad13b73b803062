import { describe, expect, it } from 'vitest'
import type { FeedEvent, NbaAction, RaceCar } from '../../src/domain/feed-event.ts'
import { eventType, eventTypes, parentOf } from '../../src/events/taxonomy.ts'
import { nbaStatsCsv } from '../../src/feeds/nba/stats-csv.ts'
import { nflGamecenter } from '../../src/feeds/nfl/gamecenter.ts'
import { madeStats } from '../feeds/nba/made-stats.ts'
import { madeGame } from '../feeds/nfl/made-gamecenter.ts'
import { readItems } from '../feeds/read-items.ts'
import { tagsOf } from './tags-of.ts'

const clocks = (eventTimeMs: number, secondsLeft = 0, period = 4) => ({
  eventTimeMs,
  eventTimeFrom: 'wall' as const,
  game: { period, secondsLeft },
  smpte: null,
})

it('has one taxonomy in which every type has its parent [LIVE-EVENTS-01]', () => {
  expect(new Set(eventTypes.map(({ type }) => type)).size).toBe(eventTypes.length)
  for (const { type, weight } of eventTypes) {
    const parent = parentOf(type)
    if (parent !== null) expect(eventType(parent)).not.toBe(null)
    expect(weight).toBeGreaterThan(0)
  }
})

describe('NFL', () => {
  it('tags every play as the feed states it, and the moments that follow from it [LIVE-EVENTS-02]', async () => {
    const { events } = await readItems(nflGamecenter, JSON.stringify(madeGame()))
    const tags = tagsOf(events)
    const of = (occasion: string) => tags.filter((tag) => tag.occasion === occasion).map((tag) => tag.type)
    expect(of('58')).toEqual(['play.pass', 'big-play.pass'])
    expect(of('80')).toEqual(['play.run', 'score.touchdown.run', 'big-play.run', 'drive.end.score'])
    expect(of('140')).toEqual(['play.kickoff', 'score.touchdown.return', 'tie'])
    expect(of('180')).toEqual([
      'play.field-goal',
      'score.field-goal',
      'red-zone.entry',
      'drive.end.score',
      'lead-change',
    ])
    expect(of('match')).toEqual(['match.start', 'match.end'])
    expect(tags.every((tag) => eventType(tag.type) !== null)).toBe(true)
    expect(tags.find((tag) => tag.type === 'lead-change')).toMatchObject({
      source: 'detected',
      homeScore: 10,
      awayScore: 7,
      text: 'HOM take the lead, 10–7.',
    })
    expect(tags.find((tag) => tag.type === 'match.end')?.text).toBe('Final: AWY 7, HOM 10.')
  })

  it('holds a late field goal in a close game for more than an early one', async () => {
    const { events } = await readItems(nflGamecenter, JSON.stringify(madeGame()))
    const late = tagsOf(events).find((tag) => tag.type === 'score.field-goal')
    expect(late?.importance).toBeGreaterThan(eventType('score.field-goal')?.weight ?? 1)
  })
})

describe('NBA', () => {
  it('tags every action, with the steal and the block of their own [LIVE-EVENTS-02]', async () => {
    const { events } = await readItems(nbaStatsCsv, madeStats())
    const feed = tagsOf(events).filter((tag) => tag.source === 'feed')
    expect(feed.map((tag) => tag.type)).toEqual([
      'match.start',
      'period.start',
      'possession.jump-ball',
      'miss.basket.two',
      'defence.block',
      'possession.rebound.defensive',
      'score.basket.three',
      'turnover.steal',
      'defence.steal',
      'foul.personal',
      'miss.free-throw',
      'score.free-throw',
      'substitution.out',
      'substitution.in',
      'period.end',
      'match.end',
    ])
  })

  const basket = (
    n: number,
    side: 'home' | 'away',
    home: number,
    away: number,
    secondsLeft: number,
    period = 1,
  ): FeedEvent => {
    const action: NbaAction = {
      kind: 'nba-action',
      actionId: String(n),
      actionType: '2pt',
      subType: 'Layup',
      side,
      playerId: 'p',
      playerName: 'P. Layer',
      otherPlayers: [],
      isMade: true,
      points: 2,
      homeScore: home,
      awayScore: away,
      possession: null,
      x: null,
      y: null,
      description: 'Layup',
    }
    return { ...action, matchId: 'm', clocks: clocks(n * 1000, secondsLeft, period), sourceRef: `#${n}` }
  }

  it('finds a run of ten unanswered points once, and starts anew after an answer [LIVE-EVENTS-03]', () => {
    const events = [2, 4, 6, 8, 10, 12].map((points, i) => basket(i, 'home', points, 0, 700 - i))
    events.push(basket(7, 'away', 12, 2, 600), basket(8, 'home', 14, 2, 590))
    const runs = tagsOf(events).filter((tag) => tag.type === 'scoring-run')
    expect(runs.map((tag) => [tag.occasion, tag.text])).toEqual([['4', 'home on a 10–0 run.']])
  })

  it('finds a lead change after a tie, and the clutch shot that made it [LIVE-EVENTS-03]', () => {
    const events = [
      basket(1, 'home', 2, 0, 700),
      basket(2, 'away', 2, 2, 690),
      basket(3, 'away', 2, 4, 200, 4),
      basket(4, 'home', 4, 4, 20, 4),
    ]
    const types = tagsOf(events)
      .filter((tag) => tag.source === 'detected')
      .map((tag) => `${tag.occasion} ${tag.type}`)
    expect(types).toEqual(['2 tie', '3 clutch.shot', '3 lead-change', '4 clutch.shot', '4 tie'])
  })
})

describe('races', () => {
  const car = (carId: string, position: number, lastLapSeconds: number, lapsCompleted: number): RaceCar => ({
    carId,
    number: carId,
    driver: `Driver ${carId}`,
    position,
    lapsCompleted,
    gapToLeader: 0,
    lastLapSeconds,
    lastLapSpeedMps: null,
    bestLapSeconds: null,
    pitStops: 0,
    isRunning: true,
    lapFraction: null,
  })
  const at = (n: number) => ({ matchId: 'r', clocks: clocks(n * 1000), sourceRef: `#${n}` })
  const field = (n: number, lap: number, flag: 'green' | 'caution', cars: RaceCar[]): FeedEvent => ({
    kind: 'race-state',
    lap,
    lapsToGo: null,
    elapsedSeconds: n,
    flag,
    cars,
    ...at(n),
  })

  it('tags flags, lead changes, records, stops and incidents [LIVE-EVENTS-02] [LIVE-EVENTS-03]', () => {
    const pit = {
      inSeconds: 70,
      outSeconds: 90,
      stopSeconds: 12.3,
      stopType: 'FUEL',
      tiresChanged: 4,
      fuelAddedLitres: null,
    }
    const tags = tagsOf([
      field(1, 5, 'green', [car('1', 1, 30, 4), car('2', 2, 30.5, 4)]),
      field(2, 6, 'green', [car('2', 1, 29.8, 5), car('1', 2, 30.2, 5)]),
      { kind: 'race-pit', carId: '1', lap: 7, flag: 'green', ...pit, ...at(3) },
      { kind: 'race-flag', flag: 'caution', lap: 8, elapsedSeconds: 4, comment: '#2 spin turn 4', ...at(4) },
      field(5, 8, 'caution', [car('2', 1, 50, 7), car('1', 2, 50, 7)]),
      { kind: 'match-end', homeScore: null, awayScore: null, order: ['2', '1'], ...at(6) },
    ])
    expect(tags.map((tag) => `${tag.type}: ${tag.text}`)).toEqual([
      'flag.green: Green flag on lap 5.',
      'lead-change: #2 Driver 2 takes the lead from #1 Driver 1 on lap 6.',
      'record.fastest-lap: #2 Driver 2 sets the fastest lap so far: 29.800 s.',
      'pit-stop.green: #1 Driver 1 pits on lap 7. 12.3 s standing.',
      'flag.caution: Caution on lap 8. #2 spin turn 4',
      'incident: Caution on lap 8. #2 spin turn 4',
      'match.end: #2 Driver 2 wins.',
    ])
  })
})

it("holds a lap for the fastest by the document's own best, once, and never on the first poll [LIVE-EVENTS-11]", () => {
  const car = (carId: string, lastLapSeconds: number, bestLapSeconds: number): RaceCar => ({
    carId,
    number: carId,
    driver: `Driver ${carId}`,
    position: Number(carId),
    lapsCompleted: 50,
    gapToLeader: 0,
    lastLapSeconds,
    lastLapSpeedMps: null,
    bestLapSeconds,
    pitStops: 0,
    isRunning: true,
    lapFraction: null,
  })
  const poll = (n: number, cars: RaceCar[]): FeedEvent => ({
    kind: 'race-state',
    lap: 50 + n,
    lapsToGo: null,
    elapsedSeconds: n,
    flag: 'green',
    cars,
    matchId: 'r',
    clocks: clocks(n * 1000),
    sourceRef: `#${n}`,
  })
  const records = tagsOf([
    // The first poll comes in mid-race: six cars whose last laps get shorter down the field, and a best from long before.
    poll(
      1,
      [31, 30.9, 30.8, 30.7, 30.6, 30.5].map((last, at) => car(String(at + 1), last, at === 0 ? 29.9 : 30.4)),
    ),
    // Nobody beats 29.9; a last lap that is faster than those before is no record.
    poll(2, [car('1', 31, 29.9), car('2', 30.1, 30.1)]),
    // Two beat it within one poll, one of them on a lap that no poll showed as the last.
    poll(3, [car('1', 29.8, 29.8), car('2', 30.5, 29.7)]),
  ]).filter(({ type }) => type === 'record.fastest-lap')
  expect(records.map(({ text }) => text)).toEqual(['#2 Driver 2 sets the fastest lap so far: 29.700 s.'])
})

it('says the same again from a state that went through JSON [LIVE-EVENTS-03]', async () => {
  const { events } = await readItems(nflGamecenter, JSON.stringify(madeGame()))
  const { eventsRule } = await import('../../src/events/events-rule.ts')
  let state = eventsRule.create()
  const tags: unknown[] = []
  const match = events[0]?.kind === 'match' ? events[0].match : null
  for (const event of events) {
    state = JSON.parse(JSON.stringify(state)) as unknown
    eventsRule.onEvent(event, state, {
      match,
      insight: () => undefined,
      outcome: () => undefined,
      tag: (tag) => tags.push(tag),
    })
  }
  expect(tags).toEqual(tagsOf(events))
})
