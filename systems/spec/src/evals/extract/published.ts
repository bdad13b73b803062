import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'

/** What somebody else says of a service. `null` where the source does not list that at all. */
export interface Published {
  operations: { method: string; path: string }[]
  /** `METHOD path name`. */
  parameters: Map<string, Set<string>> | null
  statuses: Map<string, Set<number>> | null
  hasErrors: boolean
  /** `METHOD path` to `name keyword value`. */
  constraints: Map<string, Set<string>> | null
  /** Operations (`METHOD path`) that are only for who is signed in; null where the source has no word for that. */
  signIn: ReadonlySet<string> | null
  /** Paths that servers put before, as the document says. */
  bases: string[]
  /**
   * Names that the source can not list as parameters: OpenAPI says that headers Accept, Content-Type and Authorization stand elsewhere, and keys
   * of its security schemes too. Lower case.
   */
  unlisted: ReadonlySet<string>
}

export const operationKey = (method: string, path: string) =>
  `${method.toUpperCase()} ${path.replaceAll(/\{[^{}]*\}/g, '{}').replace(/(?<=.)\/$/, '')}`

const names = [
  'truth.json',
  'openapi.yml',
  'openapi.yaml',
  'openapi.json',
  'swagger.json',
  'swagger.yml',
  'swagger.yaml',
]

/** The first of truth.json and openapi.* in a folder; null where there is none. */
export async function readPublished(dir: string): Promise<Published | null> {
  for (const name of names) {
    const text = await readFile(join(dir, name), 'utf8').catch(() => null)
    if (text === null) continue
    const value: unknown = name.endsWith('.json') ? JSON.parse(text) : parse(text, { maxAliasCount: -1 })
    return name === 'truth.json' ? fromTruth(value as Truth) : fromOpenApi(value as Api)
  }
  return null
}

interface Truth {
  operations: [string, string][]
  parameters?: [string, string, string, string?][]
  responses?: [string, string, string | number, string?][]
  constraints?: [string, string][]
}

function fromTruth(truth: Truth): Published {
  const statuses = truth.responses ? new Map<string, Set<number>>() : null
  for (const [method, path, status] of truth.responses ?? [])
    add(statuses, operationKey(method, path), Number(status))
  const parameters = truth.parameters ? new Map<string, Set<string>>() : null
  for (const [method, path, name] of truth.parameters ?? [])
    add(parameters, operationKey(method, path), /^X-|^Authorization$/i.test(name) ? name.toLowerCase() : name)
  const constraints = truth.constraints ? new Map<string, Set<string>>() : null
  for (const [where, what] of truth.constraints ?? []) {
    const [path = '', method = '', name = ''] = where.split(';').map((part) => part.trim())
    const [keyword = '', value = ''] = what
      .split(';')
      .map((part) => part.trim().replaceAll(/^["(]+|[")]+$/g, ''))
    add(constraints, operationKey(method, path), `${name} ${keyword} ${value.toLowerCase()}`)
  }
  return {
    operations: truth.operations.map(([method, path]) => ({ method, path })),
    parameters,
    statuses,
    hasErrors: (truth.responses ?? []).some(([, , status]) => Number(status) >= 400),
    constraints,
    signIn: null,
    bases: [''],
    // Who lists it of no operation lets sign-in stand elsewhere, as OpenAPI does.
    unlisted: new Set(
      [...(parameters?.values() ?? [])].some((all) => all.has('authorization')) ? [] : ['authorization'],
    ),
  }
}

interface ApiSchema {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, ApiSchema>
  required?: string[]
  items?: ApiSchema
  [keyword: string]: unknown
}
interface ApiParameter extends ApiSchema {
  name?: string
  in?: string
  schema?: ApiSchema
}
interface ApiOperation {
  security?: Record<string, unknown>[]
  parameters?: ApiParameter[]
  responses?: Record<string, unknown>
  requestBody?: { content?: Record<string, { schema?: ApiSchema }>; $ref?: string }
}
/** Specified in OpenAPI 3.1, 4.8.12.1: `in: header` with these names is ignored. */
const unlistedHeaders = ['accept', 'content-type', 'authorization']

function schemesOf(api: Api): Record<string, unknown> {
  const { securitySchemes } = (api['components'] ?? {}) as { securitySchemes?: Record<string, unknown> }
  return { ...(api['securityDefinitions'] as Record<string, unknown> | undefined), ...securitySchemes }
}

/** Names of the headers, cookies and query parameters that carry keys. */
function keysOf(api: Api): string[] {
  return Object.values(schemesOf(api)).flatMap((scheme) => {
    const { name } = (scheme ?? {}) as { name?: unknown }
    return typeof name === 'string' ? [name.toLowerCase()] : []
  })
}

interface Api {
  basePath?: string
  servers?: { url?: string }[]
  security?: Record<string, unknown>[]
  paths?: Record<string, Record<string, unknown>>
  [part: string]: unknown
}

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace']
const keywords = [
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'enum',
  'format',
  'minItems',
  'maxItems',
  'multipleOf',
  'exclusiveMinimum',
  'exclusiveMaximum',
]

