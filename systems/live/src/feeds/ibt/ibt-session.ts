import type { RaceCarFacts } from '../../domain/match.ts'

/** What the burn bar and the picture need of an `.ibt` file's session text. */
export interface IbtSession {
  trackName: string
  trackLengthMetres: number | null
  carNumber: string
  carName: string
  /** The simulator's short name of the car, e.g. `mercedesamggt4`; empty where it is not given. */
  carPath: string
  driver: string
  /** Usable tank: the car's tank times the share that the event allows. Null in old files. */
  tankLitres: number | null
  fuelKgPerLitre: number | null
  idleRpm: number | null
  redlineRpm: number | null
  cylinders: number | null
  /** Version of the car, or of the simulator where the file names none for the car. */
  build: string | null
  /** The simulator's own estimate of a lap, seconds. */
  lapSeconds: number | null
}

/** The first value of `key` in simulator YAML. It is not always valid YAML (names are not quoted), so lines are read. */
function valueOf(yaml: string, key: string): string | null {
  const found = new RegExp(`^[ -]*${key}:[ \\t]*(.*)$`, 'm').exec(yaml)?.[1]?.trim()
  if (found === undefined || found === '') return null
  return found.replace(/^"(.*)"$/, '$1')
}

/** The number that a value begins with (`4.28 km`, `800.000`), or null. */
function numberOf(yaml: string, key: string): number | null {
  const value = Number.parseFloat(valueOf(yaml, key) ?? '')
  return Number.isFinite(value) ? value : null
}

/** Zero and below stand for "none". */
function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null
}

/** The block of the player's car in the list of drivers; the whole text where it is not found. */
function ownDriver(yaml: string): string {
  const own = valueOf(yaml, 'DriverCarIdx')
  const list = yaml.slice(Math.max(0, yaml.search(/^ ?Drivers:/m)))
  const block = list.split(/^ *- CarIdx: */m).find((part, i) => i > 0 && part.split(/\s/, 1)[0] === own)
  return block ?? yaml
}

/** What the session says of the car that was recorded. */
export function carFacts(session: IbtSession): RaceCarFacts {
  return {
    carId: session.carNumber,
    model: session.carPath || session.carName,
    build: session.build,
    tankLitres: session.tankLitres,
    cylinders: session.cylinders,
    redlineRpm: session.redlineRpm,
    lapSeconds: session.lapSeconds,
  }
}

/** Reads an `.ibt` file's session text. Whatever is not there is null, or empty for a name. */
export function readIbtSession(yaml: string): IbtSession {
  const driver = ownDriver(yaml)
  const tank = numberOf(yaml, 'DriverCarFuelMaxLtr')
  const kilometres = numberOf(yaml, 'TrackLength')
  return {
    trackName: valueOf(yaml, 'TrackDisplayName') ?? valueOf(yaml, 'TrackName') ?? 'unknown track',
    trackLengthMetres: kilometres === null ? null : Math.round(kilometres * 1000),
    carNumber: valueOf(driver, 'CarNumber') ?? valueOf(yaml, 'DriverCarIdx') ?? '0',
    carName: valueOf(driver, 'CarScreenName') ?? valueOf(driver, 'CarPath') ?? 'unknown car',
    carPath: valueOf(driver, 'CarPath') ?? '',
    driver: valueOf(driver, 'UserName') ?? 'unknown driver',
    tankLitres: tank === null ? null : tank * (numberOf(yaml, 'DriverCarMaxFuelPct') ?? 1),
    fuelKgPerLitre: numberOf(yaml, 'DriverCarFuelKgPerLtr'),
    idleRpm: numberOf(yaml, 'DriverCarIdleRPM'),
    redlineRpm: numberOf(yaml, 'DriverCarRedLine'),
    cylinders: numberOf(yaml, 'DriverCarEngCylinderCount'),
    build: valueOf(yaml, 'DriverCarVersion') ?? valueOf(yaml, 'BuildVersion'),
    lapSeconds: positive(numberOf(yaml, 'DriverCarEstLapTime')),
  }
}
