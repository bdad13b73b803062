import { InvalidInputError, NotFoundError } from '@heavylift/core'
import { needsDatabase } from '../failure/needs-database.ts'
import { callerAndBody } from '../gateway/entry/call-paths.ts'
import type { Asking, OwnPath } from '../gateway/entry/own-paths.ts'
import { pageOf } from '../gateway/entry/page-of.ts'
import { sendJson } from '../gateway/entry/send-json.ts'
import type { KeptFile } from '../kept/kept-files.ts'
import { invalidField, isObject, textAt } from '../wire/json-access.ts'
import type { JsonObject } from '../wire/codec.ts'
import { batchApis } from './batch.ts'
import type { Batch } from './batch.ts'
import type { Batches } from './batches.ts'
import { parseBody } from './parse-body.ts'
import { readUpload } from './read-upload.ts'
import { sendLines } from './send-lines.ts'

const maxFileBytes = 128 * 1024 * 1024
const dayMs = 86_400_000
const leastKeptSeconds = 3600
const endpoints = Object.keys(batchApis).filter((path) => path !== '/v1/messages')

/** OpenAI's files and batches (API reference, Files and Batch). Null where there is no database. */
export function openAiBatchPaths(batches: Batches | null): OwnPath[] {
  const need = (): Batches => {
    if (batches === null) throw needsDatabase('Files and batches')
    return batches
  }
  const findFile = async ({ identify, request, params }: Asking) => {
    const { tenantId } = await identify(request)
    const id = params['id'] ?? ''
    const file = await need().files.find(tenantId, id)
    if (file !== null) return { tenantId, file }
    throw new NotFoundError({ code: 'file-unknown', message: `There is no file "${id.slice(0, 100)}".` })
  }
  const findBatch = async ({ identify, request, params }: Asking) => {
    const { tenantId } = await identify(request)
    return need().find({ tenantId, id: params['id'] ?? '' }, false)
  }
  return [
    {
      path: '/v1/files',
      api: 'chat',
      methods: {
        async GET({ identify, request, response, query }) {
          const { tenantId } = await identify(request)
          const files = await need().files.list(tenantId, new URLSearchParams(query).get('purpose'))
          sendJson(response, pageOf(files.map(fileObject), query, 10_000, 10_000))
        },
        async POST(asking) {
          const { caller, body } = await callerAndBody(asking, maxFileBytes)
          const { files, keepMs } = need()
          const { file, fields } = await readUpload(asking.request, body)
          if (fields.get('purpose') !== 'batch') {
            throw invalidField('purpose', 'this gateway keeps files for batches only: expected "batch".')
          }
          const kept = await files.put(
            caller.tenantId,
            { filename: file.name, purpose: 'batch', keepMs: keptFor(fields, keepMs) },
            file.stream(),
          )
          sendJson(asking.response, fileObject(kept))
        },
      },
    },
    {
      path: '/v1/files/:id',
      api: 'chat',
      methods: {
        async GET(asking) {
          sendJson(asking.response, fileObject((await findFile(asking)).file))
        },
        async DELETE(asking) {
          const { tenantId, file } = await findFile(asking)
          await need().files.drop(tenantId, file.id)
          sendJson(asking.response, { id: file.id, object: 'file', deleted: true })
        },
      },
    },
    {
      path: '/v1/files/:id/content',
      api: 'chat',
      methods: {
        async GET(asking) {
          const { tenantId, file } = await findFile(asking)
          await sendLines(asking.response, await need().files.read(tenantId, file.id), file.bytes)
        },
      },
    },
    {
      path: '/v1/batches',
      api: 'chat',
      methods: {
        async GET({ identify, request, response, query }) {
          const { tenantId } = await identify(request)
          const found = await need().list(tenantId, false)
          sendJson(response, pageOf(found.map(batchObject), query, 20))
        },
        async POST(asking) {
          const { caller, body } = await callerAndBody(asking)
          const made = need()
          const wanted = parseBody(body)
          const inputFileId = textAt(wanted, 'input_file_id')
          const endpoint = textAt(wanted, 'endpoint')
          if (!endpoints.includes(endpoint)) {
            throw invalidField('endpoint', `expected one of ${endpoints.join(', ')}.`)
          }
          const file = await made.files.find(caller.tenantId, inputFileId)
          if (file?.purpose !== 'batch') {
            throw invalidField('input_file_id', 'there is no such file. Upload one with the purpose "batch".')
          }
          const windowMs = windowOf(textAt(wanted, 'completion_window'))
          const metadata = metadataOf(wanted['metadata'])
          sendJson(
            asking.response,
            batchObject(await made.create(caller, { endpoint, inputFileId, metadata, windowMs })),
          )
        },
      },
    },
    {
      path: '/v1/batches/:id',
      api: 'chat',
      methods: {
        async GET(asking) {
          sendJson(asking.response, batchObject(await findBatch(asking)))
        },
      },
    },
    {
      path: '/v1/batches/:id/cancel',
      api: 'chat',
      methods: {
        async POST(asking) {
          const batch = await findBatch(asking)
          await need().cancel(batch)
          sendJson(asking.response, batchObject(await findBatch(asking)))
        },
      },
    },
  ]
}

