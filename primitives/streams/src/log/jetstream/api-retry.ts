import { sleep } from '@heavylift/core/async'
import { JetStreamApiError } from '@nats-io/jetstream'
import { errors } from '@nats-io/transport-node'
import { logClosed, StreamUnavailableError } from '../stream-errors.ts'

/** Codes of the server's `errors.json` that trying again does not change. */
const streamNotFound = 10059
const consumerNotFound = 10014

export function isNotFound(error: unknown): boolean {
  return error instanceof JetStreamApiError && [streamNotFound, consumerNotFound].includes(error.code)
}

/**
 * Asks until there is an answer: while leaders are elected (4 to 9 s after one is killed) requests time out or have no
 * responder. Throws a `StreamUnavailableError` after `deadlineMs`; "not found" is an answer.
 */
export async function askUntil<Answer>(deadlineMs: number, ask: () => Promise<Answer>): Promise<Answer> {
  const deadline = performance.now() + deadlineMs
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (isNotFound(error)) throw error
      if (error instanceof errors.ClosedConnectionError) throw logClosed()
      if (performance.now() > deadline) throw createUnavailableError(deadlineMs, error)
      await sleep(100)
    }
  }
}

export function createUnavailableError(deadlineMs: number, cause: unknown): StreamUnavailableError {
  return new StreamUnavailableError({
    message: `JetStream gave no answer for ${deadlineMs} ms (${cause instanceof Error ? cause.message : String(cause)}). Check that a majority of its servers runs, then do the same again.`,
    cause,
  })
}
