import type { Random } from '@heavylift/core'
import type { SimulatedCar } from './race-car.ts'
import type { RaceOptions } from './race-options.ts'

/** Litres a second through the fuel nozzle. */
const fillLitresPerSecond = 4

/** Laps that the team believes its fuel lasts; infinite before it has seen a lap. */
export function teamLapsLeft(car: SimulatedCar): number {
  return car.burnPerLap > 0 ? (car.fuelLitres * car.gaugeBias) / car.burnPerLap : Infinity
}

/** Whether the team calls its car in, thought over once a lap before pit road. */
export function wantsToPit(
  car: SimulatedCar,
  options: RaceOptions,
  isCaution: boolean,
  random: Random,
): boolean {
  const lapsToGo = options.laps - car.lapsCompleted
  const left = teamLapsLeft(car)
  const stint = car.burnPerLap > 0 ? options.tankLitres / car.burnPerLap : Infinity
  if (lapsToGo <= 1) return false
  const makesIt = left + car.gamble >= lapsToGo
  if (isCaution) {
    if (car.fuelLitres > 0.85 * options.tankLitres) return false
    if (makesIt) return car.tyreLaps > 0.6 * stint && lapsToGo > 5 && random.chance(0.5)
    return left < 0.75 * stint || random.chance(0.3)
  }
  if (makesIt) return false
  return left < 1.6 + 1.2 * Math.max(0, random.normal())
}

/** Sets what is done in the stall: tyres and litres, and until when it takes. */
export function planStop(car: SimulatedCar, options: RaceOptions, now: number, random: Random): void {
  const lapsToGo = options.laps - car.lapsCompleted
  const need = lapsToGo * (car.burnPerLap || options.tankLitres) * (1.015 - 0.05 * Math.max(0, car.gamble))
  const room = options.tankLitres - car.fuelLitres
  // A splash is enough when the flag is near.
  car.addedLitres = Math.max(0.5, Math.min(room, Math.max(need - car.fuelLitres, lapsToGo > 12 ? room : 0)))
  if (car.addedLitres > room) car.addedLitres = Math.max(0, room)
  const isLate = lapsToGo < 6
  car.tiresChanged = isLate ? 0 : random.chance(0.85) ? 4 : 2
  const tyreSeconds =
    car.tiresChanged === 4
      ? 9 + Math.abs(random.normal())
      : car.tiresChanged === 2
        ? 5.5 + Math.abs(random.normal())
        : 0
  car.stopType =
    car.tiresChanged === 4
      ? 'FOUR_WHEEL_CHANGE'
      : car.tiresChanged === 2
        ? 'TWO_WHEEL_CHANGE_RIGHT'
        : 'FUEL_ONLY'
  car.stopSeconds = Math.max(tyreSeconds, 1 + car.addedLitres / fillLitresPerSecond)
  if (random.chance(0.04)) car.stopSeconds += 3 + 6 * random.next()
  car.stallUntil = now + car.stopSeconds
}