function fileObject(file: KeptFile): JsonObject {
  return {
    id: file.id,
    object: 'file',
    bytes: file.bytes,
    created_at: seconds(file.madeAtMs),
    expires_at: seconds(file.expiresAtMs),
    filename: file.filename,
    purpose: file.purpose,
    status: 'processed',
    status_details: null,
  }
}

function batchObject(batch: Batch): JsonObject {
  const at = (name: string) => batch.times[`${name}_at`] ?? null
  return {
    id: batch.id,
    object: 'batch',
    endpoint: batch.endpoint,
    errors: batch.errors && { object: 'list', data: batch.errors },
    input_file_id: batch.inputFileId,
    completion_window: `${(batch.expiresAtMs - batch.madeAtMs) / 3_600_000}h`,
    status: batch.status,
    output_file_id: batch.outputFileId,
    error_file_id: batch.errorFileId,
    created_at: seconds(batch.madeAtMs),
    in_progress_at: at('in_progress'),
    expires_at: seconds(batch.expiresAtMs),
    finalizing_at: at('finalizing'),
    completed_at: at('completed'),
    failed_at: at('failed'),
    expired_at: at('expired'),
    cancelling_at: at('cancelling'),
    cancelled_at: at('cancelled'),
    request_counts: { total: batch.total, completed: batch.completed, failed: batch.failed },
    metadata: batch.metadata,
  }
}

/** OpenAI's own is 24h; hours and days up to a week are as good here. */
function windowOf(text: string): number {
  const [, count, unit] = /^(\d{1,3})(h|d)$/.exec(text) ?? []
  const ms = Number(count) * (unit === 'd' ? dayMs : 3_600_000)
  if (ms >= 3_600_000 && ms <= 7 * dayMs) return ms
  throw invalidField('completion_window', 'expected "24h", or another time from "1h" to "7d".')
}

/** Up to 16 texts, as the reference has it. */
function metadataOf(value: unknown): JsonObject | null {
  if (value === undefined || value === null) return null
  if (isObject(value) && Object.keys(value).length <= 16) {
    if (Object.values(value).every((text) => typeof text === 'string' && text.length <= 512)) return value
  }
  throw invalidField('metadata', 'expected at most 16 texts of at most 512 characters.')
}

function keptFor(fields: Map<string, string>, keepMs: number): number {
  const wanted = fields.get('expires_after[seconds]')
  if (wanted === undefined) return keepMs
  const ms = Number(wanted) * 1000
  if (ms >= leastKeptSeconds * 1000 && ms <= keepMs) return ms
  throw new InvalidInputError({
    code: 'field-invalid',
    message: `expires_after.seconds: expected ${leastKeptSeconds} to ${keepMs / 1000}.`,
    details: { param: 'expires_after' },
  })
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}
