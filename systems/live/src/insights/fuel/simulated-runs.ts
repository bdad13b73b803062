import { simulateRace } from '../../../samples/race/simulate-race.ts'
import type { FuelRun } from './fuel-run.ts'

/** Runs of a simulated race with their true fuel: engines that no weights have seen. */
export function simulatedRuns(seed: string, track: 'oval' | 'road', cars: number, laps: number): FuelRun[] {
  const race = simulateRace({
    seed,
    startMs: 0,
    track,
    cars,
    laps,
    tankLitres: 40,
    retirements: 0,
    cautionsPer100Laps: 2,
  })
  const rows = new Map<string, { seconds: number[]; rpm: number[]; throttle: number[]; fuel: number[] }>()
  let fuel = new Map<string, number>()
  let fuelAt = -1
  for (const event of race) {
    if (event.kind !== 'race-telemetry') continue
    if (fuelAt !== event.sessionSeconds) {
      fuel = new Map(race.truth.cars().map((car) => [car.carId, car.fuelLitres]))
      fuelAt = event.sessionSeconds
    }
    const car = rows.get(event.carId) ?? { seconds: [], rpm: [], throttle: [], fuel: [] }
    rows.set(event.carId, car)
    car.seconds.push(event.sessionSeconds)
    car.rpm.push(event.rpm ?? 0)
    car.throttle.push(event.throttle ?? 0)
    car.fuel.push(fuel.get(event.carId) ?? 0)
  }
  return [...rows].map(([carId, car]) => {
    const redline = Math.max(...car.rpm)
    return {
      id: `${seed}/${track}/${carId}`,
      name: carId,
      car: null,
      seconds: Float64Array.from(car.seconds),
      rpmShare: Float64Array.from(car.rpm, (rpm) => rpm / redline),
      throttle: Float64Array.from(car.throttle),
      fuelLitres: Float64Array.from(car.fuel),
    }
  })
}
