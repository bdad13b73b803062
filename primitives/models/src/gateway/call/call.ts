import type { KeyLimits } from '@heavylift/core'
import type { Priority } from '../../admission/admission.ts'
import type { Api, JsonObject } from '../../wire/codec.ts'
import type { PassedRequest } from '../entry/passed-request.ts'
import type { ScannedBody } from '../../wire/scan-body.ts'

/** One request of a client, as the gateway carries it. */
export interface Call {
  id: string
  api: Api
  tenantId: string
  keyId: string | null
  /** Of the key itself. */
  limits?: KeyLimits
  priority: Priority
  body: Buffer
  scanned: ScannedBody
  isStream: boolean
  /** Monotonic. */
  arrivedMs: number
  /** Headers that pass on to an upstream of the same API. */
  passHeaders: Record<string, string>
  /** Passes as bytes; `api` is `other`. */
  passed?: PassedRequest
  /** What it goes on from is in its body; what it answers is known by this id (without `resp_`). */
  state?: { responseId: string }
  /** The replica that has what went before: in its cache, or (`isRequired`) alone. */
  home?: { replicaId: string; isRequired: boolean }
  /** It was answered and billed before, and the answer was lost: this time is waste. */
  isRepeat?: true
  /** Sample traffic: only it may call the sample's models, and it takes nothing of limits. */
  isSample?: true
  /** Keeps the whole answer, for whoever asks the same, under a tag. */
  ready?: { tag: string; ttlMs: number }
}

/** The body as an object, for what has to be translated. The scan has shown that it is JSON. */
export function bodyOf(call: Call): JsonObject {
  return JSON.parse(call.body.toString('utf8')) as JsonObject
}
