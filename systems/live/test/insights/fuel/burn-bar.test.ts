import { expect, test, vi } from 'vitest'
import type { FeedEvent, RaceState } from '../../../src/domain/feed-event.ts'
import type { InsightDraft, InsightOutcome } from '../../../src/domain/insight.ts'
import type { Match } from '../../../src/domain/match.ts'
import { createBurnBarRule } from '../../../src/insights/fuel/burn-bar-rule.ts'
import { lapsCar, seeLaps } from '../../../src/insights/fuel/car-fuel.ts'
import { fuelOutlook } from '../../../src/insights/fuel/fuel-outlook.ts'
import { demoRace } from '../../../samples/race/race-options.ts'
import type { RaceOptions } from '../../../samples/race/race-options.ts'
import { simulateRace } from '../../../samples/race/simulate-race.ts'

vi.setConfig({ testTimeout: 30_000 })

/** Runs the rule over events; with `reload`, its state goes through JSON at every snapshot of the field. */
function runRule(
  events: Iterable<FeedEvent>,
  onEvent: (event: FeedEvent, latest: Map<string, InsightDraft>) => void = () => {},
  reload = false,
) {
  const rule = createBurnBarRule()
  let state = rule.create()
  let match: Match | null = null
  const insights: InsightDraft[] = []
  const outcomes: InsightOutcome[] = []
  const latest = new Map<string, InsightDraft>()
  for (const event of events) {
    if (event.kind === 'match') match = event.match
    rule.onEvent(event, state, {
      match,
      insight(draft) {
        insights.push(draft)
        latest.set(draft.subject, draft)
      },
      tag() {},
      outcome: (outcome) => void outcomes.push(outcome),
    })
    if (reload && event.kind === 'race-state') state = JSON.parse(JSON.stringify(state)) as unknown
    onEvent(event, latest)
  }
  return { insights, outcomes }
}

/** Share of moments at which the true fuel is within the interval, and the mean error as a share of the tank. */
function judged(options: Partial<RaceOptions>) {
  const race = simulateRace({ ...demoRace('bar', 0), laps: 24, telemetryHz: 5, ...options })
  let moments = 0
  let within = 0
  let error = 0
  const { insights, outcomes } = runRule(race, (event, latest) => {
    if (event.kind !== 'race-state' || event.flag === 'checkered' || event.elapsedSeconds % 20 !== 0) return
    for (const car of race.truth.cars()) {
      const said = latest.get(car.carId)
      if (said?.estimate.type !== 'interval' || event.clocks.eventTimeMs - said.clocks.eventTimeMs > 4000)
        continue
      moments++
      error += Math.abs(said.estimate.value - car.fuelLitres) / 13
      if (car.fuelLitres >= said.estimate.low - 0.01 && car.fuelLitres <= said.estimate.high + 0.01) within++
    }
  })
  return { coverage: within / moments, error: error / moments, moments, insights, outcomes }
}

test('every car’s fuel is near the truth that the feed hides, and its interval holds it [LIVE-FUEL-03]', () => {
  const { coverage, error, moments, insights, outcomes } = judged({})
  expect(moments).toBeGreaterThan(500)
  expect(error).toBeLessThan(0.05)
  expect(coverage).toBeGreaterThan(0.65)
  expect(new Set(insights.map((draft) => draft.subject)).size).toBe(40)
  // What a stop's litres tell of the fuel before it, is scored.
  const scored = insights.filter((draft) => draft.isScored)
  expect(scored.length).toBeGreaterThan(10)
  expect(outcomes.map((outcome) => outcome.subject + outcome.occasion)).toEqual(
    scored.map((draft) => draft.subject + draft.occasion),
  )
  const isWhole = ({ estimate, detail }: InsightDraft) =>
    estimate.type === 'interval' &&
    0 <= estimate.low &&
    estimate.low <= estimate.value &&
    estimate.value <= estimate.high &&
    estimate.high <= 13 &&
    Number.isFinite((detail['lapsToEmpty'] as { high: number }).high)
  expect(insights.filter((draft) => !isWhole(draft))).toEqual([])
})

test('cars without engine channels are judged by laps and stops, with wider intervals that hold [LIVE-FUEL-03]', () => {
  const engine = judged({})
  const laps = judged({ telemetryHz: 0, startFuel: [1, 1] })
  expect(laps.coverage).toBeGreaterThan(0.65)
  const width = (drafts: InsightDraft[]) =>
    drafts.reduce(
      (sum, { estimate }) => sum + (estimate.type === 'interval' ? estimate.high - estimate.low : 0),
      0,
    ) / drafts.length
  expect(width(laps.insights)).toBeGreaterThan(1.5 * width(engine.insights))
})

