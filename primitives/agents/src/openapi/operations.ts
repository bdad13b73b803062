import type { SideEffect } from '../definition/definition.ts'
import { cut } from '../import/names.ts'
import { pointerPart } from '../schema/json-pointer.ts'
import { cleanSchema } from './clean-schema.ts'
import { isObject, text } from '../import/json.ts'
import type { ApiDocument, Json } from './document.ts'

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'] as const
/** Methods that a call may use: the client has no others. */
const callable = new Set(['get', 'put', 'post', 'delete', 'patch', 'head'])

export interface ApiParameter {
  /** As the server calls it. */
  name: string
  /** As the tool's argument is called; differs where two of them have one name. */
  argument: string
  in: 'path' | 'query' | 'header'
  /** How a list or an object is written (OpenAPI 3, Style Values). */
  style: string
  explode: boolean
  /** It is sent as JSON text. */
  isJson: boolean
}

/** One operation of an API as a tool. */
export interface ApiOperation {
  /** `operationId`, or method and path; unique in the document. */
  name: string
  method: string
  /** With `{id}` in it. */
  path: string
  title: string
  description: string
  /** JSON Pointer in the document. */
  place: string
  servers: readonly string[]
  parameters: readonly ApiParameter[]
  /** Media type of the body that is sent; null where there is none. */
  bodyType: string | null
  input: Json
  output?: Json
  effect: SideEffect
  /** Name of the header that takes an idempotency key; the edge fills it. */
  keyHeader?: string
  /** Names of security schemes, any of which will do; empty where none is asked for. */
  security: readonly string[]
  /** What of it the document leaves open, and what is therefore not sent or not known. */
  faults: readonly string[]
}

export interface ReadOperations {
  operations: ApiOperation[]
  /** Operations that are no tools, each with the reason. */
  left: { place: string; why: string }[]
}

/** Longest JSON of an output schema that a tool carries, characters: some documents describe their whole world in every answer. */
const longestOutput = 64 * 1024

/** The operations of a document as tools. */
export function readOperations(document: ApiDocument): ReadOperations {
  const operations: ApiOperation[] = []
  const left: ReadOperations['left'] = []
  const names = new Set<string>()
  const paths = isObject(document.root['paths']) ? document.root['paths'] : {}
  for (const [path, given] of Object.entries(paths)) {
    if (path.startsWith('x-')) continue
    const item = document.resolve(given)
    if (item === null) {
      left.push({ place: `#/paths/${pointerPart(path)}`, why: 'its path item is in another file' })
      continue
    }
    for (const method of methods) {
      const operation = item[method]
      if (!isObject(operation)) continue
      const place = `#/paths/${pointerPart(path)}/${method}`
      if (!callable.has(method)) left.push({ place, why: `calls by ${method.toUpperCase()} are not made` })
      else operations.push(new OperationReader(document, path, method, item, operation, place, names).read())
    }
  }
  return { operations, left }
}

class OperationReader {
  readonly #document: ApiDocument
  readonly #path: string
  readonly #method: string
  readonly #item: Json
  readonly #operation: Json
  readonly #place: string
  readonly #names: Set<string>
  readonly #used = new Set<string>()
  readonly #faults: string[] = []

  constructor(
    document: ApiDocument,
    path: string,
    method: string,
    item: Json,
    operation: Json,
    place: string,
    names: Set<string>,
  ) {
    this.#document = document
    this.#path = path
    this.#method = method
    this.#item = item
    this.#operation = operation
    this.#place = place
    this.#names = names
  }