function fromOpenApi(api: Api): Published {
  const follow = <T extends { $ref?: string }>(value: T | undefined): T | undefined => {
    let at: unknown = value
    for (let hop = 0; hop < 8; hop++) {
      const ref = (at as { $ref?: unknown } | undefined)?.$ref
      if (typeof ref !== 'string' || !ref.startsWith('#/')) return at as T | undefined
      at = ref
        .slice(2)
        .split('/')
        .reduce<unknown>(
          (inside, part) =>
            (inside as Record<string, unknown> | undefined)?.[
              part.replaceAll('~1', '/').replaceAll('~0', '~')
            ],
          api,
        )
    }
    return undefined
  }
  const whole = (schema: ApiSchema | undefined, depth = 0): ApiSchema | undefined => {
    const own = follow(schema)
    if (!own || depth > 8) return own
    const parts = [...listOf(own['allOf']), ...onlyOne(own['anyOf']), ...onlyOne(own['oneOf'])]
    return parts.reduce<ApiSchema>((all, part) => joined(all, whole(part, depth + 1) ?? {}), own)
  }
  const signIn = Object.keys(schemesOf(api)).length > 0 ? new Set<string>() : null
  const published: Published = {
    signIn,
    operations: [],
    parameters: new Map(),
    statuses: new Map(),
    hasErrors: false,
    constraints: new Map(),
    bases: [''],
    unlisted: new Set([...unlistedHeaders, ...keysOf(api)]),
  }
  if (api.basePath) published.bases.push(api.basePath.replace(/\/$/, ''))
  for (const { url } of api.servers ?? [])
    published.bases.push((url ?? '').replace(/^[^/]*:\/\/[^/]*/, '').replace(/\/$/, ''))
  for (const [path, item] of Object.entries(api.paths ?? {}))
    for (const method of methods) {
      const operation = item[method] as ApiOperation | undefined
      if (!operation) continue
      const key = operationKey(method, path)
      published.operations.push({ method: method.toUpperCase(), path })
      // An empty requirement among them is for everybody (OpenAPI 3.1, 4.8.30).
      const asked = operation.security ?? api.security ?? []
      if (asked.length > 0 && asked.every((one) => Object.keys(one).length > 0)) signIn?.add(key)
      const shared = Array.isArray(item['parameters']) ? (item['parameters'] as ApiParameter[]) : []
      const own = Array.isArray(operation.parameters) ? operation.parameters : []
      for (const given of [...shared, ...own]) {
        const parameter = follow(given)
        if (!parameter?.name) continue
        // Of Swagger 2 a body is a parameter.
        if (parameter.in === 'body') {
          constrainFields(published, key, whole(parameter.schema), whole)
          continue
        }
        add(
          published.parameters,
          key,
          parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name,
        )
        const schema = { ...whole(parameter.schema), ...(parameter.schema ? {} : parameter) }
        if ((parameter as { required?: unknown }).required === true && parameter.in !== 'path')
          add(published.constraints, key, `${parameter.name} required true`)
        constrain(published, key, parameter.name, schema, whole)
      }
      for (const content of Object.values(follow(operation.requestBody)?.content ?? {})) {
        constrainFields(published, key, whole(content.schema), whole)
      }
      for (const status of Object.keys(operation.responses ?? {})) {
        if (!/^\d{3}$/.test(status)) continue
        add(published.statuses, key, Number(status))
        if (Number(status) >= 400) published.hasErrors = true
      }
    }
  return published
}

const listOf = (value: unknown): ApiSchema[] => (Array.isArray(value) ? (value as ApiSchema[]) : [])

/** What a value has to be that may be missing or empty besides: the other one of two. */
function onlyOne(value: unknown): ApiSchema[] {
  const isNothing = ({ type, enum: values, const: only }: ApiSchema) =>
    type === 'null' ||
    only === null ||
    (Array.isArray(values) && values.every((one) => one === null || one === ''))
  const real = listOf(value).filter((one) => !isNothing(one))
  return real.length === 1 ? real : []
}

const joined = (schema: ApiSchema, part: ApiSchema): ApiSchema => ({
  ...part,
  ...schema,
  properties: { ...part.properties, ...schema.properties },
  required: [...(part.required ?? []), ...(schema.required ?? [])],
})

function constrainFields(
  published: Published,
  key: string,
  schema: ApiSchema | undefined,
  whole: (value: ApiSchema | undefined) => ApiSchema | undefined,
): void {
  for (const [name, field] of Object.entries(schema?.properties ?? {})) {
    if (schema?.required?.includes(name)) add(published.constraints, key, `${name} required true`)
    constrain(published, key, name, whole(field) ?? {}, whole)
  }
}

function constrain(
  published: Published,
  key: string,
  name: string,
  schema: ApiSchema,
  whole: (value: ApiSchema | undefined) => ApiSchema | undefined,
): void {
  const items = whole(schema.items)
  if (items) constrain(published, key, `${name}[]`, items, whole)
  for (const keyword of keywords) {
    const value = schema[keyword]
    if (
      value === undefined ||
      (keyword === 'format' && !/^(?:email|uuid|uri)$/.test(typeof value === 'string' ? value : ''))
    )
      continue
    add(published.constraints, key, `${name} ${keyword} ${printed(value)}`)
  }
}

export const printed = (value: unknown): string =>
  (Array.isArray(value) ? value.map(String).toSorted().join('|') : String(value)).toLowerCase()

function add<T>(map: Map<string, Set<T>> | null, key: string, value: T): void {
  if (!map) return
  const set = map.get(key)
  if (set) set.add(value)
  else map.set(key, new Set([value]))
}
