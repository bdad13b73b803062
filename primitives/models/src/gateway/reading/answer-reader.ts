import type { ModelError } from '../../failure/model-error.ts'
import type { BodyRefusal } from '../../failure/body-problem.ts'
import type { TokenUsage, WireError } from '../../wire/codec.ts'

/** Of an answer that is not an event stream or JSON of 200. */
export interface AnswerHead {
  status: number
  headers: Record<string, string>
}

/** Turns an upstream's answer into what the client gets, and watches over it. One per attempt. */
export interface AnswerReader {
  /** What these bytes give the client; empty when nothing yet. Throws `ModelError` or `BodyRefusal` for what is no answer. */
  push(bytes: Buffer): Uint8Array | string
  /** After the upstream's clean end: what is left for the client, or why the answer is not whole. */
  end(): { rest: Uint8Array | string } | { error: ModelError | BodyRefusal }
  /** Text in the client's format that ends a stream that has begun and broke; null where only breaking off tells it. */
  fail(error: WireError): string | null
  /** As far as it is known; null when the upstream said nothing. */
  usage(): TokenUsage | null
  /** Events with a piece of the answer so far, for an estimate of tokens; of an answer in one piece, its text's size. */
  readonly events: number
  /** How the answer begins, where that is the upstream's to say. */
  readonly head?: AnswerHead
}
