import { sleep } from '@heavylift/core/async'
import { toWireError } from '../failure/wire-error.ts'
import { wireErrorBody } from '../failure/wire-format.ts'
import { collect } from '../gateway/entry/collect.ts'
import type { Collected } from '../gateway/entry/collect.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { JsonObject } from '../wire/codec.ts'
import { isObject } from '../wire/json-access.ts'
import { scanBody } from '../wire/scan-body.ts'
import { batchApis } from './batch.ts'
import type { Batch, BatchLine } from './batch.ts'

/** Between two tries of a request that found no room, where nobody says when there is some. */
const usualPauseMs = 1_000
const longestPauseMs = 60_000
/** Of a request that fails for no want of room. */
const mostFailures = 3

export interface AskedLine {
  statusCode: number
  answer: JsonObject
}

/**
 * Asks for one request of a batch until it is answered, or refused for what it is. What finds no room (rates, full queues,
 * replicas down) waits and is asked for again; null when `mayGoOn` ends that. `isRepeat`: it was answered and billed
 * before, and the answer was lost with its process.
 */
export async function askLine(
  gateway: Gateway,
  batch: Batch,
  line: BatchLine & { callId: string },
  options: {
    isRepeat: boolean
    signal: AbortSignal
    mayGoOn: () => Promise<boolean>
    /** Before it is asked for once more. */
    askAgain: (callId: string) => Promise<void>
  },
): Promise<AskedLine | null> {
  let { callId } = line
  for (let failures = 0; ;) {
    const said = await askOnce(gateway, batch, { ...line, callId }, options.isRepeat, options.signal)
    const isFull = said.status === 429 || said.status === 503
    if (!isFull && said.status >= 500) failures += 1
    if (!isFull && (said.status < 500 || failures >= mostFailures)) {
      return { statusCode: said.status, answer: objectOf(said) }
    }
    const pauseMs = Math.min(said.retryAfterMs ?? usualPauseMs * 2 ** failures, longestPauseMs)
    await sleep(pauseMs, options.signal)
    options.signal.throwIfAborted()
    if (!(await options.mayGoOn())) return null
    callId = gateway.ids.next('call')
    await options.askAgain(callId)
  }
}

async function askOnce(
  gateway: Gateway,
  { endpoint, tenantId, keyId, limits }: Batch,
  { callId, body }: BatchLine & { callId: string },
  isRepeat: boolean,
  signal: AbortSignal,
): Promise<Collected> {
  const api = batchApis[endpoint] ?? 'chat'
  // Kept by the batch: neither a stream nor anything to go on from.
  const { stream: _stream, store: _store, ...rest } = body
  const bytes = Buffer.from(JSON.stringify(rest))
  try {
    return await collect(
      gateway,
      {
        id: callId,
        api,
        tenantId,
        keyId,
        ...(limits && { limits }),
        priority: 'batch',
        body: bytes,
        scanned: scanBody(bytes),
        isStream: false,
        arrivedMs: performance.now(),
        passHeaders: {},
        ...(isRepeat && { isRepeat: true as const }),
      },
      signal,
    )
  } catch (error) {
    if (signal.aborted) throw error
    const wire = toWireError(error)
    return { status: wire.status, body: Buffer.from(wireErrorBody(api, wire)), retryAfterMs: null }
  }
}

function objectOf({ body }: Collected): JsonObject {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (isObject(value)) return value
  } catch {
    // Said below.
  }
  return {
    error: { message: body.toString('utf8').slice(0, 1000), type: 'server_error', code: 'model-garbage' },
  }
}
