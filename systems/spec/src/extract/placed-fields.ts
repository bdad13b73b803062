import type { Condition } from '../facts/condition.ts'
import type { Evidence } from '../facts/fact.ts'
import type { Field, Shape } from '../facts/shape.ts'
import type { FieldDecl } from '../parse/ir.ts'
import type { Lookup } from '../resolve/lookup.ts'
import type { ClassRef, Value } from '../resolve/values.ts'
import type { Pack } from '../packs/pack.ts'
import type { FactStore } from './fact-store.ts'
import { goZeroTag } from '../packs/validators/go-zero-tags.ts'
import type { Shapes } from './shapes.ts'

/** A field of a struct of Go that no body fills. */
interface PlacedField {
  in: 'path' | 'query' | 'header' | 'cookie'
  /** The tag that says so. */
  tag: string
  name: string
  field: FieldDecl
}

interface Placed {
  in: PlacedField['in']
  field: Field
}

/** Tags that name a field in a place of the request besides its body (Echo's, Fiber's, Hertz's and Gin's "Binding"). */
const places: readonly { of: RegExp; in: PlacedField['in'] }[] = [
  { of: /(?:^|\s)(param|params|path|uri):"([^",]+)/, in: 'path' },
  { of: /(?:^|\s)(query):"([^",]+)/, in: 'query' },
  { of: /(?:^|\s)(header|reqHeader):"([^",]+)/, in: 'header' },
  { of: /(?:^|\s)(cookie):"([^",]+)/, in: 'cookie' },
]
/** go-zero reads `form` of the query too, and JSON by its own tag alone. */
const placesOfZero: typeof places = [
  { of: /(?:^|\s)(path):"([^",]+)/, in: 'path' },
  { of: /(?:^|\s)(form):"([^",]+)/, in: 'query' },
  { of: /(?:^|\s)(header):"([^",]+)/, in: 'header' },
]
const ofBody = /(?:^|\s)(?:json|form|xml|body|yaml|msgpack|protobuf):"(?!-")/

const ofJson = /(?:^|\s)json:"(?!-")/

/** Go: what of a body is in it, and what tags of its struct name in other places of the request; null where all of it is in the body. */
export function partedByTags(
  shapes: Shapes,
  value: Value,
  shape: Shape,
  rules?: Pack['rules'],
): { fields: Field[]; placed: Placed[] } | null {
  const ref = value.t === 'object' || value.t === 'symbol' ? value.ref : null
  const found = ref && shape.type === 'model' ? placedFields(shapes.lookup, ref, rules) : []
  if (!ref || (found.length === 0 && rules === undefined)) return null
  const names = new Set(found.flatMap(({ name, field }) => [name, field.name]))
  const tags = new Map(
    fieldsWithin(shapes.lookup, ref).map(({ tag }) => [goZeroTag(tag, 'json', false)?.name, tag]),
  )
  return {
    fields: shapes
      .fieldsOf(ref)
      .filter(({ name }) => !names.has(name))
      .map((field) => ruled(field, tags.get(field.name), 'json', rules)),
    placed: found.flatMap(({ in: place, tag, name, field: { tag: text } }) => {
      const field = shapes.fieldsOf(ref, 0, undefined, tag).find((one) => one.name === name)
      return field ? [{ in: place, field: ruled(field, text, tag, rules) }] : []
    }),
  }
}

// A field with what the rules of its tag say.
function ruled(field: Field, tag: string | undefined, key: string, rules: Pack['rules']): Field {
  const isNumber = field.shape.type === 'integer' || field.shape.type === 'number'
  const said = rules && tag !== undefined ? goZeroTag(tag, key, isNumber) : null
  return said
    ? { ...field, isRequired: said.isRequired, constraints: [...field.constraints, ...said.constraints] }
    : field
}

/**
 * The media type of a body that is read by the type that a request says, where the tags of its struct name fields of forms alone: such a struct has nothing of
 * JSON (Gin, "Multipart/Urlencoded binding"; Echo and Fiber, "Binding"). Null of any other.
 */
