import type { Dispatcher } from 'undici'
import type { ModelError } from '../../failure/model-error.ts'
import type { AnswerReader } from '../reading/answer-reader.ts'
import type { AnswerTap } from '../answer/answer-tap.ts'
import type { UpstreamRequest } from './attempt-transport.ts'

/** What one attempt sends and how its answer is read. */
export interface AttemptPlan {
  dispatcher: Dispatcher
  request: UpstreamRequest
  reader: AnswerReader
  /** Reads a stream's answer that comes in one piece after all. */
  asStream: () => AnswerReader
  /** Looks at the headers of a good answer; what it returns fails the attempt. */
  checkHead(headers: Record<string, string | string[] | undefined>, status: number): ModelError | null
  /** An error answer of the upstream in the client's API. */
  refusal(status: number, body: string): { status: number; body: string }
  isStream: boolean
  /** Knows the answer at its end; null where nobody wants it. */
  tap: AnswerTap | null
}