test('an engine that nobody measured is not told before a lap with its gauge or a fill [LIVE-FUEL-07]', () => {
  /** Of each car that was judged by its engine: whether it had stopped for fuel by its first such word. */
  const firstWords = (fuelSharedLaps: number) => {
    const race = simulateRace({
      ...demoRace('unmeasured', 0),
      laps: 20,
      cars: 6,
      telemetryHz: 5,
      fuelSharedLaps,
    })
    const stopped = new Set<string>()
    const first = new Map<string, boolean>()
    runRule(race, (event, latest) => {
      if (event.kind === 'race-pit') stopped.add(event.carId)
      for (const { subject, evidence } of latest.values())
        if (!first.has(subject) && evidence.some(({ value }) => value === 'engine speed and throttle'))
          first.set(subject, stopped.has(subject))
    })
    return [...first.values()]
  }
  expect(firstWords(0)).not.toContain(false)
  expect(firstWords(1)).toEqual([false, false, false, false, false, false])
})

test('a car is said again at most once a second, and only when it moved [LIVE-FUEL-04]', () => {
  const race = simulateRace({ ...demoRace('revisions', 0), laps: 6 })
  const last = new Map<string, InsightDraft>()
  for (const draft of runRule(race).insights) {
    const before = last.get(draft.subject)
    last.set(draft.subject, draft)
    if (before === undefined || before.occasion !== draft.occasion || draft.isScored) continue
    expect(draft.clocks.eventTimeMs - before.clocks.eventTimeMs).toBeGreaterThanOrEqual(1000)
    expect(draft.detail).not.toEqual(before.detail)
  }
})

test('a saved and loaded state says the same [LIVE-FUEL-04]', () => {
  const events = [...simulateRace({ ...demoRace('saved', 0), laps: 5, cars: 8, telemetryHz: 2 })]
  expect(runRule(events, () => {}, true)).toEqual(runRule(events))
})

test('laps to empty, verdict and pit window follow from fuel and burn', () => {
  const car = lapsCar('9', 2, 60, 'nothing')
  car.belief.covariance.fill(0)
  car.anchorLitres = 60
  car.anchorVariance = 0.01
  seeLaps(car, 0, 'green')
  // A litre a lap: 60 laps from a full tank, 40 left after 20.
  for (let lap = 1; lap <= 20; lap++) seeLaps(car, lap, 'green')
  const at = (lapsToGo: number | null, isCaution = false) =>
    fuelOutlook(car, { capacityLitres: 60, lapsToGo, isCaution, modelError: 0 })
  expect(at(100)).toMatchObject({ verdict: 'short', pitWindow: { from: 59, to: 59 } })
  expect(at(100)?.lapsToEmpty.value).toBeCloseTo(40, 6)
  // 90 to go: one full tank of 60 reaches the end from 30 laps on.
  expect(at(90)).toMatchObject({ pitWindow: { from: 50, to: 59 } })
  expect(at(20)).toMatchObject({ verdict: 'makes-it', pitWindow: null })
  expect(at(40)).toMatchObject({ verdict: 'close' })
  expect(at(null)).toMatchObject({ verdict: null, shortByLaps: null })
  // The yellow saves fuel.
  expect(at(100, true)!.lapsToEmpty.value).toBeGreaterThan(41)
})

test('a feed that only counts stops has its cars filled up a lap later, once', () => {
  const race: Match = {
    id: 'm',
    sport: 'race',
    title: 'm',
    home: null,
    away: null,
    homeSpread: null,
    race: { totalLaps: 200, trackLengthMetres: 2000, trackName: 't', tankLitres: 60 },
  }
  const base = (lap: number) => ({
    matchId: 'm',
    clocks: { eventTimeMs: lap * 30_000, eventTimeFrom: 'wall' as const, game: null, smpte: null },
    sourceRef: 's',
  })
  const state = (lap: number): FeedEvent & RaceState => ({
    kind: 'race-state',
    lap,
    lapsToGo: 200 - lap,
    elapsedSeconds: lap * 30,
    flag: 'green',
    cars: [
      {
        carId: '9',
        number: '9',
        driver: 'D',
        position: 1,
        lapsCompleted: lap,
        gapToLeader: 0,
        lastLapSeconds: 30,
        lastLapSpeedMps: 66,
        bestLapSeconds: 30,
        pitStops: lap >= 40 ? 1 : 0,
        isRunning: true,
        lapFraction: null,
      },
    ],
    ...base(lap),
  })
  const events: FeedEvent[] = [{ kind: 'match', match: race, ...base(0) }]
  for (let lap = 0; lap <= 60; lap++) events.push(state(lap))
  const { insights } = runRule(events)
  // Joined from its first lap: nobody says that the tank is full, and the interval says so too.
  expect(insights[0]?.estimate).toMatchObject({ type: 'interval', unit: 'l' })
  const at = (lap: number) => insights.findLast((draft) => draft.clocks.eventTimeMs <= lap * 30_000)!
  expect(at(39).occasion).toBe('stint-1')
  expect(at(45).occasion).toBe('stint-2')
  expect(at(60).occasion).toBe('stint-2')
  // The stop on lap 40 after 40 laps says that a lap takes more than the litre assumed: 0.88 of the tank by then.
  expect(Number(at(42).detail['fuelLitres'])).toBeGreaterThan(55)
  expect(Number(at(60).detail['fuelLitres'])).toBeLessThan(41)
})