export function mediaOfTags(lookup: Lookup, value: Value): string | null {
  const ref = value.t === 'object' || value.t === 'symbol' ? value.ref : null
  if (!ref || ref.module.language !== 'go') return null
  const fields = fieldsWithin(lookup, ref)
  if (!fields.some(({ tag }) => ofForm.test(tag)) || fields.some(({ tag }) => ofOther.test(tag))) return null
  return fields.some(({ type }) => type && /multipart\.FileHeader/.test(JSON.stringify(type)))
    ? 'multipart/form-data'
    : 'application/x-www-form-urlencoded'
}

const ofForm = /(?:^|\s)form:"(?!-")/
const ofOther = /(?:^|\s)(?:json|xml|body|yaml|msgpack|protobuf):"(?!-")/

const fieldsWithin = (lookup: Lookup, ref: ClassRef, depth = 0): FieldDecl[] =>
  depth > 4
    ? []
    : [...ref.cls.fields, ...lookup.basesOf(ref).flatMap((base) => fieldsWithin(lookup, base, depth + 1))]

/** Whether what binds a body reads a part of the request beside it. */
export const isBoundBeside = (
  { bindsBeside }: Pick<Pack, 'bindsBeside'>,
  place: PlacedField['in'],
  method: string,
): boolean => place === 'path' || !bindsBeside || bindsBeside[place]?.test(method) === true

/** Makes parameters of these; those of the path are there already. */
export function putPlaced(
  store: FactStore,
  placed: readonly Placed[],
  given: { service: string; condition: Condition; operation: string; evidence: Evidence[] },
): void {
  for (const { in: place, field } of placed) {
    const { name, shape, isRequired, constraints } = field
    const known = store
      .partsOf(given.operation)
      .find((fact) => fact.kind === 'parameter' && fact.in === 'path' && fact.name === name)
    if (place !== 'path')
      store.put({
        ...given,
        kind: 'parameter',
        grade: 'proved',
        in: place,
        name: place === 'header' ? name.toLowerCase() : name,
        position: 0,
        shape,
        isRequired,
        constraints,
      })
    else if (known?.kind === 'parameter') {
      known.shape = shape
      known.constraints = [...known.constraints, ...constraints]
      known.evidence = [...known.evidence, ...given.evidence.filter((one) => !known.evidence.includes(one))]
    }
  }
}

/** Names that fields of a struct, and of those in it, have by a tag. */
export function taggedNames(lookup: Lookup, ref: ClassRef, tag: string, depth = 0): string[] {
  if (depth > 4) return []
  const named = new RegExp(`(?:^|\\s)(?:${tag}):"([^",]+)`)
  return [
    ...ref.cls.fields.flatMap((field) => named.exec(field.tag)?.[1] ?? []),
    ...lookup.basesOf(ref).flatMap((base) => taggedNames(lookup, base, tag, depth + 1)),
  ]
}

// Fields of a struct and of those in it whose tags name them in other places of a request than its body alone.
function placedFields(lookup: Lookup, ref: ClassRef, rules: Pack['rules'], depth = 0): PlacedField[] {
  if (ref.module.language !== 'go' || depth > 4) return []
  return [
    ...ref.cls.fields.flatMap((field) => placedBy(field, rules) ?? []),
    ...lookup.basesOf(ref).flatMap((base) => placedFields(lookup, base, rules, depth + 1)),
  ]
}

function placedBy(field: FieldDecl, rules: Pack['rules']): PlacedField | null {
  const { tag } = field
  if ((rules ? ofJson : ofBody).test(tag)) return null
  for (const { of, in: place } of rules ? placesOfZero : places) {
    const [, key, name] = of.exec(tag) ?? []
    if (key !== undefined && name !== undefined) return { in: place, tag: key, name, field }
  }
  return null
}
