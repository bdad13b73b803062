import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import { matchIdFrom } from '../match-id.ts'
import { FlagReader, headHolds, optionalNumber, raceClocks, rejectOf } from './fields.ts'
import { jsonDocuments } from './json-documents.ts'

const noteSchema = z.object({ FlagState: optionalNumber, Note: z.string().min(1) })
const documentSchema = z.object({ laps: z.record(z.string(), z.unknown()) })

/** The notes have laps but no clock; a lap counts as this long, so that they stay in order and apart. */
const nominalLapMs = 60_000

/** Cars that a note names (`#21 and #48 make contact`), each once, in order. */
export function carsNamed(text: string): string[] {
  return [...new Set([...text.matchAll(/#\s?(\d{1,3})\b/g)].map((found) => found[1] ?? ''))]
}

/**
 * NASCAR's notes of a race (`lap-notes.json`, also saved as key moments): what happened on which lap. Cars are those that
 * the note names by number, since the feed's own list is of drivers. Without a clock, event times are nominal: a minute
 * a lap.
 */
export const nascarLapNotes: FeedFormat = {
  name: 'nascar-lap-notes',
  title: 'NASCAR lap notes (JSON)',
  recognise: (_name, head) => (headHolds(head, '"laps"', '"Note"', '"FlagState"') ? 1 : 0),
  async *parse(source, { name, matchId: given, signal }): AsyncGenerator<FeedItem> {
    const flags = new FlagReader()
    const matchId = matchIdFrom(name, given)
    for await (const document of jsonDocuments(source, signal)) {
      if ('reject' in document) {
        yield document
        continue
      }
      const parsed = documentSchema.safeParse(document.value)
      if (!parsed.success)
        throw new InvalidInputError({
          code: 'feed-json-shape',
          message: 'The notes are not { laps: { "1": [ … ] } }.',
        })
      for (const [key, notes] of Object.entries(parsed.data.laps)) {
        const where = `$.laps["${key}"]`
        const lap = Number(key)
        if (!Number.isInteger(lap) || lap < 0 || !Array.isArray(notes)) {
          yield {
            reject: { where, reason: 'It is not a list of notes under a lap.', raw: key.slice(0, 500) },
          }
          continue
        }
        for (const [index, value] of notes.entries()) {
          const note = noteSchema.safeParse(value)
          if (!note.success) {
            yield { reject: rejectOf(`${where}[${index}]`, note.error, value) }
            continue
          }
          yield {
            event: {
              kind: 'race-note',
              lap,
              flag: flags.read(note.data.FlagState),
              text: note.data.Note,
              carIds: carsNamed(note.data.Note),
              matchId,
              clocks: raceClocks((lap * nominalLapMs + index) / 1000, null),
              sourceRef: `${where}[${index}]`,
            },
          }
        }
      }
    }
    yield* flags.rejects()
  },
}
