import { z } from 'zod'
import type { RaceCar } from '../../domain/feed-event.ts'
import type { Match } from '../../domain/match.ts'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import {
  FlagReader,
  carNumber,
  headHolds,
  metresPerMile,
  mpsPerMph,
  optionalNumber,
  positive,
  raceClocks,
  raceMatchId,
  rawOf,
  rejectOf,
  wallMs,
} from './fields.ts'
import { jsonDocuments } from './json-documents.ts'

const snapshotSchema = z.object({
  lap_number: z.number(),
  elapsed_time: z.number(),
  flag_state: optionalNumber,
  race_id: optionalNumber,
  run_name: z.string().catch(''),
  laps_in_race: optionalNumber,
  laps_to_go: optionalNumber,
  time_of_day_os: z.unknown().optional(),
  track_length: optionalNumber,
  track_name: z.string().catch(''),
  vehicles: z.array(z.unknown()),
})

const vehicleSchema = z.object({
  vehicle_number: carNumber,
  running_position: z.number().int(),
  driver: z.object({ full_name: z.string().catch('') }).catch({ full_name: '' }),
  laps_completed: z.number(),
  delta: optionalNumber,
  last_lap_time: optionalNumber,
  last_lap_speed: optionalNumber,
  best_lap_time: optionalNumber,
  status: optionalNumber,
  is_on_track: z.unknown().optional(),
  pit_stops: z.array(z.object({ pit_in_elapsed_time: optionalNumber })).catch([]),
})

/** Without the marks that the feed puts behind a name: `#` rookie, `(i)` ineligible for points, `(P)` play-off. */
function plainName(name: string): string {
  return name.replace(/(\s*(#|\*|\([a-z]\)))+$/i, '').trim()
}

/** Status 1 is running; 2 and 3 are out of the race. Without a status, what is on the track runs. */
function carOf(vehicle: z.infer<typeof vehicleSchema>): RaceCar {
  return {
    carId: vehicle.vehicle_number,
    number: vehicle.vehicle_number,
    driver: plainName(vehicle.driver.full_name),
    position: vehicle.running_position,
    lapsCompleted: vehicle.laps_completed,
    gapToLeader: vehicle.delta,
    lastLapSeconds: positive(vehicle.last_lap_time),
    lastLapSpeedMps: positive(vehicle.last_lap_speed === null ? null : vehicle.last_lap_speed * mpsPerMph),
    bestLapSeconds: positive(vehicle.best_lap_time),
    // Entries before the start have no time.
    pitStops: vehicle.pit_stops.filter((stop) => (stop.pit_in_elapsed_time ?? 0) > 0).length,
    isRunning: vehicle.status === null ? vehicle.is_on_track === true : vehicle.status === 1,
    lapFraction: null,
  }
}

function matchOf(snapshot: z.infer<typeof snapshotSchema>, id: string): Match {
  const miles = positive(snapshot.track_length)
  return {
    id,
    sport: 'race',
    title: [snapshot.run_name, snapshot.track_name].filter((part) => part !== '').join(', ') || id,
    home: null,
    away: null,
    homeSpread: null,
    race: {
      totalLaps: positive(snapshot.laps_in_race),
      trackLengthMetres: miles === null ? null : Math.round(miles * metresPerMile),
      trackName: snapshot.track_name,
      tankLitres: null,
    },
  }
}

/**
 * NASCAR's `live-feed.json`: a snapshot of the whole field, one document or (recorded) one a line. Gives the match (again
 * when its laps change), the state of the race for each snapshot, and the end once. A vehicle that is not as expected is
 * rejected by its path and left out.
 */
export const nascarLiveFeed: FeedFormat = {
  name: 'nascar-live-feed',
  title: 'NASCAR live feed (JSON)',
  recognise: (_name, head) =>
    headHolds(head, '"vehicles"', '"flag_state"', '"elapsed_time"', '"running_position"') ? 1 : 0,
  async *parse(source, { name, matchId: given, signal }): AsyncGenerator<FeedItem> {
    const flags = new FlagReader()
    let known = ''
    let hasEnded = false
    for await (const document of jsonDocuments(source, signal)) {
      if ('reject' in document) {
        yield document
        continue
      }
      const where = `row ${document.row}: $`
      const parsed = snapshotSchema.safeParse(document.value)
      if (!parsed.success) {
        yield { reject: rejectOf(where, parsed.error, document.value) }
        continue
      }
      const snapshot = parsed.data
      const matchId = raceMatchId(snapshot.race_id, name, given)
      const clocks = raceClocks(snapshot.elapsed_time, wallMs(snapshot.time_of_day_os))
      const base = { matchId, clocks, sourceRef: `row ${document.row}` }
      const match = matchOf(snapshot, matchId)
      if (known !== (known = JSON.stringify(match))) yield { event: { kind: 'match', match, ...base } }
      const cars: RaceCar[] = []
      for (const [index, vehicle] of snapshot.vehicles.entries()) {
        const car = vehicleSchema.safeParse(vehicle)
        if (car.success) cars.push(carOf(car.data))
        else yield { reject: rejectOf(`${where}.vehicles[${index}]`, car.error, vehicle) }
      }
      cars.sort((a, b) => a.position - b.position)
      if (cars.length === 0) {
        yield { reject: { where, reason: 'No vehicle of it could be read.', raw: rawOf(document.value) } }
        continue
      }
      const flag = flags.read(snapshot.flag_state)
      yield {
        event: {
          kind: 'race-state',
          lap: snapshot.lap_number,
          lapsToGo: snapshot.laps_to_go,
          elapsedSeconds: snapshot.elapsed_time,
          flag,
          cars,
          ...base,
        },
      }
      // Code 4 comes while cars still race to the line; 9 says that all is over.
      if (snapshot.flag_state !== 9 || (snapshot.laps_to_go ?? 1) > 0 || hasEnded) continue
      hasEnded = true
      const order = cars.map((car) => car.carId)
      yield { event: { kind: 'match-end', homeScore: null, awayScore: null, order, ...base } }
    }
    yield* flags.rejects()
  },
}
