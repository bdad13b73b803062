import type { Constraint, Field, Shape } from '../../facts/shape.ts'
import type { ParameterPlace } from '../../packs/pack.ts'
import { hasOption } from '../../packs/refusals.ts'
import { argOf, statusesOf } from '../../packs/status.ts'
import type { InputPlace } from '../../packs/validators/parse-calls.ts'
import type { Effect, Site, Value } from '../../resolve/values.ts'
import { each, textOf } from '../../resolve/values.ts'
import type { FoundOperation } from '../flat-routes.ts'
import type { Shapes } from '../shapes.ts'
import { describe } from './input-schema.ts'
import { ownTable } from '../../parse/own-table.ts'

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
  /** Where a request has no body an object without fields is checked in its place. */
  isEmptyForNone?: boolean
}

const places: Record<string, ParameterPlace | 'body'> = ownTable({
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
})

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
          ? [
              {
                value: schema,
                place: { place, wrap: [] },
                site: at,
                isEmptyForNone: pack.emptyForNone === true,
              },
            ]
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

// Whether an object without fields fits.
const fitsNothing = (shape: Shape): boolean =>
  shape.type === 'object' && shape.fields.length > 0 && shape.fields.every(({ isRequired }) => !isRequired)

/** Inputs that a schema describes: a body as a whole, else a parameter for each field. */
export function schemaInputs(
  shapes: Shapes,
  { value, place, site, isEmptyForNone }: RequestSchema,
): SchemaInput[] {
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
    const fits = isEmptyForNone === true && fitsNothing(shape)
    const isRequired = found.isRequired && !fits
    return [{ in: 'body', name: '', shape, isRequired, constraints: [], site, ...written }]
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
