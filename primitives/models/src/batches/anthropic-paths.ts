import { ConflictError } from '@heavylift/core'
import { needsDatabase } from '../failure/needs-database.ts'
import { callerAndBody } from '../gateway/entry/call-paths.ts'
import type { Asking, OwnPath } from '../gateway/entry/own-paths.ts'
import { sendJson } from '../gateway/entry/send-json.ts'
import type { JsonObject } from '../wire/codec.ts'
import { invalidField } from '../wire/json-access.ts'
import { isOver } from './batch.ts'
import type { Batch } from './batch.ts'
import type { Batches } from './batches.ts'
import { parseBody } from './parse-body.ts'
import { readLines } from './read-lines.ts'
import { sendLines } from './send-lines.ts'

const windowMs = 24 * 3_600_000
const maxBatchBytes = 128 * 1024 * 1024

/** Anthropic's message batches (API reference, Message Batches), on the same runs. Null where there is no database. */
export function anthropicBatchPaths(batches: Batches | null): OwnPath[] {
  const need = (): Batches => {
    if (batches === null) throw needsDatabase('Message batches')
    return batches
  }
  const find = async ({ identify, request, params }: Asking) => {
    const { tenantId } = await identify(request)
    return need().find({ tenantId, id: params['id'] ?? '' }, true)
  }
  return [
    {
      path: '/v1/messages/batches',
      api: 'messages',
      methods: {
        async GET(asking) {
          const { tenantId } = await asking.identify(asking.request)
          const found = (await need().list(tenantId, true)).toReversed()
          sendJson(
            asking.response,
            page(
              found.map((batch) => batchObject(batch, asking)),
              asking.query,
            ),
          )
        },
        async POST(asking) {
          const { caller, body } = await callerAndBody(asking, maxBatchBytes)
          const { files, keepMs } = need()
          const lines = requestLines(parseBody(body))
          // Said at once, since this API has no batch that fails as a whole.
          const { problems } = await readLines(new Blob([lines]).stream(), '/v1/messages')
          const [first] = problems
          if (first) {
            const at = first.line === null ? 'requests' : `requests[${first.line - 1}]`
            throw invalidField(at, first.message)
          }
          const name = { filename: 'requests.jsonl', purpose: 'message_batch', keepMs }
          const { id: inputFileId } = await files.put(caller.tenantId, name, lines)
          const wanted = { endpoint: '/v1/messages', inputFileId, metadata: null, windowMs }
          sendJson(asking.response, batchObject(await need().create(caller, wanted), asking))
        },
      },
    },
    {
      path: '/v1/messages/batches/:id',
      api: 'messages',
      methods: {
        async GET(asking) {
          sendJson(asking.response, batchObject(await find(asking), asking))
        },
        async DELETE(asking) {
          const batch = await find(asking)
          if (!isOver(batch)) throw notOver('be deleted')
          await need().drop(batch)
          sendJson(asking.response, { id: batch.id, type: 'message_batch_deleted' })
        },
      },
    },
    {
      path: '/v1/messages/batches/:id/cancel',
      api: 'messages',
      methods: {
        async POST(asking) {
          await need().cancel(await find(asking))
          sendJson(asking.response, batchObject(await find(asking), asking))
        },
      },
    },
    {
      path: '/v1/messages/batches/:id/results',
      api: 'messages',
      methods: {
        async GET(asking) {
          const batch = await find(asking)
          if (batch.outputFileId === null) throw notOver('be read')
          await sendLines(asking.response, await need().files.read(batch.tenantId, batch.outputFileId), null)
        },
      },
    },
  ]
}

function requestLines({ requests }: JsonObject): string {
  if (!Array.isArray(requests) || requests.length === 0) {
    throw invalidField('requests', 'expected a list of { custom_id, params }.')
  }
  return requests.map((request) => JSON.stringify(request)).join('\n')
}

function batchObject(batch: Batch, { request }: Asking): JsonObject {
  const at = (...names: string[]) => {
    const found = names.map((name) => batch.times[`${name}_at`]).find((time) => time !== undefined)
    return found === undefined ? null : new Date(found * 1000).toISOString()
  }
  const over = isOver(batch)
  const unasked = batch.total - batch.completed - batch.failed
  return {
    id: batch.id,
    type: 'message_batch',
    processing_status: over ? 'ended' : batch.status === 'cancelling' ? 'canceling' : 'in_progress',
    request_counts: {
      processing: over ? 0 : unasked,
      succeeded: over ? batch.completed : 0,
      errored: over ? batch.failed : 0,
      canceled: batch.status === 'cancelled' ? unasked : 0,
      expired: batch.status === 'expired' ? unasked : 0,
    },
    created_at: new Date(batch.madeAtMs).toISOString(),
    expires_at: new Date(batch.expiresAtMs).toISOString(),
    ended_at: at('completed', 'expired', 'cancelled', 'failed'),
    cancel_initiated_at: at('cancelling'),
    archived_at: null,
    results_url:
      batch.outputFileId === null
        ? null
        : `${originOf(request)}/v1/messages/batches/${encodeURIComponent(batch.id)}/results`,
  }
}

/** As the client reached it: clients follow `results_url`. */
function originOf({ headers, socket }: Asking['request']): string {
  const isSecure = 'encrypted' in socket || headers['x-forwarded-proto'] === 'https'
  return `${isSecure ? 'https' : 'http'}://${headers.host ?? 'localhost'}`
}

/** Newest first, by `before_id`, `after_id` and `limit`. */
function page(batches: JsonObject[], query: string): JsonObject {
  const parameters = new URLSearchParams(query)
  const limit = Number(parameters.get('limit') ?? 20)
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw invalidField('limit', 'expected a whole number from 1 to 1000.')
  }
  const after = parameters.get('after_id')
  const before = parameters.get('before_id')
  const start = after === null ? 0 : batches.findIndex(({ id }) => id === after) + 1
  const beforeAt = before === null ? -1 : batches.findIndex(({ id }) => id === before)
  const from = beforeAt < 0 ? start : Math.max(0, beforeAt - limit)
  const to = beforeAt < 0 ? start + limit : beforeAt
  const data = batches.slice(from, to)
  return {
    data,
    has_more: beforeAt < 0 ? to < batches.length : from > 0,
    first_id: data[0]?.['id'] ?? null,
    last_id: data.at(-1)?.['id'] ?? null,
  }
}

function notOver(what: string): ConflictError {
  return new ConflictError({
    code: 'batch-not-over',
    message: `A batch that has not ended cannot ${what}. Cancel it, or wait until its processing_status is "ended".`,
  })
}
