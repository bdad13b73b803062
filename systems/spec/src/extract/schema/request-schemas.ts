import type { Constraint, Field, Shape } from '../../facts/shape.ts'
import type { ParameterPlace } from '../../packs/pack.ts'
import { hasOption } from '../../packs/refusals.ts'
import { argOf, statusesOf } from '../../packs/status.ts'
import type { InputPlace } from '../../packs/validators/parse-calls.ts'
import type { Effect, Site, SymbolValue, Value } from '../../resolve/values.ts'
import { constant, each, textOf } from '../../resolve/values.ts'
import type { FoundOperation } from '../flat-routes.ts'
import type { Shapes } from '../shapes.ts'
import { describe } from './input-schema.ts'

/** An input that a schema describes. */
export interface SchemaInput {
  in: ParameterPlace | 'body'
  name: string
  shape: Shape
  isRequired: boolean
  constraints: Constraint[]
  site: Site
  /** Where the schema is written, where that is not where it is asked. */
  writtenAt?: Site
}

/** A schema, the part of the request that it is for, and where it is asked. */
export interface RequestSchema {
  value: Value
  place: InputPlace
  site: Site
}

const places: Record<string, ParameterPlace | 'body'> = {
  json: 'body',
  body: 'body',
  payload: 'body',
  form: 'form',
  query: 'query',
  querystring: 'query',
  param: 'path',
  params: 'path',
  path: 'path',
  view_args: 'path',
  header: 'header',
  headers: 'header',
  cookie: 'cookie',
  cookies: 'cookie',
  state: 'cookie',
  signedCookies: 'cookie',
  files: 'form',
}

/** Schemas of a value with one for each part of a request: Fastify's `schema`, celebrate's and validate middleware's objects. */
export function partsOf(value: Value, site: Site): RequestSchema[] {
  return each(value).flatMap((one) =>
    one.t === 'object' && one.ref === null
      ? [...one.props].flatMap(([name, schema]) => {
          const place = places[name]
          return place ? [{ value: schema, place: { place, wrap: [] }, site }] : []
        })
      : [],
  )
}

/** Schemas that a decorator or middleware asks, by the rules of its pack. `status`: what it refuses with, null where code of the repository says. */
export function askedSchemas(
  value: Value,
  { pack, site }: FoundOperation,
): { schemas: RequestSchema[]; status: number | null; raises?: string; hook: Value | null }[] {
  if (value.t !== 'symbol') return []
  return (pack.schemas ?? []).flatMap((rule) => {
    if (!rule.of.test(value.path)) return []
    const schema = argOf(value.args, rule.schema)
    if (!schema || (rule.only && !hasOption(value.args, rule.only))) return []
    if (rule.unless && hasOption(value.args, rule.unless)) return []
    const own = rule.statusBy === undefined ? undefined : argOf(value.args, rule.statusBy)
    const [said = null] = statusesOf(own)
    const at = value.site ?? site
    const hook = (rule.hook === undefined ? undefined : argOf(value.args, rule.hook)) ?? null
    const named = rule.place === null ? null : textOf(argOf(value.args, rule.place))
    const place = named === null ? rule.otherwise : places[named]
    const schemas =
      rule.place === null
        ? partsOf(schema, at)
        : place
          ? [{ value: schema, place: { place, wrap: [] }, site: at }]
          : []
    return [
      {
        schemas,
        status: said ?? rule.status,
        ...(rule.raises === undefined || said !== null ? {} : { raises: rule.raises }),
        hook,
      },
    ]
  })
}

/** Schemas that code was seen to ask (`schema.parse(req.body)`). */
export function parsedSchemas(effects: readonly Effect[]): RequestSchema[] {
  return effects.flatMap(({ value, note, site }) => {
    const parts = note['parts'] as Record<string, InputPlace> | undefined
    if (!parts) return [{ value, place: note as unknown as InputPlace, site }]
    return Object.entries(parts).flatMap(([name, place]) => {
      const own = memberSchema(value, name)
      return own ? [{ value: own, place, site }] : []
    })
  })
}

