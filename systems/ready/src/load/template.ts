import { InvalidInputError } from '@heavylift/core'
import type { Scenario, ScenarioRequest } from './scenario.ts'

export type Values = Readonly<Record<string, string>>

/** A request ready to be sent for given values; without templates the same bytes each time. */
export interface Prepared {
  request: ScenarioRequest
  isHead: boolean
  /** Bytes of HTTP/1.1. @throws InvalidInputError where a variable has no value */
  bytes(values: Values): Buffer
  /** The same in parts, for clients that write it themselves. @throws InvalidInputError where a variable has no value */
  parts(values: Values): RequestParts
}

export interface RequestParts {
  method: string
  path: string
  headers: [name: string, value: string][]
  body: Buffer | null
}

const variable = /\{\{\s*([\w.-]+)\s*\}\}/g

/**
 * Says before anything is sent which variables nothing gives a value.
 * @throws InvalidInputError `variable-missing` with all their names
 */
export function checkVariables({ requests, variables, data }: Scenario): void {
  const known = new Set([
    ...Object.keys(variables),
    ...Object.keys(data[0] ?? {}),
    ...requests.flatMap(({ extract }) => Object.keys(extract)),
  ])
  const missing = requests.flatMap(({ name, path, body = '', headers }) =>
    [path, body, ...Object.values(headers)]
      .flatMap((text) => [...text.matchAll(variable)].map(([, one]) => one!))
      .filter((one) => !known.has(one))
      .map((one) => ({ request: name, one })),
  )
  if (missing.length === 0) return
  const names = [...new Set(missing.map(({ one }) => one))]
  throw new InvalidInputError({
    code: 'variable-missing',
    message: `No value is given for ${names.join(', ')}, first used by "${missing[0]!.request}". Give it under variables, as in \`variables: { ${names[0]}: … }\`, under data or by extract.`,
  })
}

/** @param authority host and port as the Host header has them */
export function prepare(scenario: Scenario, request: ScenarioRequest, authority: string): Prepared {
  const templates = [request.path, request.body ?? '', ...Object.values(request.headers)]
  const isFixed = !templates.some((part) => part.includes('{{'))
  const parts = (values: Values) =>
    fillParts(request, authority, isFixed ? {} : { ...scenario.variables, ...values })
  const fixed = isFixed ? compose(parts({})) : null
  return {
    request,
    isHead: request.method === 'HEAD',
    bytes: (values) => fixed ?? compose(parts(values)),
    parts,
  }
}

function fillParts(request: ScenarioRequest, authority: string, values: Values): RequestParts {
  const fill = (text: string, encode: (value: string) => string) =>
    text.replaceAll(variable, (_, name: string) => {
      const value = values[name]
      if (value === undefined)
        throw new InvalidInputError({
          code: 'variable-missing',
          message: `${request.name} uses {{${name}}}, which has no value. Give it under variables, data or extract.`,
        })
      return encode(value)
    })
  const body =
    request.body === undefined
      ? null
      : Buffer.from(
          fill(request.body, (value) => value),
          'utf8',
        )
  const given = new Set(Object.keys(request.headers).map((name) => name.toLowerCase()))
  const headers: RequestParts['headers'] = []
  if (!given.has('host')) headers.push(['Host', authority])
  // A value must not become a header of its own.
  for (const [name, value] of Object.entries(request.headers))
    if (name.toLowerCase() !== 'content-length')
      headers.push([name, fill(value, (one) => one.replaceAll(/[\r\n]/g, ' '))])
  if (body !== null && !given.has('content-type')) headers.push(['Content-Type', 'application/json'])
  return { method: request.method, path: fill(request.path, encodeURIComponent), headers, body }
}

function compose({ method, path, headers, body }: RequestParts): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)]
  if (body !== null) lines.push(`Content-Length: ${body.length}`)
  else if (method !== 'GET' && method !== 'HEAD') lines.push('Content-Length: 0')
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  return body === null ? head : Buffer.concat([head, body])
}

/** The value at a path of JSON, `$.a.b[0]`; undefined where there is none. */
export function extractValue(body: string, path: string): string | undefined {
  let at: unknown
  try {
    at = JSON.parse(body)
  } catch {
    return undefined
  }
  for (const part of path.replace(/^\$\.?/, '').match(/[^.[\]]+/g) ?? []) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Record<string, unknown>)[part.replaceAll(/^['"]|['"]$/g, '')]
  }
  return typeof at === 'string'
    ? at
    : typeof at === 'number' || typeof at === 'boolean'
      ? String(at)
      : undefined
}
