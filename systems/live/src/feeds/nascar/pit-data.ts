import { z } from 'zod'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import { matchIdFrom } from '../match-id.ts'
import { FlagReader, carNumber, headHolds, optionalNumber, positive, raceClocks, rejectOf } from './fields.ts'
import { arrayRows } from './rows.ts'

const pitSchema = z.object({
  vehicle_number: carNumber,
  lap_count: z.number(),
  pit_in_flag_status: optionalNumber,
  pit_in_race_time: z.number(),
  pit_out_race_time: optionalNumber,
  pit_stop_duration: optionalNumber,
  pit_stop_type: z.string().catch(''),
  left_front_tire_changed: z.boolean().nullish(),
  left_rear_tire_changed: z.boolean().nullish(),
  right_front_tire_changed: z.boolean().nullish(),
  right_rear_tire_changed: z.boolean().nullish(),
})

function tiresChanged(stop: z.infer<typeof pitSchema>): number | null {
  const wheels = [
    stop.left_front_tire_changed,
    stop.left_rear_tire_changed,
    stop.right_front_tire_changed,
    stop.right_rear_tire_changed,
  ]
  return wheels.some((changed) => typeof changed !== 'boolean') ? null : wheels.filter(Boolean).length
}

/** NASCAR's `live-pit-data.json`: every visit to pit road. Entries before the start and −1 for "not yet" become nulls. */
export const nascarPitData: FeedFormat = {
  name: 'nascar-pit-data',
  title: 'NASCAR pit stops (JSON)',
  recognise: (_name, head) =>
    headHolds(head, '"pit_in_race_time"', '"pit_stop_type"', '"vehicle_number"') ? 1 : 0,
  async *parse(source, { name, matchId, signal }): AsyncGenerator<FeedItem> {
    const flags = new FlagReader()
    for await (const row of arrayRows(source, signal)) {
      if ('reject' in row) {
        yield row
        continue
      }
      const parsed = pitSchema.safeParse(row.value)
      if (!parsed.success) {
        yield { reject: rejectOf(row.where, parsed.error, row.value) }
        continue
      }
      const stop = parsed.data
      const inSeconds = Math.max(0, stop.pit_in_race_time)
      const out = positive(stop.pit_out_race_time)
      yield {
        event: {
          kind: 'race-pit',
          carId: stop.vehicle_number,
          lap: stop.lap_count,
          inSeconds,
          outSeconds: out !== null && out >= inSeconds ? out : null,
          stopSeconds: positive(stop.pit_stop_duration),
          stopType: stop.pit_stop_type,
          tiresChanged: tiresChanged(stop),
          fuelAddedLitres: null,
          flag: flags.read(stop.pit_in_flag_status),
          matchId: matchIdFrom(name, matchId),
          clocks: raceClocks(inSeconds, null),
          sourceRef: row.where,
        },
      }
    }
    yield* flags.rejects()
  },
}
