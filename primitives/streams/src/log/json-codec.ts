import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import type { Codec } from './log.ts'

export interface JsonCodecOptions<Value> {
  /** Of what is carried; error messages say it. */
  name: string
  /** The version that `encode` writes and that `schema` describes, from 1. */
  version: number
  schema: z.ZodType<Value>
  /** `upgrade[n]` turns a value of version n into one of n + 1. Each version below `version` needs one. */
  upgrade?: Readonly<Record<number, (old: unknown) => unknown>>
}

const text = new TextDecoder('utf-8', { fatal: true })

/**
 * A codec for JSON in UTF-8. Older payloads are brought up version by version and then checked by the schema.
 * `decode` throws an `InvalidInputError`: `payload-invalid`, or `payload-too-new` where a newer program wrote it.
 * Throws a `RangeError` at once where an upgrade is missing.
 */
export function createJsonCodec<Value>(options: JsonCodecOptions<Value>): Codec<Value> {
  const { name, version, schema, upgrade = {} } = options
  for (let from = 1; from < version; from++) {
    if (upgrade[from] === undefined)
      throw new RangeError(`The codec ${name} cannot read version ${from}: upgrade[${from}] is missing.`)
  }
  return {
    name,
    version,
    encode: (value) => Buffer.from(JSON.stringify(value)),
    decode(payload, schemaVersion) {
      if (schemaVersion > version) {
        throw new InvalidInputError({
          code: 'payload-too-new',
          message: `This event holds a ${name} of version ${schemaVersion}, and this program knows versions up to ${version}. Update the program.`,
          details: { name, schemaVersion, known: version },
        })
      }
      try {
        let value: unknown = JSON.parse(text.decode(payload))
        for (let from = schemaVersion; from < version; from++) value = upgrade[from]!(value)
        return schema.parse(value)
      } catch (cause) {
        const why =
          cause instanceof z.ZodError
            ? z.prettifyError(cause)
            : cause instanceof Error
              ? cause.message
              : String(cause)
        throw new InvalidInputError({
          code: 'payload-invalid',
          message: `This event does not hold a ${name} of version ${schemaVersion}: ${why}`,
          details: { name, schemaVersion },
          cause,
        })
      }
    },
  }
}
