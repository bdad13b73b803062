import type { RaceFlagState, RacePitStop, RaceTelemetry } from '../../domain/feed-event.ts'
import type { RaceCarFacts } from '../../domain/match.ts'
import { addBurn } from './burn-grid.ts'
import { observationVariance } from './uncertainty.ts'
import type { FuelPrior } from './fuel-weights.ts'
import { believe, expected, observe, varianceOf } from './linear-belief.ts'
import type { LinearBelief } from './linear-belief.ts'

/**
 * Fuel of one car as believed; plain JSON. What was burnt is `belief · used`, where `used` sums up what is seen: for a car
 * with telemetry the burn surfaces over time, for one without it green and caution laps.
 */
export interface CarFuel {
  carId: string
  /** What the feed said of the car when it was first seen; the burn surfaces follow from it. */
  facts: RaceCarFacts | null
  source: 'telemetry' | 'laps'
  belief: LinearBelief
  /** Fuel at the last moment at which it was known or assumed, and how sure that is. */
  anchorLitres: number
  anchorVariance: number
  /** Since the anchor. */
  used: number[]
  /** Litres of it under caution: at light load, where an engine is least known. */
  cautionLitres: number
  /** Seen, but not yet added to the sums. */
  pending: number[]
  pendingSeconds: number
  /** Of the lap that is being driven, and of a typical lap under green and under caution; null before there was one. */
  lapNow: number[]
  greenLap: number[] | null
  cautionLap: number[] | null
  lap: number
  lapFraction: number
  lapSaw: { green: boolean; caution: boolean; pit: boolean }
  sessionSeconds: number
  topRpm: number
  /** The last sample; null before there was one. */
  engine: { rpm: number; throttle: number } | null
  /** Whether the anchor is a gauge that the team shares. */
  hasGauge: boolean
  /** What the fuel at the anchor rests on: a gauge, a fill, a race's start (nearly full), or nothing. */
  anchoredBy: 'gauge' | 'fill' | 'race-start' | 'nothing'
  /** The highest reading of its gauge: no tank is smaller. */
  highestLitres: number
  stint: number
  hasPitEvents: boolean
  pitStops: number
  onPitRoad: boolean
  /** A stop that only the count of stops told so far: the lap, and what had been used by then. */
  counted: { lap: number; used: number[] } | null
  position: number
  driver: string
  isRunning: boolean
  lapSeconds: number | null
}

/** Litres a kilometre of a stock car, and its spread; caution laps burn less. */
const litresPerKilometre = 0.5
const burnSpread = 0.35
const cautionShare = 0.45
/** A fill is full to this share of the tank; without words on the litres, teams are less exact. */
const fullSpread = 0.01
const assumedFullSpread = 0.03
/** Stops under green are made with about this share of the tank burnt. */
const greenStopShare = 0.88
const greenStopSpread = 0.1
const gaugeLitres = 0.001
/** Error of the engine model at light load, as a share of what was burnt there. */
const lightLoadError = 0.3
const lapMemory = 0.3
const longestLateSeconds = 60

/** What is in the tank at first. A race is begun with a tank that is full or nearly; otherwise nobody knows, and none is taken as full. */
const startFills = {
  'race-start': { share: 0.95, spread: 0.06 },
  // As uncertain as anything between empty and full.
  nothing: { share: 0.5, spread: 0.29 },
} as const

export function newCarFuel(
  carId: string,
  source: CarFuel['source'],
  size: number,
  capacity: number,
  start: keyof typeof startFills = 'nothing',
): CarFuel {
  const { share, spread } = startFills[start]
  const zeros = () => Array.from({ length: size }, () => 0)
  return {
    carId,
    facts: null,
    source,
    belief: believe(zeros(), zeros()),
    anchorLitres: share * capacity,
    anchorVariance: (spread * capacity) ** 2,
    used: zeros(),
    cautionLitres: 0,
    pending: zeros(),
    pendingSeconds: 0,
    lapNow: zeros(),
    greenLap: null,
    cautionLap: null,
    lap: -1,
    lapFraction: 0,
    lapSaw: { green: false, caution: false, pit: false },
    sessionSeconds: Number.NEGATIVE_INFINITY,
    topRpm: 5000,
    engine: null,
    hasGauge: false,
    anchoredBy: start,
    highestLitres: 0,
    stint: 1,
    hasPitEvents: false,
    pitStops: 0,
    onPitRoad: false,
    counted: null,
    position: 0,
    driver: '',
    isRunning: true,
    lapSeconds: null,
  }
}

