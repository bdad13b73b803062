import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import type { FeedEvent } from '../../domain/feed-event.ts'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import {
  FlagReader,
  carNumber,
  headHolds,
  optionalNumber,
  positive,
  raceClocks,
  raceMatchId,
  rejectOf,
} from './fields.ts'
import { jsonDocuments } from './json-documents.ts'

const carSchema = z.object({ Number: carNumber, Laps: z.array(z.unknown()) })
const lapSchema = z.object({ Lap: z.number().int(), LapTime: optionalNumber, RunningPos: optionalNumber })
const flagSchema = z.object({ LapsCompleted: z.number().int(), FlagState: optionalNumber })

/** Cars and flags of a document: `{ laps, flags }`, or the list of cars alone. */
function partsOf(document: unknown): { cars: unknown[]; flags: unknown[] } | null {
  if (Array.isArray(document)) return { cars: document, flags: [] }
  const parsed = z
    .object({ laps: z.array(z.unknown()), flags: z.array(z.unknown()).catch([]) })
    .safeParse(document)
  return parsed.success ? { cars: parsed.data.laps, flags: parsed.data.flags } : null
}

/** The race's number in the address that a saved file may begin with. */
function raceIdOf(preamble: string): number | null {
  const found = /\/(\d+)\/lap-times/.exec(preamble)?.[1]
  return found === undefined ? null : Number(found)
}

/**
 * NASCAR's `lap-times.json`: each car's laps with running position, and the flag of each lap; also behind a line with the
 * address that it was saved from. Event time is the sum of a car's laps: the feed has no other clock. Sorted by it, so
 * that a replay runs as the race did; a flag comes when its first car completes the lap.
 */
export const nascarLapTimes: FeedFormat = {
  name: 'nascar-lap-times',
  title: 'NASCAR lap times (JSON)',
  recognise: (_name, head) => (headHolds(head, '"Laps"', '"LapTime"', '"RunningPos"') ? 1 : 0),
  async *parse(source, { name, matchId: given, signal }): AsyncGenerator<FeedItem> {
    const flags = new FlagReader()
    for await (const document of jsonDocuments(source, signal)) {
      if ('reject' in document) {
        yield document
        continue
      }
      const parts = partsOf(document.value)
      if (parts === null)
        throw new InvalidInputError({
          code: 'feed-json-shape',
          message: 'The lap times are neither { laps, flags } nor a list of cars.',
        })
      const matchId = raceMatchId(raceIdOf(document.preamble), name, given)
      const events: FeedEvent[] = []
      const leaderSeconds = new Map<number, number>()
      for (const [index, value] of parts.cars.entries()) {
        const where = `$.laps[${index}]`
        const car = carSchema.safeParse(value)
        if (!car.success) {
          yield { reject: rejectOf(where, car.error, value) }
          continue
        }
        let seconds = 0
        for (const [at, row] of car.data.Laps.entries()) {
          const lap = lapSchema.safeParse(row)
          if (!lap.success) {
            yield { reject: rejectOf(`${where}.Laps[${at}]`, lap.error, row) }
            continue
          }
          const lapSeconds = positive(lap.data.LapTime)
          seconds += lapSeconds ?? 0
          leaderSeconds.set(lap.data.Lap, Math.min(seconds, leaderSeconds.get(lap.data.Lap) ?? seconds))
          events.push({
            kind: 'race-lap',
            carId: car.data.Number,
            lap: lap.data.Lap,
            lapSeconds,
            position: positive(lap.data.RunningPos),
            matchId,
            clocks: raceClocks(seconds, null),
            sourceRef: `${where}.Laps[${at}]`,
          })
        }
      }
      let shown = ''
      for (const [index, value] of parts.flags.entries()) {
        const where = `$.flags[${index}]`
        const row = flagSchema.safeParse(value)
        if (!row.success) {
          yield { reject: rejectOf(where, row.error, value) }
          continue
        }
        const flag = flags.read(row.data.FlagState)
        if (shown === (shown = flag)) continue
        const lap = row.data.LapsCompleted
        const elapsedSeconds = leaderSeconds.get(lap) ?? 0
        const clocks = raceClocks(elapsedSeconds, null)
        events.push({
          kind: 'race-flag',
          flag,
          lap,
          elapsedSeconds,
          comment: null,
          matchId,
          clocks,
          sourceRef: where,
        })
      }
      events.sort((a, b) => a.clocks.eventTimeMs - b.clocks.eventTimeMs)
      for (const event of events) yield { event }
    }
    yield* flags.rejects()
  },
}
