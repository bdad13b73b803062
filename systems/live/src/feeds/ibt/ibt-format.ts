import { InvalidInputError } from '@heavylift/core'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import { matchIdFrom } from '../match-id.ts'
import { BadRecord, createIbtEvents } from './ibt-events.ts'
import type { IbtEventOptions } from './ibt-events.ts'
import { fixedHeaderBytes, ibtHeaderLength, readIbtHeader } from './ibt-header.ts'
import { readIbtSession } from './ibt-session.ts'

/** A number with a fixed start and unknown layout behind it is not enough: the whole fixed header has to make sense. */
function looksLikeIbt(head: Uint8Array): boolean {
  try {
    return head.length >= fixedHeaderBytes && ibtHeaderLength(head) > 0
  } catch {
    return false
  }
}

/**
 * Telemetry files of iRacing (`.ibt`): header, session text, then one record 60 times a second. Gives the match, one
 * car's telemetry at `rateHz`, its laps, and the end. Holds the header and a chunk. A file that ends within a record, and
 * a record whose clock or speed is no number, are rejected with their record number (from 1).
 */
export function createIbtFormat(options: Partial<IbtEventOptions> = {}): FeedFormat {
  const { rateHz = 10, withFuel = true } = options
  return {
    name: 'iracing-ibt',
    title: 'iRacing telemetry (.ibt)',
    recognise: (_name, head) => (looksLikeIbt(head) ? 1 : 0),
    async *parse(source, { name, matchId, signal }): AsyncGenerator<FeedItem> {
      let rest: Uint8Array = new Uint8Array(0)
      let events: ReturnType<typeof createIbtEvents> | null = null
      let recordBytes = 0
      let record = 0
      for await (const chunk of source) {
        signal.throwIfAborted()
        rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
        if (events === null) {
          if (rest.length < fixedHeaderBytes) continue
          const headerBytes = ibtHeaderLength(rest)
          if (rest.length < headerBytes) continue
          const header = readIbtHeader(rest)
          if (!header.channels.has('SessionTime') || !header.channels.has('Speed'))
            throw new InvalidInputError({
              code: 'ibt-channels-missing',
              message: 'The telemetry lacks SessionTime or Speed; record it again with all channels.',
            })
          const session = readIbtSession(header.sessionYaml)
          events = createIbtEvents(header, session, matchIdFrom(name, matchId), { rateHz, withFuel })
          recordBytes = header.recordBytes
          rest = rest.subarray(headerBytes)
          yield { event: events.match }
        }
        const view = new DataView(rest.buffer, rest.byteOffset, rest.byteLength)
        let at = 0
        for (; at + recordBytes <= rest.length; at += recordBytes) {
          record++
          try {
            for (const event of events.of(view, at, record)) yield { event }
          } catch (error) {
            if (!(error instanceof BadRecord)) throw error
            const raw = Buffer.from(rest.buffer, rest.byteOffset + at, Math.min(recordBytes, 250)).toString(
              'hex',
            )
            yield { reject: { where: `record ${record}`, reason: error.message, raw } }
          }
        }
        rest = rest.subarray(at)
      }
      if (events === null)
        throw new InvalidInputError({
          code: 'ibt-header-invalid',
          message: `This is no .ibt telemetry: it ends at byte ${rest.length}, within the header.`,
        })
      if (rest.length > 0)
        yield {
          reject: {
            where: `record ${record + 1}`,
            reason: `The file ends within this record: ${rest.length} of ${recordBytes} bytes.`,
            raw: Buffer.from(rest.subarray(0, 250)).toString('hex'),
          },
        }
      yield { event: events.end() }
    },
  }
}
