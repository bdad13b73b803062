import type { Fact, FactOf, OperationFact } from '../facts/fact.ts'
import type { Field, Shape } from '../facts/shape.ts'
import { operationTitle } from '../requirements/say-fact.ts'
import type { Caller, Means } from './means.ts'
import { sampleOf } from './sample.ts'
import type { Models } from './sample.ts'

type Place = FactOf<'parameter'>['in']

/** A request before it is written out. */
export interface Draft {
  operation: OperationFact
  caller: Caller | null
  parts: Record<Place, Record<string, unknown>>
  /** `undefined`: none. */
  body: unknown
  mediaType: string
  /** Sent in the stead of the body. */
  raw?: string
}

export interface Written {
  method: string
  path: string
  headers: Record<string, string>
  body?: string
}

/** All that the facts say of one operation, and a request that fits it. */
export interface Subject {
  operation: OperationFact
  title: string
  parameters: FactOf<'parameter'>[]
  body: FactOf<'body'> | null
  guards: FactOf<'guard'>[]
  models: Models
  /** Names of path parameters of which nothing that is there was given. */
  unknownKeys: string[]
  fit: Draft
  /** Who is not signed in, and shows what other checks than those ask for who calls (a token against forgery); null where they ask for nothing. */
  nobody: Caller | null
}

/** Named so that nothing has it. */
const unknownName = 'heavylift-unknown'

/** A key that nothing has, in the form that the parameter asks for. */
export function unknownKey(
  parameter: Pick<FactOf<'parameter'>, 'shape' | 'constraints'> | undefined,
  given: unknown,
): unknown {
  const format = parameter?.constraints.find(({ keyword }) => keyword === 'format')?.value
  const isNumber = parameter?.shape.type === 'integer' || parameter?.shape.type === 'number'
  if (isNumber || /^\d+$/.test(textOf(given ?? ''))) return 987_654_321
  return format === 'uuid' || /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(textOf(given ?? ''))
    ? '00000000-0000-4000-8000-00000000dead'
    : unknownName
}

export function subjectsOf(facts: readonly Fact[], means: Means): Subject[] {
  const of = Map.groupBy(
    facts.filter((fact) => 'operation' in fact),
    (fact) => ('operation' in fact ? fact.operation : ''),
  )
  return facts
    .filter((fact) => fact.kind === 'operation')
    .map((operation) => subjectOf(operation, of.get(operation.id) ?? [], facts, means))
}

function subjectOf(
  operation: OperationFact,
  own: readonly Fact[],
  facts: readonly Fact[],
  means: Means,
): Subject {
  const title = operationTitle(operation)
  const models: Models = new Map(
    facts
      .filter((fact) => fact.kind === 'model')
      .filter(({ service }) => service === operation.service)
      .map((model) => [model.name, model]),
  )
  const parameters = own.filter((fact) => fact.kind === 'parameter')
  const guards = own.filter((fact) => fact.kind === 'guard')
  const bodies = own.filter((fact) => fact.kind === 'body')
  const body = bodies.find(({ mediaType }) => mediaType.includes('json')) ?? bodies[0] ?? null
  const valueOf = (name: string): unknown => means.values[`${title} ${name}`] ?? means.values[name]
  const keys = [...operation.path.matchAll(/\{([^{}*]+)\*?\}/g)].map(([, name = '']) => name)
  const parts: Draft['parts'] = { path: {}, query: {}, header: {}, cookie: {}, form: {} }
  for (const [position, name] of keys.entries()) {
    const said = parameters.find((one) => one.in === 'path' && one.position === position)
    parts.path[name] = valueOf(name) ?? unknownKey(said, undefined)
  }
  for (const one of parameters) {
    if (one.in === 'path' || isOfCaller(one)) continue
    const given = means.values[`${title} ${one.name}`]
    if (given !== undefined || one.isRequired)
      parts[one.in][one.name] =
        given ?? valueOf(one.name) ?? sampleOf(one.shape, one.constraints, one.name, models)
  }
  const roles = guards.filter(({ isOptional }) => !isOptional).flatMap((guard) => guard.roles)
  const caller =
    means.callers.find((one) => roles.every((role) => one.roles.includes(role))) ?? means.callers[0] ?? null
  return {
    operation,
    title,
    parameters,
    body,
    guards,
    models,
    unknownKeys: keys.filter((name) => valueOf(name) === undefined),
    nobody: caller && notSignedIn(caller, askedBesides(own)),
    fit: {
      operation,
      caller,
      parts,
      body: means.bodies[title] ?? (body ? sampleOf(body.shape, [], '', models) : undefined),
      mediaType:
        body?.mediaType.includes('/') && !body.mediaType.includes('*') ? body.mediaType : 'application/json',
    },
  }
}

