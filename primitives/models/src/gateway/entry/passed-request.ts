import type { IncomingMessage } from 'node:http'
import { boundaryOf, modelInForm } from '../../wire/multipart-model.ts'
import { rewriteBody } from '../../wire/rewrite-body.ts'
import { blankScan, scanBody } from '../../wire/scan-body.ts'
import type { ScannedBody } from '../../wire/scan-body.ts'

/** A request that passes as bytes: nothing of it is known but where it goes and which model it names. */
export interface PassedRequest {
  method: string
  /** Below `/v1`, with a slash before it, as it was sent. */
  path: string
  headers: Record<string, string>
  /** What it sends to a replica that calls the model so; null where it names none. */
  as(model: string | null): { body: Buffer; query: string }
}

export interface ReadRequest {
  passed: PassedRequest
  scanned: ScannedBody
}

/** What an upstream may need of a request. Who asks, and from where, stays here. */
const passedHeaders = ['accept', 'accept-language', 'content-type', 'idempotency-key', 'range']

/** Finds the model: in a JSON body, in a form, or in the query. Throws for JSON that is none. */
export function readPassedRequest(
  request: Pick<IncomingMessage, 'method' | 'headers'>,
  path: string,
  query: string,
  body: Buffer,
): ReadRequest {
  const type = request.headers['content-type'] ?? ''
  const boundary = boundaryOf(type)
  const form = boundary === null ? null : modelInForm(body, boundary)
  // A list is JSON too; it only names no model.
  const json =
    /^application\/(?:[\w.-]+\+)?json\b/i.test(type) && firstByte(body) === 0x7b ? scanBody(body) : null
  const parameters = new URLSearchParams(query)
  const inQuery = form === null && (json?.model ?? null) === null ? parameters.get('model') : null
  const scanned = { ...(json ?? blankScan()), model: form?.model ?? json?.model ?? inQuery }
  return {
    scanned,
    passed: {
      method: request.method ?? 'GET',
      path,
      headers: headersOf(request),
      as(model) {
        if (model === null) return { body, query }
        if (inQuery !== null) {
          const renamed = new URLSearchParams(query)
          renamed.set('model', model)
          return { body, query: `?${renamed.toString()}` }
        }
        if (form !== null) {
          const before = body.subarray(0, form.span.start)
          return { body: Buffer.concat([before, Buffer.from(model), body.subarray(form.span.end)]), query }
        }
        return { body: json?.model == null ? body : rewriteBody(body, json, { model }), query }
      },
    },
  }
}

function headersOf({ headers }: Pick<IncomingMessage, 'headers'>): Record<string, string> {
  const passed: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && (passedHeaders.includes(name) || /^(?:openai|anthropic)-/.test(name))) {
      passed[name] = value
    }
  }
  return passed
}

function firstByte(body: Buffer): number | undefined {
  return body.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)
}