// The part of `z.object({ body: …, query: … })` for one name.
function memberSchema(value: Value, name: string): Value | null {
  for (let one: Value | null = value; one?.t === 'symbol'; one = one.of)
    for (const { value: arg } of one.args) {
      const found = arg.t === 'object' ? arg.props.get(name) : undefined
      if (found) return found
    }
  return value.t === 'object' ? (value.props.get(name) ?? null) : null
}

/** Schemas among what a middleware's closure was made with: where its code hides which part of the request is checked. */
export function capturedSchemas(operation: FoundOperation, shapes: Shapes, value: Value): RequestSchema[] {
  if (value.t !== 'func') return []
  for (let scope: typeof value.scope | null = value.scope; scope?.parent; scope = scope.parent)
    for (const [, captured] of scope.names()) {
      const parts = partsOf(captured, operation.site).filter((part) => describe(shapes, part.value) !== null)
      if (parts.length > 0) return parts
      const own = captured.t === 'symbol' ? describe(shapes, captured) : null
      if (own?.shape.type === 'object' && own.shape.fields.length > 0) {
        const inside = own.shape.fields.every(({ name }) => places[name] !== undefined)
        return inside
          ? own.shape.fields.flatMap(({ name }) => {
              const place = places[name]
              const member = memberSchema(captured, name)
              return place && member
                ? [{ value: member, place: { place, wrap: [] }, site: operation.site }]
                : []
            })
          : [{ value: captured, place: { place: 'body', wrap: [] }, site: operation.site }]
      }
    }
  return []
}

/** Inputs that a schema describes: a body as a whole, else a parameter for each field. */
export function schemaInputs(shapes: Shapes, { value, place, site }: RequestSchema): SchemaInput[] {
  const found = describe(shapes, value)
  if (!found) return []
  const at = value.t === 'symbol' || value.t === 'object' ? value.site : null
  const written = at ? { writtenAt: at } : {}
  if (place.place === 'body') {
    const shape = place.wrap.reduceRight<Shape>(
      (inner, name) => ({
        type: 'object',
        fields: [{ name, shape: inner, isRequired: true, constraints: [] }],
      }),
      found.shape,
    )
    return [{ in: 'body', name: '', shape, isRequired: found.isRequired, constraints: [], site, ...written }]
  }
  const fields: readonly Field[] =
    found.shape.type === 'object'
      ? found.shape.fields
      : found.shape.type === 'model'
        ? (shapes.models.get(found.shape.name)?.fields ?? [])
        : []
  return fields.map((field) => ({
    in: place.place,
    name: field.name,
    shape: field.shape,
    isRequired: field.isRequired,
    constraints: field.constraints,
    site,
    ...written,
  }))
}

// --- express-validator ---

const firsts: Record<string, ParameterPlace | 'body'> = {
  body: 'body',
  check: 'body',
  query: 'query',
  param: 'path',
  header: 'header',
  cookie: 'cookie',
}

/** Chains of express-validator that are middleware, or that middleware of the repository was made with and runs by itself. */
export function validatorChains(value: Value, site: Site, seen = new Set<Value>()): SchemaInput[] {
  // A list of functions is known in them, too.
  if (seen.has(value)) return []
  seen.add(value)
  if (value.t === 'list') return value.items.flatMap((one) => validatorChains(one, site, seen))
  if (value.t !== 'func') return [validatorChain(value, site)].filter((one) => one !== null)
  const found: SchemaInput[] = []
  for (let scope: typeof value.scope | null = value.scope; scope?.parent; scope = scope.parent)
    for (const [, captured] of scope.names())
      if (captured.t !== 'func') found.push(...validatorChains(captured, site, seen))
  return found
}

