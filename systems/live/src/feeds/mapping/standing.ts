import type { RaceCar, RaceFlagState, RaceState } from '../../domain/feed-event.ts'

/** A car as the laps, positions and stops of a feed have told. */
export interface StandingCar {
  number: string
  driver: string
  laps: number
  /** When it completed its last lap, milliseconds; null before the first. */
  crossedMs: number | null
  /** Place that the feed itself gave last. */
  place: number | null
  lastLapSeconds: number | null
  bestLapSeconds: number | null
  pitStops: number
}

/** The order of a race. Plain JSON. */
export interface Standing {
  cars: Record<string, StandingCar>
  /** Laps of the leader. */
  lap: number
  flag: RaceFlagState
  startMs: number | null
  /** The feed tells places by themselves, not with laps. */
  hasPlaces: boolean
  /** No row was left out: the order at the end is that of the finish. */
  isWhole: boolean
  /** When each lap was first completed, of the last few. */
  ledMs: Record<string, number>
}

export const createStanding = (): Standing => ({
  cars: {},
  lap: 0,
  flag: 'none',
  startMs: null,
  hasPlaces: false,
  isWhole: true,
  ledMs: {},
})

/** Laps whose first crossing is remembered: further behind a gap is told in laps. */
const lapsRemembered = 5
const lapsOutOfOrder = 10

/** Who drives a car of which no row has said it. */
export const unnamed = (carId: string): string => `Car ${carId}`

export function carOf(standing: Standing, carId: string): StandingCar {
  return (standing.cars[carId] ??= {
    number: carId,
    driver: unnamed(carId),
    laps: 0,
    crossedMs: null,
    place: null,
    lastLapSeconds: null,
    bestLapSeconds: null,
    pitStops: 0,
  })
}

/** Notes a completed lap; whether it put the race on a new lap whose order is known. */
export function crossLine(
  standing: Standing,
  carId: string,
  lap: { lap: number; lapSeconds: number | null; position: number | null; atMs: number },
): boolean {
  const car = carOf(standing, carId)
  // A car that begins when the leader is far ahead: rows are not in the order of the race, and who leads cannot be told from them.
  if (car.crossedMs === null && standing.lap - lap.lap > lapsOutOfOrder) standing.isWhole = false
  if (lap.lap < car.laps || (lap.lap === car.laps && car.crossedMs !== null)) return false
  car.laps = lap.lap
  car.crossedMs = lap.atMs
  car.place = lap.position ?? (standing.hasPlaces ? car.place : null)
  car.lastLapSeconds = lap.lapSeconds
  if (lap.lapSeconds !== null && lap.lapSeconds > 0)
    car.bestLapSeconds = Math.min(car.bestLapSeconds ?? Infinity, lap.lapSeconds)
  standing.startMs ??= lap.atMs - (lap.lapSeconds ?? 0) * 1000
  standing.ledMs[lap.lap] ??= lap.atMs
  if (lap.lap <= standing.lap) return false
  standing.lap = lap.lap
  delete standing.ledMs[lap.lap - lapsRemembered]
  return standing.isWhole
}

/** Cars from first to last: by the places that a feed gives by themselves, else by laps, then by the places with them, or by who completed them first. */
function orderOf(standing: Standing): [string, StandingCar][] {
  const last = Number.MAX_SAFE_INTEGER
  return Object.entries(standing.cars)
    .filter(([, car]) => car.crossedMs !== null || car.place !== null)
    .toSorted(([, a], [, b]) =>
      standing.hasPlaces
        ? (a.place ?? last) - (b.place ?? last)
        : b.laps - a.laps ||
          (a.place !== null && b.place !== null ? a.place - b.place : 0) ||
          (a.crossedMs ?? last) - (b.crossedMs ?? last) ||
          (a.place ?? last) - (b.place ?? last),
    )
}

/** The whole field as it stands. */
export function fieldOf(
  standing: Standing,
  atMs: number,
  facts: { totalLaps: number | null; trackLengthMetres: number | null },
): RaceState {
  const ordered = orderOf(standing)
  const cars = ordered.map(([carId, car], index): RaceCar => {
    const ledMs = standing.ledMs[car.laps]
    const behind = standing.lap - car.laps
    const gap =
      index === 0
        ? 0
        : car.crossedMs !== null && ledMs !== undefined
          ? Math.round(car.crossedMs - ledMs) / 1000
          : behind > 0
            ? -behind
            : null
    return {
      carId,
      number: car.number,
      driver: car.driver,
      position: index + 1,
      lapsCompleted: car.laps,
      gapToLeader: gap,
      lastLapSeconds: car.lastLapSeconds,
      lastLapSpeedMps:
        facts.trackLengthMetres !== null && car.lastLapSeconds !== null && car.lastLapSeconds > 0
          ? facts.trackLengthMetres / car.lastLapSeconds
          : null,
      bestLapSeconds: car.bestLapSeconds,
      pitStops: car.pitStops,
      isRunning: true,
      lapFraction: null,
    }
  })
  return {
    kind: 'race-state',
    lap: standing.lap,
    lapsToGo: facts.totalLaps === null ? null : Math.max(0, facts.totalLaps - standing.lap),
    elapsedSeconds: standing.startMs === null ? 0 : Math.max(0, (atMs - standing.startMs) / 1000),
    flag: standing.flag,
    cars,
  }
}

/** Cars in the order in which they finished; null where none was seen, and where rows of the race were left out. */
export function finishOrder(standing: Standing): string[] | null {
  const order = orderOf(standing).map(([carId]) => carId)
  return order.length === 0 || !standing.isWhole ? null : order
}