/** A car with telemetry: its engine is one of the population. */
export function telemetryCar(
  carId: string,
  prior: FuelPrior,
  capacity: number,
  facts: RaceCarFacts | null,
): CarFuel {
  const car = newCarFuel(carId, 'telemetry', prior.mean.length, capacity)
  car.facts = facts
  car.topRpm = facts?.redlineRpm ?? car.topRpm
  car.belief = believe(prior.mean, prior.deviation)
  return car
}

/** A car of which only laps are known: [green laps, caution laps], whose burns rise and fall together. */
export function lapsCar(
  carId: string,
  lapKilometres: number | null,
  capacity: number,
  start: 'race-start' | 'nothing',
): CarFuel {
  const car = newCarFuel(carId, 'laps', 2, capacity, start)
  const burn = lapKilometres === null ? capacity / 45 : litresPerKilometre * lapKilometres
  car.belief = believe([burn, cautionShare * burn], [burnSpread * burn, 0.1 * burn])
  const shared = burnSpread ** 2 * cautionShare * burn ** 2
  car.belief.covariance[1] = shared
  car.belief.covariance[2] = shared
  car.belief.covariance[3] = (burnSpread * cautionShare * burn) ** 2 + (0.1 * burn) ** 2
  car.greenLap = [1, 0]
  car.cautionLap = [0, 1]
  return car
}

/** Adds what was seen since the last time to the sums. */
function flush(car: CarFuel, isCaution: boolean): void {
  if (isCaution) car.cautionLitres += expected(car.belief, car.pending)
  for (let k = 0; k < car.pending.length; k++) {
    car.used[k] = car.used[k]! + car.pending[k]!
    car.lapNow[k] = car.lapNow[k]! + car.pending[k]!
    car.pending[k] = 0
  }
  car.pendingSeconds = 0
}

function endLap(car: CarFuel): void {
  const { green, caution, pit } = car.lapSaw
  if (!pit && green !== caution) {
    const before = green ? car.greenLap : car.cautionLap
    const lap = car.lapNow.map((value, k) =>
      before === null ? value : before[k]! + lapMemory * (value - before[k]!),
    )
    if (green) car.greenLap = lap
    else car.cautionLap = lap
  }
  car.lapNow.fill(0)
  car.lapSaw = { green: false, caution: false, pit: false }
}

/** Takes in a sample. True once a second, when there is something new to say. */
export function seeTelemetry(car: CarFuel, event: RaceTelemetry, prior: FuelPrior): boolean {
  const seconds = event.sessionSeconds - car.sessionSeconds
  if (seconds <= 0) {
    // A clock that was set forward by one wrong sample goes back; a sample that is merely late does not count.
    if (seconds < -longestLateSeconds) car.sessionSeconds = event.sessionSeconds
    return false
  }
  car.sessionSeconds = event.sessionSeconds
  const isCaution = event.flag === 'caution'
  if (event.lap !== car.lap) {
    flush(car, isCaution)
    // The first lap that is seen may be a part of one; a gap is no lap.
    if (event.lap === car.lap + 1 && car.lap >= 1) endLap(car)
    else {
      car.lapNow.fill(0)
      car.lapSaw = { green: false, caution: false, pit: event.lap > 1 }
    }
    car.lap = event.lap
  }
  car.lapFraction = event.lapFraction
  car.onPitRoad = event.onPitRoad
  car.lapSaw.pit ||= event.onPitRoad
  if (isCaution) car.lapSaw.caution = true
  else car.lapSaw.green = true
  if (event.rpm !== null && event.throttle !== null && seconds <= 2) {
    // A redline that is told is the measure; without one it is the highest speed up to the end of the first green lap. Later it stays: by
    // another measure, after one over-rev in a downshift, what the gauge taught would be of other speeds.
    if (event.rpm > car.topRpm && car.facts?.redlineRpm == null && car.greenLap === null)
      car.topRpm = event.rpm
    // Ten samples a second leave throttle moves between them: half of the time is as it was, half as it is now.
    const before = car.engine ?? { rpm: event.rpm, throttle: event.throttle }
    addBurn(prior.surfaces, car.pending, before.rpm / car.topRpm, before.throttle, seconds / 2)
    addBurn(prior.surfaces, car.pending, event.rpm / car.topRpm, event.throttle, seconds / 2)
  }
  car.engine =
    event.rpm === null || event.throttle === null ? null : { rpm: event.rpm, throttle: event.throttle }
  car.pendingSeconds += Math.min(seconds, 2)
  if (car.pendingSeconds < 1) return false
  const elapsed = car.pendingSeconds
  flush(car, isCaution)
  if (event.fuelLitres !== null) seeGauge(car, event.fuelLitres, elapsed, prior.flow)
  else car.hasGauge = false
  return true
}

