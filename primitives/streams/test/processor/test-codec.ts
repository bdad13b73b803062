import { InvalidInputError } from '@heavylift/core'
import type { Codec, LogEvent } from '../../src/log/log.ts'

/** JSON, taken at its word. */
export function testCodec<Value>(name = 'test'): Codec<Value> {
  return {
    name,
    version: 1,
    encode: (value) => Buffer.from(JSON.stringify(value)),
    decode(payload) {
      try {
        return JSON.parse(Buffer.from(payload).toString()) as Value
      } catch {
        throw new InvalidInputError({ code: 'payload-invalid', message: 'The payload is not JSON.' })
      }
    },
  }
}

export function testEvent(id: string, key: string, eventTimeMs: number, value: unknown): LogEvent {
  return { id, key, eventTimeMs, schemaVersion: 1, payload: Buffer.from(JSON.stringify(value)) }
}

export function jsonOf<Value>(event: { payload: Uint8Array }): Value {
  return JSON.parse(Buffer.from(event.payload).toString()) as Value
}
