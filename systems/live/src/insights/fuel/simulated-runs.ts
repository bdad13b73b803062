import type { FeedEvent } from '../../domain/feed-event.ts'
import { simulateRace } from '../../../samples/race/simulate-race.ts'

/** One car's feed with its true fuel as its gauge. */
export interface SimulatedRun {
  id: string
  events: FeedEvent[]
}

/** Runs of a simulated race with their true fuel: engines that no weights have seen, of formulas of their own. */
export function simulatedRuns(
  seed: string,
  track: 'oval' | 'road',
  cars: number,
  laps: number,
): SimulatedRun[] {
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
  let opening: FeedEvent | null = null
  const runs = new Map<string, FeedEvent[]>()
  let fuel = new Map<string, number>()
  let fuelAt = -1
  for (const event of race) {
    if (event.kind === 'match') opening = event
    if (event.kind !== 'race-telemetry') continue
    if (fuelAt !== event.sessionSeconds) {
      fuel = new Map(race.truth.cars().map((car) => [car.carId, car.fuelLitres]))
      fuelAt = event.sessionSeconds
    }
    const events = runs.get(event.carId) ?? (opening === null ? [] : [opening])
    runs.set(event.carId, events)
    events.push({ ...event, fuelLitres: fuel.get(event.carId) ?? 0 })
  }
  return [...runs].map(([carId, events]) => ({ id: `${seed}/${track}/${carId}`, events }))
}
