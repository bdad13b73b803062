import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'

/** One answer that was seen. */
export interface Observation {
  method: string
  /** Path of the request, without query. */
  path: string
  status: number
}

const har = z.object({
  log: z.object({
    entries: z.array(
      z.object({
        request: z.object({ method: z.string(), url: z.string() }),
        response: z.object({ status: z.number() }),
      }),
    ),
  }),
})

const attribute = z.object({
  key: z.string(),
  value: z
    .object({ stringValue: z.string().optional(), intValue: z.union([z.string(), z.number()]).optional() })
    .loose(),
})
const traces = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({ spans: z.array(z.object({ attributes: z.array(attribute).default([]) })) }),
      ),
    }),
  ),
})

/** Answers in a HAR file (1.2). What was aborted (status 0) is left out. @throws InvalidInputError `har-invalid` */
export function readHar(text: string): Observation[] {
  const read = har.safeParse(parsed(text))
  if (!read.success)
    throw new InvalidInputError({
      code: 'har-invalid',
      message: 'This is no HAR file: log.entries is missing.',
    })
  return read.data.log.entries.flatMap(({ request, response }) =>
    response.status === 0
      ? []
      : [{ method: request.method.toUpperCase(), path: pathOf(request.url), status: response.status }],
  )
}

/**
 * Answers in traces of OpenTelemetry (OTLP as JSON, one document or one a line), by the stable names of HTTP spans and the names
 * before them (`http.request.method`, `http.method`). @throws InvalidInputError `traces-invalid`
 */
export function readOtlp(text: string): Observation[] {
  const whole = traces.safeParse(parsed(text))
  const documents = whole.success
    ? [whole.data]
    : text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => traces.safeParse(parsed(line)).data)
  if (documents.length === 0 || documents.includes(undefined))
    throw new InvalidInputError({
      code: 'traces-invalid',
      message: 'These are no traces of OpenTelemetry as JSON: resourceSpans is missing.',
    })
  return documents.flatMap((document) =>
    (document?.resourceSpans ?? []).flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) =>
        spans.flatMap(({ attributes }): Observation[] => {
          const named = new Map(
            attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]),
          )
          const first = (...names: string[]) =>
            names.map((name) => named.get(name)).find((one) => one !== undefined)
          const method = first('http.request.method', 'http.method')
          const path = first('url.path', 'http.target', 'url.full', 'http.url')
          const status = Number(first('http.response.status_code', 'http.status_code'))
          return method === undefined || path === undefined || !Number.isInteger(status)
            ? []
            : [{ method: String(method).toUpperCase(), path: pathOf(String(path)), status }]
        }),
      ),
    ),
  )
}

function pathOf(url: string): string {
  return URL.canParse(url, 'http://service') ? new URL(url, 'http://service').pathname : url
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}
