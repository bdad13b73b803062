import { roundTo } from '@heavylift/core/math'
import type { FeedEvent, RaceFlagState } from '../../src/domain/feed-event.ts'
import type { Match } from '../../src/domain/match.ts'
import type { SimulatedCar } from './race-car.ts'
import type { RaceOptions } from './race-options.ts'
import type { TrackShape } from './track-shape.ts'

/** Makes the events of a simulated race as its feeds would tell them; seconds are of the race. */
export interface RaceFeed {
  match: Match
  matchEvent(): FeedEvent
  telemetry(seconds: number, car: SimulatedCar, flag: RaceFlagState): FeedEvent
  state(seconds: number, order: readonly SimulatedCar[], flag: RaceFlagState): FeedEvent
  lap(seconds: number, car: SimulatedCar): FeedEvent
  pit(seconds: number, car: SimulatedCar): FeedEvent
  flag(seconds: number, flag: RaceFlagState, lap: number, comment: string | null): FeedEvent
  note(seconds: number, flag: RaceFlagState, lap: number, text: string, carIds: string[]): FeedEvent
  end(seconds: number, order: readonly SimulatedCar[]): FeedEvent
}

/** Way round the lap, 0..1; also right before the first crossing of the line. */
export function lapFraction(car: SimulatedCar, track: TrackShape): number {
  const laps = car.metres / track.lengthMetres
  return laps - Math.floor(laps)
}

export function isOnPitRoad(car: SimulatedCar): boolean {
  return car.phase === 'pit-lane' || car.phase === 'stopped'
}

export function createRaceFeed(options: RaceOptions, track: TrackShape): RaceFeed {
  const id = `race-${options.seed}`.replaceAll(/[^\w.-]+/g, '-')
  const match: Match = {
    id,
    sport: 'race',
    title: `${track.name} ${options.laps}`,
    home: null,
    away: null,
    homeSpread: null,
    race: {
      totalLaps: options.laps,
      trackLengthMetres: Math.round(track.lengthMetres),
      trackName: track.name,
      tankLitres: options.tankLitres,
    },
  }
  const base = (seconds: number) => ({
    matchId: id,
    clocks: {
      eventTimeMs: options.startMs + Math.round(seconds * 1000),
      eventTimeFrom: 'wall' as const,
      game: null,
      smpte: null,
    },
    sourceRef: `t=${roundTo(seconds, 1)}`,
  })
  return {
    match,
    matchEvent: () => ({ kind: 'match', match, ...base(0) }),
    telemetry: (seconds, car, flag) => ({
      kind: 'race-telemetry',
      carId: car.carId,
      sessionSeconds: roundTo(seconds, 1),
      lap: car.lapsCompleted + 1,
      lapFraction: roundTo(lapFraction(car, track), 5),
      speedMps: roundTo(car.speedMps, 2),
      throttle: roundTo(car.throttle, 3),
      brake: roundTo(car.brake, 3),
      rpm: Math.round(car.rpm),
      gear: car.gear,
      fuelLitres: car.lapsCompleted < options.fuelSharedLaps ? roundTo(car.fuelLitres, 3) : null,
      onPitRoad: isOnPitRoad(car),
      flag,
      ...base(seconds),
    }),
    state: (seconds, order, flag) => {
      const leader = order[0]
      const speed = Math.max(20, leader?.speedMps ?? 0)
      return {
        kind: 'race-state',
        lap: leader?.lapsCompleted ?? 0,
        lapsToGo: Math.max(0, options.laps - (leader?.lapsCompleted ?? 0)),
        elapsedSeconds: roundTo(seconds, 1),
        flag,
        cars: order.map((car) => {
          const metres = leader === undefined ? 0 : leader.metres - car.metres
          const lapsDown = (leader?.lapsCompleted ?? 0) - car.lapsCompleted
          return {
            carId: car.carId,
            number: car.carId,
            driver: car.driver,
            position: car.position,
            lapsCompleted: car.lapsCompleted,
            gapToLeader:
              metres >= track.lengthMetres ? -Math.max(1, lapsDown) : roundTo(Math.max(0, metres) / speed, 2),
            lastLapSeconds: car.lastLapSeconds,
            lastLapSpeedMps:
              car.lastLapSeconds === null ? null : roundTo(track.lengthMetres / car.lastLapSeconds, 2),
            bestLapSeconds: car.bestLapSeconds,
            pitStops: car.pitStops,
            isRunning: car.phase !== 'out' && car.phase !== 'coasting',
            lapFraction: roundTo(lapFraction(car, track), 5),
          }
        }),
        ...base(seconds),
      }
    },
    lap: (seconds, car) => ({
      kind: 'race-lap',
      carId: car.carId,
      lap: car.lapsCompleted,
      lapSeconds: car.lastLapSeconds,
      position: car.position,
      ...base(seconds),
    }),
    pit: (seconds, car) => ({
      kind: 'race-pit',
      carId: car.carId,
      lap: car.pitInLap,
      inSeconds: roundTo(car.pitInAt, 1),
      outSeconds: roundTo(seconds, 1),
      stopSeconds: roundTo(car.stopSeconds, 2),
      stopType: car.stopType,
      tiresChanged: car.tiresChanged,
      fuelAddedLitres: options.isFuelAddedTold ? roundTo(car.addedLitres, 2) : null,
      flag: car.pitInFlag,
      ...base(seconds),
    }),
    flag: (seconds, flag, lap, comment) => ({
      kind: 'race-flag',
      flag,
      lap,
      elapsedSeconds: roundTo(seconds, 1),
      comment,
      ...base(seconds),
    }),
    note: (seconds, flag, lap, text, carIds) => ({
      kind: 'race-note',
      lap,
      flag,
      text,
      carIds,
      ...base(seconds),
    }),
    end: (seconds, order) => ({
      kind: 'match-end',
      homeScore: null,
      awayScore: null,
      order: order.map((car) => car.carId),
      ...base(seconds),
    }),
  }
}
