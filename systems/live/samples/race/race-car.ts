import type { Random } from '@heavylift/core'
import { inventNames } from '../people.ts'
import type { RaceOptions } from './race-options.ts'
import { inventEngine } from './race-engine.ts'
import type { RaceEngine } from './race-engine.ts'
import type { TrackShape } from './track-shape.ts'
import { gripOf } from './speed-profile.ts'

/**
 * Where a car is in its race:
 * - `racing`: on the track, under its own power.
 * - `to-pit`: will take pit road at the next entry.
 * - `pit-lane`: on pit road, before or after its stall, at the limit.
 * - `stopped`: in its stall until `stallUntil`.
 * - `coasting`: out of fuel or broken, rolling to a halt.
 * - `out`: stands; its race is over.
 * - `finished`: took the chequered flag, rolls on slowly.
 */
export type CarPhase = 'racing' | 'to-pit' | 'pit-lane' | 'stopped' | 'coasting' | 'out' | 'finished'

/** A car of the simulation: what the feeds tell of it, and what they do not. */
export interface SimulatedCar {
  carId: string
  driver: string
  engine: RaceEngine
  phase: CarPhase
  /** Metres from the line since the green flag; negative on the grid. */
  metres: number
  speedMps: number
  gear: number
  rpm: number
  throttle: number
  brake: number
  fuelLitres: number
  usedLitres: number
  /** Share of the profile's speed that car and driver reach with fresh tyres. */
  pace: number
  /** Wander of the driver's pace, share. */
  wander: number
  tyreLaps: number
  lapsCompleted: number
  lapStartedAt: number
  lastLapSeconds: number | null
  bestLapSeconds: number | null
  position: number
  pitStops: number
  pitInAt: number
  pitInLap: number
  pitInFlag: 'green' | 'caution'
  stallFraction: number
  hasStopped: boolean
  stallUntil: number
  stopSeconds: number
  stopType: string
  tiresChanged: number
  addedLitres: number
  /** Litres a lap that the team has seen; the team knows its fuel nearly. */
  burnPerLap: number
  fuelAtLapStart: number
  gaugeBias: number
  /** Laps that the team dares to fall short by at the end, hoping for cautions. */
  gamble: number
  /** Race lap at which something breaks; infinite for most. */
  breaksAtLap: number
  /** Seconds of the race until which it is recovering from a spin. */
  spinUntil: number
  finishedAt: number | null
  /** Place in the queue behind the pace car, and laps down in it. */
  queue: number
  queueLapsDown: number
}

const startGapMetres = 9

/** The field on the grid, fastest qualifiers in front (nearly). Numbers are unique and two digits at most. */
export function inventField(random: Random, options: RaceOptions, track: TrackShape): SimulatedCar[] {
  const numbers = random.sample(
    Array.from({ length: 99 }, (_, i) => String(i + 1)),
    options.cars,
  )
  const names = inventNames(random, options.cars)
  const paces = Array.from({ length: options.cars }, () => 0.975 + 0.02 * random.next()).sort((a, b) => b - a)
  const grid = paces
    .map((pace) => ({ pace, place: pace + 0.004 * random.normal() }))
    .sort((a, b) => b.place - a.place)
  const [least, most] = options.startFuel
  return grid.map(({ pace }, i) => {
    const engine = inventEngine(random, gripOf[track.kind].topSpeedMps)
    const fuelLitres = options.tankLitres * (least + (most - least) * random.next())
    return {
      carId: numbers[i] ?? String(100 + i),
      driver: names[i] ?? `Driver ${i + 1}`,
      engine,
      phase: 'racing' as const,
      metres: -10 - startGapMetres * i,
      speedMps: 0.4 * gripOf[track.kind].topSpeedMps,
      gear: 3,
      rpm: engine.idleRpm,
      throttle: 0,
      brake: 0,
      fuelLitres,
      usedLitres: 0,
      pace,
      wander: 0,
      tyreLaps: 0,
      lapsCompleted: 0,
      lapStartedAt: 0,
      lastLapSeconds: null,
      bestLapSeconds: null,
      position: i + 1,
      pitStops: 0,
      pitInAt: 0,
      pitInLap: 0,
      pitInFlag: 'green' as const,
      stallFraction: track.pitEntry + (1 - track.pitEntry) * (0.35 + (0.6 * i) / Math.max(1, options.cars)),
      hasStopped: false,
      stallUntil: 0,
      stopSeconds: 0,
      stopType: '',
      tiresChanged: 0,
      addedLitres: 0,
      burnPerLap: 0,
      fuelAtLapStart: fuelLitres,
      gaugeBias: 1 + 0.01 * random.normal(),
      gamble: random.chance(options.gamblers) ? 2.5 * random.next() : -0.4,
      breaksAtLap: random.chance(options.retirements) ? 2 + (options.laps - 2) * random.next() : Infinity,
      spinUntil: 0,
      finishedAt: null,
      queue: i,
      queueLapsDown: 0,
    }
  })
}