/** Headers that checks ask for which do not ask who calls. */
function askedBesides(own: readonly Fact[]): Set<string> {
  const named = own
    .filter(
      (fact) =>
        (fact.kind === 'error' && fact.status !== 401) || (fact.kind === 'guard' && fact.guard === 'other'),
    )
    .flatMap(({ condition }) => condition.flat())
    .flatMap(({ subject }) => /^header\.([\w-]+)$/.exec(subject)?.[1]?.toLowerCase() ?? [])
  const signsIn = own
    .filter((fact) => fact.kind === 'guard')
    .filter(({ guard }) => guard === 'authentication' || guard === 'role')
    .flatMap(({ credentials }) => credentials.map(({ name }) => name.toLowerCase()))
  const others = new Set([...signsIn, 'authorization', 'cookie'])
  return new Set(named.filter((name) => !others.has(name)))
}

/** A caller without what it signs in by. A token in a header that is held against a cookie ("double submit cookie", cheatsheetseries.owasp.org) keeps that one. */
function notSignedIn(caller: Caller, kept: ReadonlySet<string>): Caller | null {
  const shown = Object.entries(caller.headers).filter(([name]) => kept.has(name.toLowerCase()))
  if (shown.length === 0) return null
  const values = new Set(shown.map(([, value]) => value))
  const cookies = Object.entries(caller.headers)
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split(/;\s*/))
    .filter((pair) => values.has(pair.slice(pair.indexOf('=') + 1)))
  return {
    name: 'nobody',
    headers: { ...Object.fromEntries(shown), ...(cookies.length > 0 && { cookie: cookies.join('; ') }) },
    roles: [],
  }
}

const isOfCaller = ({ in: place, name }: FactOf<'parameter'>) =>
  (place === 'header' && /^(?:authorization|cookie|content-(?:type|length))$/i.test(name)) ||
  place === 'cookie'

/** The fields that a body has, those of a model too. */
export function fieldsOf(shape: Shape, models: Models): Field[] {
  if (shape.type === 'object') return shape.fields
  return shape.type === 'model' ? (models.get(shape.name)?.fields ?? []) : []
}

export function writeOut({ operation, caller, parts, body, mediaType, raw }: Draft): Written {
  const path = operation.path.replaceAll(/\{([^{}*]+)(\*?)\}/g, (_, name: string, rest: string) => {
    const value = textOf(parts.path[name] ?? unknownName)
    return rest === '' ? encodeURIComponent(value) : encodeURI(value)
  })
  const pairs = (given: Record<string, unknown>) =>
    new URLSearchParams(
      Object.entries(given).flatMap(([name, value]) =>
        (Array.isArray(value) ? value : [value]).map((one) => [name, textOf(one)]),
      ),
    ).toString()
  const query = pairs(parts.query)
  const headers: Record<string, string> = { accept: 'application/json', ...caller?.headers }
  for (const [name, value] of Object.entries(parts.header)) headers[name.toLowerCase()] = textOf(value)
  const cookies = Object.entries(parts.cookie).map(([name, value]) => `${name}=${textOf(value)}`)
  if (cookies.length > 0) headers.cookie = [headers.cookie, ...cookies].filter(Boolean).join('; ')
  const hasForm = Object.keys(parts.form).length > 0
  const sends = operation.method !== 'GET' && operation.method !== 'HEAD' && operation.method !== '*'
  const text =
    raw ?? (hasForm ? pairs(parts.form) : body === undefined ? undefined : bodyText(body, mediaType))
  if (sends && text !== undefined)
    headers['content-type'] = hasForm ? 'application/x-www-form-urlencoded' : mediaType
  return {
    method: operation.method === '*' ? 'GET' : operation.method,
    path: path + (query === '' ? '' : `?${query}`),
    headers,
    ...(sends && text !== undefined && { body: text }),
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

const bodyText = (body: unknown, mediaType: string) =>
  mediaType.includes('x-www-form-urlencoded') && typeof body === 'object' && body !== null
    ? new URLSearchParams(Object.entries(body).map(([name, value]) => [name, textOf(value)])).toString()
    : JSON.stringify(body)