// A chain of express-validator (`body('user.email').isEmail()`); null where a value is none.
function validatorChain(value: Value, site: Site): SchemaInput | null {
  if (value.t !== 'symbol' || !/^(?:express-validator|koa-req-validation)\b/.test(value.path)) return null
  const steps: SymbolValue[] = []
  for (let one: Value | null = value; one?.t === 'symbol'; one = one.of)
    if (one.path.endsWith('()')) steps.unshift(one)
  const [first, ...rest] = steps
  const place = firsts[/(\w+)\(\)$/.exec(first?.path ?? '')?.[1] ?? '']
  const name = textOf(first?.args[0]?.value)
  if (!first || !place || name === null) return null
  const input: SchemaInput = {
    in: place,
    name,
    shape: { type: 'string' },
    isRequired: false,
    constraints: [],
    site: value.site ?? site,
  }
  const named = rest.map(({ path }) => /(\w+)\(\)$/.exec(path)?.[1] ?? '')
  // What is missing is checked as an empty text: most checks refuse it (express-validator, "Standard validators").
  input.isRequired =
    !named.some((one) => /^(?:optional|if)$/.test(one)) &&
    rest.some(({ args }, at) => refusesNothing(named[at] ?? '', named[at - 1] === 'not', args[0]?.value))
  for (const { path, args } of rest) {
    const [given] = args.map((arg) => arg.value)
    const option = (key: string) => (given?.t === 'object' ? given.props.get(key) : undefined)
    const bound = (keyword: Constraint['keyword'], from: Value | undefined) => {
      if (from?.t === 'const' && (typeof from.v === 'number' || typeof from.v === 'string'))
        input.constraints.push({ keyword, value: from.v })
    }
    switch (/(\w+)\(\)$/.exec(path)?.[1]) {
      case 'isEmail':
        bound('format', constant('email'))
        break
      case 'isUUID':
        bound('format', constant('uuid'))
        break
      case 'isURL':
        bound('format', constant('uri'))
        break
      case 'notEmpty':
        bound('minLength', constant(1))
        break
      case 'isLength':
        bound('minLength', option('min'))
        bound('maxLength', option('max'))
        break
      case 'isInt':
        input.shape = { type: 'integer' }
        bound('minimum', option('min'))
        bound('maximum', option('max'))
        break
      case 'isFloat':
      case 'isNumeric':
      case 'isDecimal':
        input.shape = { type: 'number' }
        break
      case 'isBoolean':
        input.shape = { type: 'boolean' }
        break
      case 'isArray':
        input.shape = { type: 'array', items: { type: 'unknown' } }
        break
      case 'isIn':
        if (given?.t === 'list')
          input.constraints.push({
            keyword: 'enum',
            value: given.items.flatMap((item) => textOf(item) ?? []),
          })
    }
  }
  return input
}

// Whether a check of express-validator refuses what is missing.
function refusesNothing(name: string, isNegated: boolean, given: Value | undefined): boolean {
  if (isNegated) return name === 'isEmpty'
  const least = given?.t === 'object' ? given.props.get('min') : undefined
  if (name === 'isLength' || name === 'isByteLength')
    return least?.t === 'const' && typeof least.v === 'number' && least.v > 0
  return /^(?:exists|notEmpty|equals|contains|is(?!(?:Empty|Lowercase|Uppercase|Base64)$)[A-Z]\w*)$/.test(
    name,
  )
}

/** Fields of a body by their dotted names, as one shape. */
export function bodyOf(inputs: readonly SchemaInput[]): Shape {
  const heads = new Map<string, { own: SchemaInput | null; inner: SchemaInput[] }>()
  for (const input of inputs) {
    const [head = '', ...rest] = input.name.split('.')
    const known = heads.get(head) ?? { own: null, inner: [] }
    heads.set(head, known)
    if (rest.length === 0) known.own = input
    else known.inner.push({ ...input, name: rest.join('.') })
  }
  return {
    type: 'object',
    fields: [...heads].map(([name, { own, inner }]) => ({
      name,
      shape: inner.length > 0 ? bodyOf(inner) : (own?.shape ?? { type: 'unknown' }),
      isRequired: own?.isRequired ?? inner.some(({ isRequired }) => isRequired),
      constraints: own?.constraints ?? [],
    })),
  }
}
