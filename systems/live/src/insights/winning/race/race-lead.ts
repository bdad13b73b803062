import type { RaceState } from '../../../domain/feed-event.ts'

/** What is remembered of a race's lead. Plain JSON. */
export interface RaceLead {
  leader: string | null
  /** Lap of the last change of the lead. */
  sinceLap: number
}

export interface RaceMoment {
  carId: string
  driver: string
  lap: number
  /** 0..1: how much it belongs into a story of the race. */
  rank: number
  isClutch: boolean
}

/** The last laps, in which a change of the lead is always told. */
const clutchLaps = 10

/**
 * A change of the lead on the track, or null. There is no win probability of a race here, so it ranks by how late it came and by how
 * long the lead had stood; under caution, where cars change places in the pits, it ranks a third.
 */
export function raceLeadChange(event: RaceState, lead: RaceLead): RaceMoment | null {
  const first = event.cars.find((car) => car.position === 1 && car.isRunning)
  if (first === undefined || first.carId === lead.leader) return null
  const isFirstLeader = lead.leader === null
  const stood = event.lap - lead.sinceLap
  lead.leader = first.carId
  lead.sinceLap = event.lap
  if (isFirstLeader) return null
  const total = event.lap + (event.lapsToGo ?? event.lap)
  const late = total === 0 ? 0 : event.lap / total
  const isClutch = event.lapsToGo !== null && event.lapsToGo <= clutchLaps
  const rank =
    (0.15 + 0.35 * late ** 2 + 0.2 * Math.min(1, stood / 30)) *
    (event.flag === 'green' || event.flag === 'white' ? 1 : 1 / 3)
  return { carId: first.carId, driver: first.driver, lap: event.lap, rank: isClutch ? 1 : rank, isClutch }
}
