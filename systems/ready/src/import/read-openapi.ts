import { z } from 'zod'
import { RequestCollector } from './imported.ts'
import type { Imported } from './imported.ts'

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const
const mostDepth = 12

/** OpenAPI 3.0 and 3.1 (and what Swagger 2.0 has in common with it): one request an operation, values from examples or made to fit the schema. */
export function readOpenApi(file: unknown): Imported | null {
  const parsed = z
    .object({
      openapi: z.string().optional(),
      swagger: z.string().optional(),
      info: z.object({ title: z.string().optional() }).optional(),
      servers: z.array(z.object({ url: z.string() })).nullish(),
      host: z.string().optional(),
      basePath: z.string().optional(),
      paths: z.record(z.string(), z.record(z.string(), z.unknown())),
    })
    .safeParse(file)
  if (!parsed.success || (parsed.data.openapi ?? parsed.data.swagger) === undefined) return null
  const { paths, info, servers, host, basePath, swagger } = parsed.data
  const collect = new RequestCollector()
  const base = (
    swagger === undefined
      ? (servers?.[0]?.url ?? '')
      : `${host === undefined ? '' : `http://${host}`}${basePath ?? ''}`
  )
    .replace(/\/$/, '')
    .replaceAll(/\{(\w+)\}/g, '{{$1}}')
  const resolve = new Resolver(file)
  for (const [path, operations] of Object.entries(paths)) {
    for (const method of methods) {
      const operation = record(operations[method])
      if (operation === null) continue
      const where = `paths.${path}.${method}`
      const parameters = [...list(operations['parameters']), ...list(operation['parameters'])].map(
        (one) => record(resolve.follow(one)) ?? {},
      )
      let filled = path
      const query: string[] = []
      const headers: [string, string][] = []
      let body: string | undefined
      for (const parameter of parameters) {
        const name = text(parameter['name'])
        const value = String(
          scalar(
            resolve.example(
              parameter['example'] ?? record(parameter['schema'])?.['example'],
              parameter['schema'] ?? parameter,
              0,
            ),
          ),
        )
        if (parameter['in'] === 'path') filled = filled.replaceAll(`{${name}}`, encodeURIComponent(value))
        else if (parameter['in'] === 'query' && parameter['required'] === true)
          query.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
        else if (parameter['in'] === 'header' && parameter['required'] === true) headers.push([name, value])
        else if (parameter['in'] === 'body')
          body = JSON.stringify(resolve.example(undefined, parameter['schema'], 0))
      }
      const content = record(record(resolve.follow(operation['requestBody']))?.['content'])
      if (content !== null) {
        const type = Object.keys(content).find((one) => /json/i.test(one))
        const media = type === undefined ? null : record(content[type])
        if (media === null)
          collect.leave(
            where,
            `A body of type ${Object.keys(content).join(', ')} is not made up; it is sent without one.`,
          )
        else {
          const named = record(media['examples'])
          const first =
            named === null ? undefined : record(resolve.follow(Object.values(named)[0]))?.['value']
          body = JSON.stringify(resolve.example(media['example'] ?? first, media['schema'], 0))
          headers.push(['Content-Type', type ?? 'application/json'])
        }
      }
      // What is left in braces is a parameter that nothing describes.
      filled = filled.replaceAll(/\{(\w[\w.-]*)\}/g, '{{$1}}')
      const good = Object.keys(record(operation['responses']) ?? {})
        .filter((status) => /^2\d\d$/.test(status))
        .map(Number)
      collect.add({
        where,
        name: text(operation['operationId']) || `${method.toUpperCase()} ${path}`,
        method,
        url: `${base === '' || base.startsWith('http') || base.startsWith('/') ? base : `/${base}`}${filled}${query.length === 0 ? '' : `?${query.join('&')}`}`,
        headers,
        body,
        ...(good.length === 0 ? {} : { check: { status: good } }),
      })
    }
  }
  return collect.finish(swagger === undefined ? 'OpenAPI 3' : 'Swagger 2', info?.title ?? 'API')
}

class Resolver {
  readonly #root: unknown
  constructor(root: unknown) {
    this.#root = root
  }

  /** The thing behind `$ref` within the file; undefined for one elsewhere. */
  follow(value: unknown, depth = 0): unknown {
    const reference = record(value)?.['$ref']
    if (typeof reference !== 'string' || depth > mostDepth) return value
    if (!reference.startsWith('#/')) return undefined
    let at: unknown = this.#root
    for (const part of reference.slice(2).split('/'))
      at = record(at)?.[decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')]
    return this.follow(at, depth + 1)
  }

  /** A value that a schema allows. */
  example(given: unknown, schemaOrReference: unknown, depth: number): unknown {
    if (given !== undefined) return given
    const schema = record(this.follow(schemaOrReference))
    if (schema === null || depth > mostDepth) return null
    const said =
      schema['example'] ??
      list(schema['examples'])[0] ??
      schema['default'] ??
      schema['const'] ??
      list(schema['enum'])[0]
    if (said !== undefined) return said
    const parts = list(schema['allOf'])
    if (parts.length > 0)
      return Object.assign(
        {},
        ...parts.map((part) => record(this.example(undefined, part, depth + 1)) ?? {}),
      ) as object
    const choice = list(schema['oneOf'])[0] ?? list(schema['anyOf'])[0]
    if (choice !== undefined) return this.example(undefined, choice, depth + 1)
    const type = Array.isArray(schema['type']) ? schema['type'].find((one) => one !== 'null') : schema['type']
    const properties = record(schema['properties'])
    if (type === 'object' || properties !== null) {
      const required = new Set(list(schema['required']))
      return Object.fromEntries(
        Object.entries(properties ?? {})
          .filter(([name]) => required.size === 0 || required.has(name))
          .map(([name, of]) => [name, this.example(undefined, of, depth + 1)]),
      )
    }
    if (type === 'array') return [this.example(undefined, schema['items'], depth + 1)]
    if (type === 'integer' || type === 'number')
      return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1
    if (type === 'boolean') return true
    const format = schema['format']
    if (format === 'date') return '2026-01-01'
    if (format === 'date-time') return '2026-01-01T00:00:00Z'
    if (format === 'uuid') return '00000000-0000-4000-8000-000000000001'
    if (format === 'email') return 'somebody@example.com'
    return 'text'.padEnd(
      typeof schema['minLength'] === 'number' ? Math.min(schema['minLength'], 1000) : 0,
      'x',
    )
  }
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const scalar = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as string | number | boolean)
