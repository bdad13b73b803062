import { expect, test, vi } from 'vitest'
import type { FeedEvent } from '../../src/domain/feed-event.ts'
import { demoRace } from '../../samples/race/race-options.ts'
import { simulateRace } from '../../samples/race/simulate-race.ts'
import { trackPoint, trackShapes } from '../../samples/race/track-shape.ts'

// A whole race takes seconds where other work runs beside it.
vi.setConfig({ testTimeout: 30_000 })

const startMs = Date.UTC(2026, 0, 4, 18)
const short = { ...demoRace('unit', startMs), laps: 12, cautionsPer100Laps: 20, isFuelAddedTold: true }

const ofKind = <K extends FeedEvent['kind']>(events: FeedEvent[], kind: K) =>
  events.filter((event): event is Extract<FeedEvent, { kind: K }> => event.kind === kind)

test('the same seed gives the same race, another seed another [LIVE-RACE-01]', () => {
  const quiet = { ...short, telemetryHz: 1, laps: 4 }
  const first = [...simulateRace(quiet)]
  expect([...simulateRace(quiet)]).toEqual(first)
  expect([...simulateRace({ ...quiet, seed: 'other' })]).not.toEqual(first)
})

test('a whole race: in order of time, from match to end, every lap and stop told, fuel told only while shared [LIVE-RACE-01]', () => {
  const race = simulateRace(short)
  const events = [...race]
  expect(events[0]?.kind).toBe('match')
  expect(events.at(-1)?.kind).toBe('match-end')
  const isBehind = (event: FeedEvent, i: number) =>
    event.clocks.eventTimeMs < (events[i - 1]?.clocks.eventTimeMs ?? 0)
  expect(events.filter(isBehind)).toEqual([])
  const telemetry = ofKind(events, 'race-telemetry')
  expect(telemetry.filter((event) => event.sessionSeconds > 60 && event.sessionSeconds <= 61)).toHaveLength(
    400,
  )
  expect(telemetry.every((event) => (event.fuelLitres !== null) === event.lap <= 1)).toBe(true)
  expect(ofKind(events, 'race-state')[5]?.elapsedSeconds).toBe(10)
  const flags = ofKind(events, 'race-flag').map((event) => event.flag)
  expect(flags[0]).toBe('green')
  expect(flags).toContain('caution')
  expect(flags.at(-1)).toBe('checkered')
  const end = ofKind(events, 'match-end')[0]
  expect(new Set(end?.order).size).toBe(40)
  const winner = end?.order?.[0]
  expect(
    ofKind(events, 'race-lap')
      .filter((event) => event.carId === winner)
      .map((event) => event.lap),
  ).toEqual(Array.from({ length: 12 }, (_, i) => i + 1))
})

test('what goes in at stops and what is left make up what was burnt [LIVE-RACE-02]', () => {
  const race = simulateRace(short)
  const startFuel = new Map<string, number>()
  const added = new Map<string, number>()
  for (const event of race) {
    if (event.kind === 'race-telemetry' && !startFuel.has(event.carId) && event.fuelLitres !== null)
      startFuel.set(event.carId, event.fuelLitres)
    if (event.kind === 'race-pit')
      added.set(event.carId, (added.get(event.carId) ?? 0) + (event.fuelAddedLitres ?? 0))
  }
  for (const car of race.truth.cars()) {
    expect(car.usedLitres).toBeGreaterThan(0)
    expect(
      (startFuel.get(car.carId) ?? 0) + (added.get(car.carId) ?? 0) - car.fuelLitres - car.usedLitres,
    ).toBeCloseTo(0, 1)
  }
})

test('the yellow bunches the field and nobody passes the pace [LIVE-RACE-01]', () => {
  let state: Extract<FeedEvent, { kind: 'race-state' }> | null = null
  let spreadAtGreen: number[] = []
  let isCaution = false
  for (const event of simulateRace({ ...short, laps: 20, telemetryHz: 0 })) {
    if (event.kind === 'race-state') state = event
    if (event.kind !== 'race-flag') continue
    if (isCaution && event.flag === 'green' && state !== null) {
      const at = state.cars
        .filter((car) => car.isRunning && car.lapsCompleted >= state!.lap - 1)
        .map((car) => car.gapToLeader ?? 0)
      spreadAtGreen = at
    }
    isCaution = event.flag === 'caution'
  }
  // 40 cars at 14 m behind a pace of 36 m/s are 16 s long.
  expect(spreadAtGreen.length).toBeGreaterThan(20)
  const close = spreadAtGreen.filter((gap) => gap >= 0 && gap < 22)
  expect(close.length / spreadAtGreen.length).toBeGreaterThan(0.85)
})

test('teams that dare too much run dry [LIVE-RACE-02]', () => {
  const race = simulateRace({
    ...short,
    laps: 30,
    gamblers: 1,
    cautionsPer100Laps: 0,
    retirements: 0,
    telemetryHz: 0,
  })
  let notes = 0
  for (const event of race) if (event.kind === 'race-note' && event.text.includes('out of fuel')) notes++
  expect(notes).toBeGreaterThan(0)
  expect(race.truth.cars().filter((car) => car.hasRunDry)).toHaveLength(notes)
})

test('the road course is driven by corner: slow and fast, brake and throttle, up and down the gears [LIVE-RACE-01]', () => {
  const telemetry: Extract<FeedEvent, { kind: 'race-telemetry' }>[] = []
  for (const event of simulateRace({
    ...short,
    track: 'road',
    laps: 3,
    cars: 2,
    retirements: 0,
    cautionsPer100Laps: 0,
  }))
    if (event.kind === 'race-telemetry' && event.lap === 2) telemetry.push(event)
  const speeds = telemetry.map((event) => event.speedMps)
  expect(Math.min(...speeds)).toBeLessThan(35)
  expect(Math.max(...speeds)).toBeGreaterThan(55)
  expect(new Set(telemetry.map((event) => event.gear)).size).toBeGreaterThanOrEqual(3)
  expect(telemetry.some((event) => (event.brake ?? 0) > 0.3)).toBe(true)
  expect(telemetry.some((event) => event.throttle === 1)).toBe(true)
})

test('track shapes are closed, evenly spaced and as long as they say', () => {
  for (const track of Object.values(trackShapes)) {
    let length = 0
    for (const [i, point] of track.points.entries()) {
      const next = track.points[(i + 1) % track.points.length]!
      const step = Math.hypot(next.x - point.x, next.y - point.y)
      expect(step).toBeLessThan(track.spacingMetres * 1.05)
      length += step
    }
    expect(Math.abs(length / track.lengthMetres - 1)).toBeLessThan(0.01)
    expect(trackPoint(track, 0)).toEqual(track.points[0])
    expect(trackPoint(track, 1.25)).toEqual(trackPoint(track, 0.25))
  }
})
