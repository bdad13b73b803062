import type { ScannedBody, Span } from './scan-body.ts'

export interface BodyEdits {
  /** Written in place of the model's name. */
  model?: string
  /** Asks the upstream for usage at the end of a stream. */
  addUsage?: boolean
}

/**
 * The body with the edits spliced in; every other byte stays as the client wrote it. Returns `bytes` itself when
 * nothing changes. A body without `model` gets one.
 */
export function rewriteBody(bytes: Buffer, body: ScannedBody, edits: BodyEdits): Buffer {
  const splices: (Span & { text: string })[] = []
  let added = ''
  if (edits.model !== undefined && edits.model !== body.model) {
    const text = JSON.stringify(edits.model)
    for (const span of body.modelSpans) splices.push({ ...span, text })
    if (body.modelSpans.length === 0) added += `,"model":${text}`
  }
  if (edits.addUsage && !includesUsage(bytes, body)) {
    if (body.streamOptions === null) added += ',"stream_options":{"include_usage":true}'
    else splices.push({ ...body.streamOptions, text: withUsage(bytes, body.streamOptions) })
  }
  if (added) {
    splices.push({
      start: body.closingBrace,
      end: body.closingBrace,
      text: body.isEmpty ? added.slice(1) : added,
    })
  }
  if (splices.length === 0) return bytes

  splices.sort((a, b) => a.start - b.start)
  const parts: Buffer[] = []
  let from = 0
  for (const splice of splices) {
    parts.push(bytes.subarray(from, splice.start), Buffer.from(splice.text))
    from = splice.end
  }
  parts.push(bytes.subarray(from))
  return Buffer.concat(parts)
}

/** Whether the client itself asked for usage at the end of its stream. */
export function includesUsage(bytes: Buffer, body: ScannedBody): boolean {
  if (body.streamOptions === null) return false
  return readOptions(bytes, body.streamOptions)['include_usage'] === true
}

function withUsage(bytes: Buffer, span: Span): string {
  return JSON.stringify({ ...readOptions(bytes, span), include_usage: true })
}

function readOptions(bytes: Buffer, span: Span): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8', span.start, span.end))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
