import { InvalidInputError } from '@heavylift/core'
import type { AlertFloors } from './alert-floor.ts'
import type { TrainedModel } from './trained-model.ts'

/** A cross-fitted model as JSON; typed arrays are base64 of their little-endian bytes. */
export interface WeightsFile {
  /** Of this layout; rises when it changes. */
  layout: 1
  /** e.g. `nfl-win-probability`. */
  name: string
  columns: string[]
  /** Hashes of the groups that each fold's model did not see, as base64 of Uint32. */
  unseen: string[]
  /** One a fold. */
  models: unknown[]
  /** Of a model whose words are alerts. */
  floors?: AlertFloors
}

const arrayTypes = { Float32Array, Int16Array, Int32Array, Uint32Array } as const

/** Typed arrays within become `{ Float32Array: 'base64' }`. */
export function packModel(model: TrainedModel): unknown {
  return pack(model)
}

/** Throws `weights-invalid` when it is not a model that this version knows. */
export function unpackModel(packed: unknown): TrainedModel {
  const model = unpack(packed) as Partial<TrainedModel>
  if (!['trees', 'logistic', 'calibrated', 'blend', 'stack'].includes(model.kind ?? ''))
    throw new InvalidInputError({
      code: 'weights-invalid',
      message: `The weights hold a model of kind "${String(model.kind)}", which this version does not know: train it again with \`heavylift live train\`.`,
    })
  return model as TrainedModel
}

export function packNumbers(numbers: Float32Array | Int16Array | Int32Array | Uint32Array): string {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64')
}

export function unpackNumbers(text: string): Uint32Array {
  return new Uint32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer)
}

function pack(value: unknown): unknown {
  for (const [name, type] of Object.entries(arrayTypes))
    if (value instanceof type) return { [name]: packNumbers(value) }
  if (Array.isArray(value)) return value.map(pack)
  if (typeof value === 'number') return Number(value.toPrecision(9))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pack(inner)]))
}

function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack)
  if (typeof value !== 'object' || value === null) return value
  const [first] = Object.entries(value)
  if (first !== undefined && first[0] in arrayTypes && typeof first[1] === 'string')
    return new arrayTypes[first[0] as keyof typeof arrayTypes](
      Uint8Array.from(Buffer.from(first[1], 'base64')).buffer,
    )
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unpack(inner)]))
}
