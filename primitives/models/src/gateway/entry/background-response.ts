import type { KeptResponse } from '../../kept/kept-responses.ts'
import type { JsonObject } from '../../wire/codec.ts'
import { objectAt, parseObject, textAt } from '../../wire/json-access.ts'
import { responseShell } from '../../wire/responses-answer.ts'
import type { Call } from '../call/call.ts'
import type { Gateway } from '../gateway.ts'
import { collect } from './collect.ts'

/** How often it is said that a response is still being made; and whether somebody cancelled or deleted it is seen. */
const renewEveryMs = 1_000
/** Without a word for so long its process has ended. */
export const leaseMs = 15_000

/** A call whose answer is fetched later. */
export interface BackgroundCall {
  call: Call
  kept: Omit<KeptResponse, 'response' | 'replicaId'>
  keepMs: number
}

/**
 * Keeps a response that is yet to be made, begins to make it, and gives it as it stands: the client asks for it again by its id, at any
 * process. Whoever cancels or deletes it, at any process too, stops it within a second. It ends with its process: then it has failed.
 */
export async function answerInBackground(
  gateway: Gateway,
  request: JsonObject,
  { call, kept, keepMs }: BackgroundCall,
): Promise<JsonObject> {
  const { responses, clock } = gateway
  if (responses === null) throw new Error('Responses in the background are kept.')
  const created = Math.floor(clock.nowMs() / 1000)
  const shell = { ...responseShell(request, { created }), id: kept.id, store: true, background: true }
  const waiting = { ...shell, status: 'in_progress' }
  const { tenantId } = call
  await responses.keep(tenantId, { ...kept, replicaId: '', response: waiting }, keepMs, leaseMs)
  const stop = new AbortController()
  const renewing = setInterval(() => {
    responses
      .renew(tenantId, kept.id, leaseMs)
      .then((isWanted) => isWanted || stop.abort(new Error('Nobody waits for it any more.')))
      // PostgreSQL is away for a moment; the next time tells.
      .catch(() => undefined)
  }, renewEveryMs).unref()
  void collect(gateway, { ...call, isStream: false }, stop.signal)
    .then(({ status, body }) => endOf(shell, status, body))
    .catch((error: unknown) => failed(shell, 'server_error', (error as Error).message))
    .then((response) => (stop.signal.aborted ? null : responses.finish(tenantId, kept.id, response)))
    .catch((error: unknown) => gateway.log.error({ error, call: call.id }, 'a response could not be kept'))
    .finally(() => clearInterval(renewing))
  return waiting
}

/** What a response has become that nobody makes any more. */
export function abandoned(response: JsonObject): JsonObject {
  return failed(response, 'server_error', 'The process that made this response ended. Ask again.')
}

function endOf(shell: JsonObject, status: number, body: Buffer): JsonObject {
  const said = parseObject(body.toString('utf8'))
  if (status === 200 && said !== null) return { ...said, id: shell['id'], background: true }
  const error = objectAt(said ?? {}, 'error')
  return failed(
    shell,
    textAt(error, 'code') || 'server_error',
    textAt(error, 'message') || `Status ${status}`,
  )
}

function failed(shell: JsonObject, code: string, message: string): JsonObject {
  return { ...shell, status: 'failed', error: { code, message } }
}
