import { createHash } from 'node:crypto'
import { HeavyliftError } from '@heavylift/core'
import { z } from 'zod'
import { createJsonCodec } from './json-codec.ts'
import type { Appended, Codec, Log, LogEvent, LoggedEvent } from './log.ts'

/** Larger payloads stay where they are, so that a dead letter always fits into an event. */
const maxPayloadBytes = 600_000

const deadLetterSchema = z.object({
  /** `refused`: a sink or a worker could not use it. `timer-failed`: the event moved the watermark to the timer. */
  kind: z.enum(['undecodable', 'too-late', 'event-failed', 'timer-failed', 'refused']),
  /** What could not be done with it, for people. */
  reason: z.string(),
  /** The error's stable code, where it has one. */
  code: z.string().nullable(),
  /** The processor, rule or sink that gave it up. */
  where: z.string(),
  topic: z.string(),
  offset: z.number().int(),
  id: z.string(),
  key: z.string(),
  eventTimeMs: z.number(),
  timer: z.object({ key: z.string(), name: z.string(), atMs: z.number() }).nullable(),
  schemaVersion: z.number().int(),
  /** Null when it has more than 600,000 bytes: read it from `topic` at `offset`. */
  payloadBase64: z.string().nullable(),
})

/** An event that could not be worked on, whole, so that it can be appended again once the cause is mended. */
export type DeadLetter = z.infer<typeof deadLetterSchema>

export const deadLetterCodec: Codec<DeadLetter> = createJsonCodec({
  name: 'dead letter',
  version: 1,
  schema: deadLetterSchema,
})

export interface DeadLetters {
  topic: string
  codec: Codec<DeadLetter>
  /** Appends the event with the reason. Two processors that give up the same event at the same place write it once. */
  add(event: LoggedEvent, where: string, reason: unknown): Promise<Appended>
}

export function nameDeadLetterTopic(topic: string): string {
  return `${topic}.dead`
}

/** Where the events of `topic` go that nobody can read or work on, instead of stopping the ones behind them. */
export function openDeadLetters(log: Log, topic: string): DeadLetters {
  return {
    topic: nameDeadLetterTopic(topic),
    codec: deadLetterCodec,
    async add(event, where, reason) {
      const letter = makeDeadLetter(topic, event, where, 'refused', reason)
      const [appended] = await log.append(nameDeadLetterTopic(topic), [letter])
      return appended!
    },
  }
}

/** A dead letter to append. Its id comes from what was given up where, so that two processors write the same one. */
export function makeDeadLetter(
  topic: string,
  event: LoggedEvent,
  where: string,
  kind: DeadLetter['kind'],
  reason: unknown,
  timer: DeadLetter['timer'] = null,
): LogEvent {
  const { offset, id, key, eventTimeMs, schemaVersion, payload } = event
  return {
    id: createHash('sha256')
      .update(JSON.stringify([topic, offset, where, timer && [timer.key, timer.name, timer.atMs]]))
      .digest('base64url')
      .slice(0, 32),
    key: timer?.key ?? key,
    eventTimeMs,
    schemaVersion: deadLetterCodec.version,
    payload: deadLetterCodec.encode({
      kind,
      reason: reason instanceof Error ? reason.message : String(reason),
      code: HeavyliftError.isInstance(reason) ? reason.code : null,
      where,
      topic,
      offset,
      id,
      key,
      eventTimeMs,
      timer: timer && { key: timer.key, name: timer.name, atMs: timer.atMs },
      schemaVersion,
      payloadBase64: payload.length > maxPayloadBytes ? null : Buffer.from(payload).toString('base64'),
    }),
  }
}
