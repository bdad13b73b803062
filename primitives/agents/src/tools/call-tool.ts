import { unlessAborted, withTimeout } from '@heavylift/core/async'
import type { CallContext, CheckOutcome, ToolCall, ToolOutcome, ToolSource } from './tool.ts'

/**
 * Calls a tool and always says how it ended: one that throws, or has not answered within `timeoutMs`, may have done it all the same
 * (`lost`). The signal fires then, and what it still answers is nobody's.
 */
export async function callSource(
  source: ToolSource,
  call: ToolCall,
  { timeoutMs, ...context }: CallContext & { timeoutMs: number },
): Promise<ToolOutcome> {
  const late = new AbortController()
  // A call with an effect is not broken off when its run is cancelled: how it ends is worth knowing.
  const isRead = call.tool.effect === 'none'
  const signal = isRead ? AbortSignal.any([context.signal, late.signal]) : late.signal
  try {
    const calling = source.call(call, { ...context, signal })
    const outcome = await withTimeout(
      isRead ? unlessAborted(calling, context.signal) : calling,
      timeoutMs,
      (): ToolOutcome => {
        const message = `The tool ${call.tool.name} has not answered within ${timeoutMs / 1000} s. Give its step a longer timeout, or see under Tools whether it answers.`
        late.abort(new Error(message))
        return { state: 'lost', code: 'tool-timeout', message }
      },
    )
    return outcome.state === 'done' && tooLong(outcome.value, context.maxAnswerBytes)
      ? {
          state: 'failed',
          code: 'answer-too-long',
          message: `The tool ${call.tool.name} answered more than ${context.maxAnswerBytes} bytes. Ask it for less, or for a page at a time.`,
          isRetryable: false,
        }
      : outcome
  } catch (error) {
    return {
      state: 'lost',
      code: 'tool-broke',
      message: `The tool ${call.tool.name} broke off: ${textOf(error)}`,
    }
  }
}

/** Whether a call took place; `unknown` where the check itself fails. */
export async function checkSource(
  source: ToolSource,
  call: ToolCall,
  { timeoutMs, ...context }: CallContext & { timeoutMs: number },
): Promise<CheckOutcome> {
  if (source.check === undefined) return { state: 'unknown', message: 'The source has no check.' }
  try {
    return await withTimeout(source.check(call, context), timeoutMs, (): CheckOutcome => ({
      state: 'unknown',
      message: 'The check has not answered.',
    }))
  } catch (error) {
    return { state: 'unknown', message: textOf(error) }
  }
}

function tooLong(value: unknown, mostBytes: number): boolean {
  if (typeof value === 'string') return value.length > mostBytes
  if (typeof value !== 'object' || value === null) return false
  return JSON.stringify(value).length > mostBytes
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