  read(): ApiOperation {
    const { parameters, properties, required, body, keyHeader } = this.#parameters()
    if (body !== null) {
      properties['body'] = body.schema
      if (body.isRequired) required.push('body')
    }
    const isGet = this.#method === 'get' || this.#method === 'head'
    const input: Json = {
      type: 'object',
      properties,
      ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
      additionalProperties: false,
      ...(this.#used.size > 0 ? { $defs: this.#document.definitions(this.#used) } : {}),
    }
    const output = this.#output()
    const summary = text(this.#operation['summary'])
    return {
      name: this.#name(),
      method: this.#method.toUpperCase(),
      path: this.#path,
      title: cut(summary || `${this.#method.toUpperCase()} ${this.#path}`, 200),
      description:
        [summary, text(this.#operation['description'])].filter((part) => part !== '').join('\n\n') ||
        `${this.#method.toUpperCase()} ${this.#path}`,
      place: this.#place,
      servers: this.#servers(),
      parameters,
      bodyType: body?.type ?? null,
      input,
      ...(output === undefined ? {} : { output }),
      effect: isGet ? 'none' : 'outside',
      ...(keyHeader === undefined ? {} : { keyHeader }),
      security: this.#security(),
      faults: this.#faults,
    }
  }

  #name(): string {
    const given =
      text(this.#operation['operationId']) || `${this.#method}_${this.#path}`.replace(/[^A-Za-z0-9]+/g, '_')
    const plain =
      given
        .replace(/[^A-Za-z0-9_.-]+/g, '_')
        .replace(/^_+|_+$/g, '')
        .slice(0, 120) || this.#method
    let name = plain
    for (let count = 2; this.#names.has(name); count++) name = `${plain}_${count}`
    this.#names.add(name)
    return name
  }

  #clean(schema: unknown): Json {
    const cleaned = cleanSchema(schema, this.#document.use(this.#used))
    return typeof cleaned === 'boolean' ? (cleaned ? {} : { not: {} }) : cleaned
  }

  #parameters(): {
    parameters: ApiParameter[]
    properties: Json
    required: string[]
    body: Body | null
    keyHeader?: string
  } {
    // Those of the operation take the place of those of its path.
    const given = new Map<string, Json>()
    for (const list of [this.#item['parameters'], this.#operation['parameters']])
      for (const each of Array.isArray(list) ? list : []) {
        const parameter = this.#document.resolve(each)
        if (parameter) given.set(`${text(parameter['in'])} ${text(parameter['name'])}`, parameter)
        else this.#faults.push(`a parameter is left out: ${leadsNowhere(each)}`)
      }
    const parameters: ApiParameter[] = []
    const properties: Json = {}
    const required: string[] = []
    const form: Json = {}
    const formRequired: string[] = []
    let body: Body | null = this.#requestBody()
    let keyHeader: string | undefined
    for (const parameter of given.values()) {
      const place = text(parameter['in'])
      const name = text(parameter['name'])
      if (place === 'body')
        body = {
          type: this.#consumes() ?? 'application/json',
          schema: this.#clean(parameter['schema']),
          isRequired: parameter['required'] === true,
        }
      else if (place === 'formData') {
        form[name] = this.#parameterSchema(parameter)
        if (parameter['required'] === true) formRequired.push(name)
      } else if (place === 'header' && /^(idempotency-key|x-idempotency-key)$/i.test(name)) keyHeader = name
      else if (
        (place === 'path' || place === 'query' || place === 'header') &&
        name !== '' &&
        !(place === 'header' && /^(accept|content-type|authorization)$/i.test(name))
      ) {
        const argument =
          [name, `${place}_${name}`].find(
            (each) => !Object.hasOwn(properties, each) && each !== 'body' && each !== '__proto__',
          ) ?? `${place}_${name}_${parameters.length}`
        properties[argument] = this.#parameterSchema(parameter)
        if (parameter['required'] === true || place === 'path') required.push(argument)
        parameters.push({ name, argument, in: place, ...this.#style(parameter, place) })
      } else if (place !== 'header')
        this.#faults.push(
          name === ''
            ? `a parameter is left out: it has no name (in: ${place || 'nothing'})`
            : `the parameter ${name} is left out: it is in ${place || 'nothing'}, not in path, query or header`,
        )
    }
    // A path whose parameters nobody described still takes them.
    for (const [, name] of this.#path.matchAll(/\{([^{}]+)\}/g))
      if (
        name !== undefined &&
        !parameters.some((each) => each.in === 'path' && each.name === name) &&
        !Object.hasOwn(properties, name) &&
        name !== '__proto__'
      ) {
        properties[name] = { type: ['string', 'number'] }
        required.push(name)
        parameters.push({ name, argument: name, in: 'path', style: 'simple', explode: false, isJson: false })
      }
    if (Object.keys(form).length > 0)
      body = {
        type: this.#consumes() ?? 'application/x-www-form-urlencoded',
        schema: {
          type: 'object',
          properties: form,
          ...(formRequired.length > 0 ? { required: formRequired } : {}),
        },
        isRequired: formRequired.length > 0,
      }
    return { parameters, properties, required, body, ...(keyHeader === undefined ? {} : { keyHeader }) }
  }

  #parameterSchema(parameter: Json): Json {
    const content = isObject(parameter['content']) ? Object.values(parameter['content'])[0] : undefined
    // Before 3.0 the keywords of a schema stand in the parameter itself.
    const schema =
      parameter['schema'] ??
      (isObject(content) ? content['schema'] : undefined) ??
      (this.#document.version === '2.0' ? withoutParameterKeys(parameter) : {})
    const description = text(parameter['description'])
    return { ...this.#clean(schema), ...(description === '' ? {} : { description }) }
  }

  #style(
    parameter: Json,
    place: 'path' | 'query' | 'header',
  ): Pick<ApiParameter, 'style' | 'explode' | 'isJson'> {
    if (isObject(parameter['content'])) return { style: 'json', explode: false, isJson: true }
    const collection = text(parameter['collectionFormat'])
    if (this.#document.version === '2.0')
      return {
        style:
          { ssv: 'spaceDelimited', pipes: 'pipeDelimited', tsv: 'tabDelimited' }[collection] ??
          (place === 'query' ? 'form' : 'simple'),
        explode: collection === 'multi',
        isJson: false,
      }
    const style = text(parameter['style']) || (place === 'query' ? 'form' : 'simple')
    return {
      style,
      explode: typeof parameter['explode'] === 'boolean' ? parameter['explode'] : style === 'form',
      isJson: false,
    }
  }

  #consumes(): string | undefined {
    const list = this.#operation['consumes'] ?? this.#document.root['consumes']
    return Array.isArray(list)
      ? chosenType(list.filter((each): each is string => typeof each === 'string'))
      : undefined
  }

  #requestBody(): Body | null {
    const given = this.#operation['requestBody']
    const body = this.#document.resolve(given)
    if (given !== undefined && body === null)
      this.#faults.push(`its body is left out: ${leadsNowhere(given)}`)
    if (body === null || !isObject(body['content'])) return null
    const type = chosenType(Object.keys(body['content']))
    if (type === undefined) return null
    const content = body['content'][type]
    return {
      type,
      schema: isObject(content) ? this.#clean(content['schema']) : {},
      isRequired: body['required'] === true,
    }
  }

  /** Schema of the answer that is meant to come: the first of the 2xx, else the default. */
  #output(): Json | undefined {
    const responses = isObject(this.#operation['responses']) ? this.#operation['responses'] : {}
    const code =
      Object.keys(responses)
        .toSorted()
        .find((each) => each.startsWith('2')) ?? 'default'
    const response = this.#document.resolve(responses[code])
    if (response === null) {
      if (responses[code] !== undefined)
        this.#faults.push(`what it answers is not known: ${leadsNowhere(responses[code])}`)
      return undefined
    }
    const content = isObject(response['content']) ? response['content'] : {}
    const type = Object.keys(content).find((each) => /json/i.test(each))
    const media = type === undefined ? undefined : content[type]
    const schema = response['schema'] ?? (isObject(media) ? media['schema'] : undefined)
    if (schema === undefined) return undefined
    const cleaned = this.#document.schema(schema)
    return typeof cleaned === 'boolean' || JSON.stringify(cleaned).length > longestOutput
      ? undefined
      : cleaned
  }

  #servers(): string[] {
    const { root } = this.#document
    if (this.#document.version === '2.0') {
      const schemes = Array.isArray(this.#operation['schemes'] ?? root['schemes'])
        ? ((this.#operation['schemes'] ?? root['schemes']) as unknown[])
        : ['https']
      const host = text(root['host'])
      const base = text(root['basePath']).replace(/\/+$/, '')
      return host === ''
        ? [base]
        : (schemes.includes('https') ? ['https'] : schemes).map(
            (scheme) => `${text(scheme)}://${host}${base}`,
          )
    }
    const given = [this.#operation['servers'], this.#item['servers'], root['servers']].find(
      (list) => Array.isArray(list) && list.length > 0,
    )
    return (Array.isArray(given) ? given : []).filter(isObject).map(serverUrl)
  }

  #security(): string[] {
    const given = this.#operation['security'] ?? this.#document.root['security']
    return Array.isArray(given)
      ? [...new Set(given.filter(isObject).flatMap((each) => Object.keys(each)))]
      : []
  }
}

function leadsNowhere(value: unknown): string {
  return isObject(value) && typeof value['$ref'] === 'string'
    ? `${value['$ref']} is not in the document`
    : 'it is no object'
}

interface Body {
  type: string
  schema: Json
  isRequired: boolean
}

function serverUrl(server: Json): string {
  const variables = isObject(server['variables']) ? server['variables'] : {}
  return text(server['url'])
    .replace(/\{([^{}]+)\}/g, (_all, name: string) => {
      const variable = variables[name]
      return isObject(variable) ? text(variable['default']) : ''
    })
    .replace(/\/+$/, '')
}

/** The media type that is sent, of those that an operation takes: JSON before forms before anything else. */
function chosenType(given: readonly string[]): string | undefined {
  return (
    given.find((type) => /^application\/json\b/i.test(type)) ??
    given.find((type) => /\+json\b/i.test(type)) ??
    given.find((type) => /x-www-form-urlencoded/i.test(type)) ??
    given.find((type) => /^multipart\/form-data/i.test(type)) ??
    given[0]
  )
}

const parameterKeys = new Set([
  'name',
  'in',
  'description',
  'required',
  'collectionFormat',
  'allowEmptyValue',
])
const withoutParameterKeys = (parameter: Json): Json =>
  Object.fromEntries(Object.entries(parameter).filter(([key]) => !parameterKeys.has(key)))
