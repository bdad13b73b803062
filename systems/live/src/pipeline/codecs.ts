import { InvalidInputError } from '@heavylift/core'
import type { Codec } from '@heavylift/streams'
import type { FeedEvent } from '../domain/feed-event.ts'
import type { LiveOutput } from '../domain/live-output.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/**
 * JSON whose shape was checked where it came in (feeds by their parsers, outputs by the type of the processor): reading
 * it again in every process checks no more than that it is JSON of a known version.
 */
function trustedJson<Value>(name: string, version: number): Codec<Value> {
  return {
    name,
    version,
    encode: (value) => encoder.encode(JSON.stringify(value)),
    decode(payload, schemaVersion) {
      if (schemaVersion > version) {
        throw new InvalidInputError({
          code: 'schema-too-new',
          message: `The event has version ${schemaVersion} of ${name}; this program knows ${version}. Update it.`,
        })
      }
      return JSON.parse(decoder.decode(payload)) as Value
    },
  }
}

export const feedCodec = trustedJson<FeedEvent>('live.feed', 1)
export const outputCodec = trustedJson<LiveOutput>('live.out', 1)
