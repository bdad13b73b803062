import { clamp } from '@heavylift/core/math'
import { anchoredVariance } from './car-fuel.ts'
import type { CarFuel } from './car-fuel.ts'
import { eightyPercent, usedVariance } from './uncertainty.ts'
import { expected, varianceOf } from './linear-belief.ts'

export interface RaceOutlook {
  capacityLitres: number
  /** Of the leader; null where the race ends by time. */
  lapsToGo: number | null
  isCaution: boolean
  /** The model's own error, as a share of the fuel used. */
  modelError: number
}

export interface Range {
  value: number
  low: number
  high: number
}

export type FuelVerdict = 'makes-it' | 'short' | 'close'

/** Where a car's fuel takes it. Ranges hold 80 %. */
export interface FuelOutlook {
  fuelLitres: Range
  lapsToEmpty: Range
  /** Null where nobody knows how far it is. */
  verdict: FuelVerdict | null
  /** Laps that are lacking; negative: to spare. */
  shortByLaps: number | null
  /** Laps (of the race) between which the next stop has to be; null when none is needed. */
  pitWindow: { from: number; to: number } | null
  litresPerLap: number
  litresPerCautionLap: number
  plan: FuelPlan | null
  /** What would follow if the driver saved 5 % from now on, and if he stopped now. */
  whatIf: { saves5Pct: FuelPlan; pitsNow: FuelPlan } | null
}

/** What it takes to the end. */
export interface FuelPlan {
  /** Fewest stops, each with a full tank. */
  stops: number
  /** Laps of fuel left over at the end with so many stops. */
  spareLaps: number
  /** Share that has to be saved from now on to get there with one stop fewer; null where there is none to save. */
  saveShare: number | null
}

/** Laps under caution that are still expected once the yellow is out. */
const cautionLapsLeft = 2
/**
 * An engine's burn that is known less well than this, as a share, is not told. Of an engine that nobody measured it is a guess by tank and
 * cylinders, which is off by half and more; a lap with its gauge or a fill that tells litres brings it under some per cent.
 */
const mostUnsure = 0.1
/** How far a lap's burn wanders from a typical lap's, as a share, over a stint. */
const lapWander = 0.01

/** Null before a lap under green was seen, and while the burn of a car with telemetry is hardly more than a guess. */
export function fuelOutlook(car: CarFuel, race: RaceOutlook): FuelOutlook | null {
  const { belief, greenLap, used } = car
  if (greenLap === null) return null
  const burn = expected(belief, greenLap)
  if (!(burn > 0)) return null
  if (car.source === 'telemetry' && Math.sqrt(varianceOf(belief, greenLap)) > mostUnsure * burn) return null
  const { capacityLitres: capacity, modelError } = race
  const burnt = expected(belief, used)
  const fuel = clamp(car.anchorLitres - burnt, 0, capacity)
  const fuelDeviation = Math.sqrt(
    anchoredVariance(car) + usedVariance(varianceOf(belief, used), burnt, modelError),
  )

  const cautionBurn = car.cautionLap === null ? 0.45 * burn : expected(belief, car.cautionLap)
  const toGo = race.lapsToGo === null ? null : Math.max(0, race.lapsToGo - car.lapFraction)
  const underCaution = race.isCaution
    ? Math.min(cautionLapsLeft, toGo ?? cautionLapsLeft, fuel / Math.max(cautionBurn, 1e-6))
    : 0
  const laps = underCaution + Math.max(0, fuel - underCaution * cautionBurn) / burn
  // How laps to empty move with the weights: through what was burnt and through what a lap takes.
  const gradient = used.map((value, k) => (value + laps * greenLap[k]!) / burn)
  const lapsDeviation = Math.sqrt(
    anchoredVariance(car) / burn ** 2 +
      usedVariance(varianceOf(belief, gradient), burnt / burn + laps, modelError) +
      (lapWander * laps) ** 2,
  )
  const lapsToEmpty = range(laps, lapsDeviation, Infinity)
  const lapsPerTank = capacity / burn
  const plan = (lapsNow: number, perTank: number, stopsMade: number) =>
    planOf(lapsNow, toGo ?? 0, perTank, stopsMade)
  const shortBy = toGo === null ? null : toGo - laps
  return {
    fuelLitres: range(fuel, fuelDeviation, capacity),
    lapsToEmpty,
    verdict:
      toGo === null
        ? null
        : lapsToEmpty.low >= toGo
          ? 'makes-it'
          : lapsToEmpty.high < toGo
            ? 'short'
            : 'close',
    shortByLaps: shortBy,
    pitWindow: pitWindow(car, lapsToEmpty, toGo, lapsPerTank),
    litresPerLap: burn,
    litresPerCautionLap: cautionBurn,
    plan: toGo === null ? null : plan(laps, lapsPerTank, 0),
    whatIf:
      toGo === null
        ? null
        : { saves5Pct: plan(laps / 0.95, lapsPerTank / 0.95, 0), pitsNow: plan(lapsPerTank, lapsPerTank, 1) },
  }
}

/** The plan from a tank that lasts `laps` now and `perTank` when full, after so many stops. */
function planOf(laps: number, toGo: number, perTank: number, stopsMade: number): FuelPlan {
  const further = Math.max(0, Math.ceil((toGo - laps) / perTank - 1e-9))
  const reach = laps + further * perTank
  return {
    stops: stopsMade + further,
    spareLaps: reach - toGo,
    saveShare: further === 0 || toGo === 0 ? null : 1 - (reach - perTank) / toGo,
  }
}

function range(value: number, deviation: number, most: number): Range {
  const within = eightyPercent * deviation
  return { value, low: Math.max(0, value - within), high: Math.min(most, value + within) }
}

/**
 * The next stop, at the end of a lap: not later than the fuel surely lasts, and not so early that the fewest stops would not do, each with a
 * full tank of `lapsPerTank`.
 */
function pitWindow(
  car: CarFuel,
  lapsToEmpty: Range,
  toGo: number | null,
  lapsPerTank: number,
): FuelOutlook['pitWindow'] {
  // Telemetry counts the lap that is being driven, the others those that are done.
  const done = Math.max(0, car.lap - (car.source === 'telemetry' ? 1 : 0)) + car.lapFraction
  const now = Math.floor(done)
  const to = Math.max(now, Math.floor(done + lapsToEmpty.low))
  if (toGo === null) return { from: now, to }
  const lacking = toGo - lapsToEmpty.value
  if (lacking <= 0) return null
  const stops = Math.ceil(lacking / lapsPerTank)
  return { from: Math.min(to, Math.max(now, Math.ceil(done + toGo - stops * lapsPerTank))), to }
}