function seeGauge(car: CarFuel, litres: number, seconds: number, flow: number): void {
  const burnt = car.anchorLitres - litres
  // A gauge that rises is a fill.
  if (car.hasGauge && burnt >= 0)
    observe(car.belief, car.used, burnt, observationVariance(flow, seconds, gaugeLitres))
  anchor(car, litres, gaugeLitres ** 2, 'gauge')
  car.highestLitres = Math.max(car.highestLitres, litres)
  car.hasGauge = true
}

function anchor(car: CarFuel, litres: number, variance: number, by: CarFuel['anchoredBy']): void {
  car.anchorLitres = litres
  car.anchoredBy = by
  car.anchorVariance = variance
  car.used.fill(0)
  car.cautionLitres = 0
}

/** Takes in how far a car without telemetry has come. */
export function seeLaps(car: CarFuel, laps: number, flag: RaceFlagState): void {
  const before = car.lap < 0 ? Math.min(laps, 1) : car.lap + car.lapFraction
  const driven = laps - before
  if (driven > 0 && driven < 5) {
    const k = flag === 'caution' || flag === 'red' ? 1 : 0
    car.used[k] = car.used[k]! + driven
  } else if (driven < 0 && car.lap >= 0) return
  car.lap = Math.floor(laps)
  car.lapFraction = laps - car.lap
}

/** Variance of the fuel at the anchor and of what was burnt since under caution. */
export function anchoredVariance(car: CarFuel): number {
  return car.anchorVariance + (lightLoadError * car.cautionLitres) ** 2
}

/**
 * Whether a team fills its tank at a stop: a splash would not do for the laps to go, and the litres, where they are told,
 * are as many as there was room for (within what is not sure).
 */
export function fillsUp(car: CarFuel, { lapsToGo, capacity, fuelAddedLitres }: PitFacts): boolean {
  const burn = car.greenLap === null ? 0 : expected(car.belief, car.greenLap)
  if (lapsToGo !== null && burn > 0 && lapsToGo * burn <= 0.9 * capacity) return false
  if (fuelAddedLitres === null) return true
  const after = car.anchorLitres - expected(car.belief, car.used) + fuelAddedLitres
  const deviation =
    Math.sqrt(anchoredVariance(car) + varianceOf(car.belief, car.used)) + 2 * fullSpread * capacity
  return Math.abs(after - capacity) < 2.5 * deviation
}

export interface PitFacts {
  fuelAddedLitres: RacePitStop['fuelAddedLitres']
  flag: RaceFlagState
  lapsToGo: number | null
  capacity: number
}

/** What a stop tells of the fuel burnt before it. Null where it tells nothing. */
export function stopObservation(car: CarFuel, stop: PitFacts): { litres: number; variance: number } | null {
  if (!fillsUp(car, stop)) return null
  if (stop.fuelAddedLitres !== null)
    return {
      litres: car.anchorLitres + stop.fuelAddedLitres - stop.capacity,
      variance: anchoredVariance(car) + (fullSpread * stop.capacity) ** 2,
    }
  if (car.source !== 'laps' || stop.flag === 'caution' || car.used[0]! + car.used[1]! < 5) return null
  return {
    litres: car.anchorLitres - (1 - greenStopShare) * stop.capacity,
    variance: anchoredVariance(car) + (greenStopSpread * stop.capacity) ** 2,
  }
}

/** Learns from a stop and fills the tank. `since`: what was used after the stop, where it is told late. */
export function seeStop(car: CarFuel, stop: PitFacts, since: readonly number[] = []): void {
  flush(car, stop.flag === 'caution')
  for (const [k, value] of since.entries()) car.used[k] = car.used[k]! - value
  const isFull = fillsUp(car, stop)
  const seen = stopObservation(car, stop)
  if (seen !== null && seen.litres > 0) observe(car.belief, car.used, seen.litres, seen.variance)
  const left = Math.max(0, car.anchorLitres - expected(car.belief, car.used))
  const { capacity } = stop
  car.hasGauge = false
  car.stint++
  car.lapSaw.pit = true
  if (isFull)
    anchor(
      car,
      capacity,
      ((stop.fuelAddedLitres === null ? assumedFullSpread : fullSpread) * capacity) ** 2,
      'fill',
    )
  else if (stop.fuelAddedLitres !== null) car.anchorLitres += stop.fuelAddedLitres
  else {
    const need = (stop.lapsToGo ?? 0) * (car.greenLap === null ? 0 : expected(car.belief, car.greenLap))
    anchor(car, Math.min(capacity, Math.max(left, 1.03 * need)), (0.1 * capacity) ** 2, 'fill')
  }
  for (const [k, value] of since.entries()) car.used[k] = car.used[k]! + value
}
