import type { JsonObject } from '../wire/codec.ts'
import { isAnthropic } from './batch.ts'
import type { AnsweredLine, Batch, BatchStatus } from './batch.ts'

type Line = Omit<AnsweredLine, 'answer'> & { answer: JsonObject | null }

/** What a batch's file says of one request, in the form of its API. `answer` null: it was not asked for, as `end` says why. */
export function outputLine(batch: Batch, line: Line, end: BatchStatus): JsonObject {
  return isAnthropic(batch)
    ? { custom_id: line.customId, result: anthropicResult(line, end) }
    : openAiLine(batch, line, end)
}

function openAiLine({ id }: Batch, { line, customId, callId, statusCode, answer }: Line, end: BatchStatus) {
  const head = { id: `${id.replace('batch_', 'batch_req_')}_${line}`, custom_id: customId }
  if (answer !== null) {
    return { ...head, response: { status_code: statusCode, request_id: callId, body: answer }, error: null }
  }
  const error =
    end === 'expired'
      ? {
          code: 'batch_expired',
          message: 'This request could not be made before the completion window ended.',
        }
      : { code: 'batch_cancelled', message: 'The batch was cancelled before this request was made.' }
  return { ...head, response: null, error }
}

function anthropicResult({ statusCode, answer }: Line, end: BatchStatus): JsonObject {
  if (answer === null) return { type: end === 'expired' ? 'expired' : 'canceled' }
  return statusCode >= 200 && statusCode < 300
    ? { type: 'succeeded', message: answer }
    : { type: 'errored', error: answer }
}
