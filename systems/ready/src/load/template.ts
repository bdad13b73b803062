import { InvalidInputError } from '@heavylift/core'
import type { Scenario, ScenarioRequest } from './scenario.ts'

export type Values = Readonly<Record<string, string>>

/** A request ready to be sent for given values; without templates the same bytes each time. */
export interface Prepared {
  request: ScenarioRequest
  isHead: boolean
  /** Bytes of HTTP/1.1. @throws InvalidInputError where a variable has no value */
  bytes(values: Values): Buffer
}

const variable = /\{\{\s*([\w.-]+)\s*\}\}/g

/** @param authority host and port as the Host header has them */
export function prepare(scenario: Scenario, request: ScenarioRequest, authority: string): Prepared {
  const parts = [request.path, request.body ?? '', ...Object.values(request.headers)]
  const isFixed = !parts.some((part) => part.includes('{{'))
  const fixed = isFixed ? compose(request, authority, {}) : null
  return {
    request,
    isHead: request.method === 'HEAD',
    bytes: (values) => fixed ?? compose(request, authority, { ...scenario.variables, ...values }),
  }
}

function compose(request: ScenarioRequest, authority: string, values: Values): Buffer {
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
  const lines = [`${request.method} ${fill(request.path, encodeURIComponent)} HTTP/1.1`]
  if (!given.has('host')) lines.push(`Host: ${authority}`)
  // A value must not become a header of its own.
  for (const [name, value] of Object.entries(request.headers))
    if (name.toLowerCase() !== 'content-length')
      lines.push(`${name}: ${fill(value, (one) => one.replaceAll(/[\r\n]/g, ' '))}`)
  if (body !== null) {
    if (!given.has('content-type')) lines.push('Content-Type: application/json')
    lines.push(`Content-Length: ${body.length}`)
  } else if (request.method !== 'GET' && request.method !== 'HEAD') lines.push('Content-Length: 0')
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
