import { createHash } from 'node:crypto'
import { z } from 'zod'
import { jsonCodec } from './json-codec.ts'
import type { Appended, Codec, Log, LoggedEvent } from './log.ts'

const deadLetterSchema = z.object({
  /** What could not be done with it, for people. */
  reason: z.string(),
  /** The processor, rule or sink that gave it up. */
  where: z.string(),
  topic: z.string(),
  offset: z.number().int(),
  id: z.string(),
  key: z.string(),
  eventTimeMs: z.number(),
  schemaVersion: z.number().int(),
  payloadBase64: z.string(),
})

/** An event that could not be worked on, whole, so that it can be appended again once the cause is mended. */
export type DeadLetter = z.infer<typeof deadLetterSchema>

export interface DeadLetters {
  topic: string
  codec: Codec<DeadLetter>
  /** Appends the event with the reason. Two processors that give up the same event at the same place write it once. */
  add(event: LoggedEvent, where: string, reason: unknown): Promise<Appended>
}

export function deadLetterTopic(topic: string): string {
  return `${topic}.dead`
}

/** Where the events of `topic` go that nobody can read or work on, instead of stopping the ones behind them. */
export function deadLetter(log: Log, topic: string): DeadLetters {
  const codec = jsonCodec({ name: 'dead letter', version: 1, schema: deadLetterSchema })
  const target = deadLetterTopic(topic)
  return {
    topic: target,
    codec,
    async add(event, where, reason) {
      const payload = codec.encode({
        reason: reason instanceof Error ? reason.message : String(reason),
        where,
        topic,
        offset: event.offset,
        id: event.id,
        key: event.key,
        eventTimeMs: event.eventTimeMs,
        schemaVersion: event.schemaVersion,
        payloadBase64: Buffer.from(event.payload).toString('base64'),
      })
      const { key, eventTimeMs } = event
      const [appended] = await log.append(target, [
        {
          id: deadLetterId(topic, event.offset, where),
          key,
          eventTimeMs,
          schemaVersion: codec.version,
          payload,
        },
      ])
      return appended!
    },
  }
}

function deadLetterId(topic: string, offset: number, where: string): string {
  return createHash('sha256')
    .update(JSON.stringify([topic, offset, where]))
    .digest('base64url')
    .slice(0, 32)
}
