import { z } from 'zod'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import { matchIdFrom } from '../match-id.ts'
import { FlagReader, headHolds, optionalNumber, raceClocks, rejectOf, wallMs } from './fields.ts'
import { arrayRows } from './rows.ts'

const flagSchema = z.object({
  lap_number: z.number(),
  flag_state: optionalNumber,
  elapsed_time: z.number(),
  comment: z.string().nullish().catch(null),
  time_of_day_os: z.unknown().optional(),
})

/** NASCAR's `live-flag-data.json`: every change of flag, with wall clock and cause. */
export const nascarFlagData: FeedFormat = {
  name: 'nascar-flag-data',
  title: 'NASCAR flags (JSON)',
  recognise: (_name, head) => (headHolds(head, '"beneficiary"', '"flag_state"', '"elapsed_time"') ? 1 : 0),
  async *parse(source, { name, matchId, signal }): AsyncGenerator<FeedItem> {
    const flags = new FlagReader()
    for await (const row of arrayRows(source, signal)) {
      if ('reject' in row) {
        yield row
        continue
      }
      const parsed = flagSchema.safeParse(row.value)
      if (!parsed.success) {
        yield { reject: rejectOf(row.where, parsed.error, row.value) }
        continue
      }
      const { lap_number: lap, elapsed_time: elapsedSeconds, comment } = parsed.data
      yield {
        event: {
          kind: 'race-flag',
          flag: flags.read(parsed.data.flag_state),
          lap,
          elapsedSeconds,
          comment: comment?.trim() || null,
          matchId: matchIdFrom(name, matchId),
          clocks: raceClocks(elapsedSeconds, wallMs(parsed.data.time_of_day_os)),
          sourceRef: row.where,
        },
      }
    }
    yield* flags.rejects()
  },
}
