/** How a race is made up. Only `seed` and `startMs` have to be chosen; the same options give the same race. */
export interface RaceOptions {
  seed: string
  /** Wall clock at the green flag, milliseconds since the epoch. */
  startMs: number
  track: 'oval' | 'road'
  cars: number
  laps: number
  /** Usable tank of every car, litres. A small tank makes short stints. */
  tankLitres: number
  /** Fuel at the start, share of the tank: each car between the two. */
  startFuel: readonly [number, number]
  /** Telemetry samples a second and car, 1 to 10; 0 for none. */
  telemetryHz: number
  /** Seconds between snapshots of the field. */
  stateSeconds: number
  /** Cautions in 100 green laps, besides those that a stopped car brings out. */
  cautionsPer100Laps: number
  /** Share of cars that break down before the end. */
  retirements: number
  /** Share of cars that may gamble on the last drop at the end. */
  gamblers: number
  /** Laps under caution, at least. */
  cautionLaps: number
  /** Share of a car's pace that tyres lose in a stint's length of laps. */
  tyreLoss: number
  /** Laps over which teams share their fuel gauge at the start (`fuelLitres` in telemetry), for calibration. */
  fuelSharedLaps: number
  /** Whether pit stops tell the litres that were added. */
  isFuelAddedTold: boolean
}

export const defaultRace: Omit<RaceOptions, 'seed' | 'startMs'> = {
  track: 'oval',
  cars: 40,
  laps: 100,
  tankLitres: 40,
  startFuel: [1, 1],
  telemetryHz: 10,
  stateSeconds: 2,
  cautionsPer100Laps: 4,
  retirements: 0.08,
  gamblers: 0.2,
  cautionLaps: 4,
  tyreLoss: 0.025,
  fuelSharedLaps: 0,
  isFuelAddedTold: false,
}

/** A race for showing: stops from the fourth minute on, cautions, and fuel that decides the end, all within 25 minutes. */
export function demoRace(seed: string, startMs: number): RaceOptions {
  return {
    ...defaultRace,
    seed,
    startMs,
    laps: 42,
    tankLitres: 13,
    startFuel: [0.6, 1],
    cautionsPer100Laps: 5,
    cautionLaps: 2,
    retirements: 0.04,
    gamblers: 0.5,
    fuelSharedLaps: 1,
    isFuelAddedTold: true,
  }
}
