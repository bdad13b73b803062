import { ModelError } from './model-error.ts'
import type { ModelErrorCode } from './model-error.ts'

/** Whose words were read, where garbage came, and what to check. */
const hints = {
  replica: { who: 'The replica', hint: 'Check that its address is that of a model server.' },
  model: { who: 'The model', hint: 'Check that the base URL is an OpenAI-compatible endpoint.' },
  Anthropic: { who: 'Anthropic', hint: "Check the provider's address in the gateway's table." },
  Bedrock: { who: 'Bedrock', hint: "Check the provider's address in the gateway's table." },
}

/** What was sent is no answer at all, e.g. `an event that is not JSON`. Another replica may be well. */
export function garbage(from: keyof typeof hints, what: string, cause?: unknown): ModelError {
  const { who, hint } = hints[from]
  return new ModelError({
    code: 'model-garbage',
    message: `${who} sent ${what}. ${hint}`,
    ...(from === 'replica' ? { isRetryable: true } : {}),
    ...(cause === undefined ? {} : { cause }),
  })
}

/** The bytes ended before the answer did. */
export function cutOff(who = 'The model'): ModelError {
  return new ModelError({
    code: 'model-cut-off',
    message: `${who} ended its answer in the middle. What it sent is incomplete.`,
    isRetryable: true,
  })
}

/** An error event of a server whose words are not ours to repeat. */
export function reportedError(): ModelError {
  return new ModelError({
    code: 'model-unavailable',
    message: 'The model reported an error while it answered. Ask again, or look at its log.',
    isRetryable: true,
  })
}

/** An error that a provider sent inside a stream which had begun well. */
export function brokenOff(provider: string, status: number, kind: string): ModelError {
  // 408 and 424 are Bedrock's for a model that took too long or failed.
  const isOfModel = status >= 500 || status === 408 || status === 424
  const code: ModelErrorCode =
    status === 429 ? 'model-rate-limited' : isOfModel ? 'model-unavailable' : 'model-rejected'
  return new ModelError({
    code,
    // The provider's own words may repeat the prompt.
    message: `${provider} broke its answer off (${kind}). What it sent is incomplete.`,
    statusCode: status,
    isRetryable: code !== 'model-rejected',
  })
}

/** A deadline passed; `which` is a sentence without its full stop. */
export function tooSlow(which: string): ModelError {
  return new ModelError({
    code: 'model-idle',
    message: `${which}. It may be overloaded; raise the deadline if it is only slow.`,
    isRetryable: true,
  })
}

/** No replica had room for it within all of its time. */
export function waitedTooLong(): ModelError {
  return new ModelError({
    code: 'model-idle',
    message: 'The request waited in the queue for as long as deadlines.totalMs allows. Try again later.',
  })
}

/** Ours or the client's doing; says nothing of the replica. */
export function cancelled(why = 'The call was cancelled.'): ModelError {
  return new ModelError({ code: 'model-aborted', message: why })
}
