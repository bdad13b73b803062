import type { Field, Shape } from '../../facts/shape.ts'
import type { Value } from '../../resolve/values.ts'
import { each, textOf } from '../../resolve/values.ts'
import type { Shapes } from '../shapes.ts'
import { jsonSchema } from './json-schema.ts'
import { noteWritten } from '../../resolve/declared.ts'
import { keyOf } from './described.ts'
import type { Described } from './described.ts'
import { chainSchema } from './chain-schema.ts'
import { loadedPart } from './loaded-part.ts'
import { pythonField } from './python-fields.ts'
import { valibotSchema } from './valibot.ts'

/** What a value that is a schema says: a class of fields, a chain of zod, Joi or yup, functions of valibot, a JSON Schema. Null where it is none. */
export function describe(shapes: Shapes, value: Value, depth = 0): Described | null {
  if (depth > 8) return null
  const [one] = each(value)
  if (!one) return null
  if (one.t === 'class') return plain(shapes.ofClass(one.ref))
  if (one.t === 'object' && one.ref?.module.language === 'python') {
    const many = one.args.some(
      ({ name, value: arg }) => name === 'many' && arg.t === 'const' && arg.v === true,
    )
    const shape = loadedPart(shapes.ofClass(one.ref), one.args, shapes)
    return plain(many ? { type: 'array', items: shape } : shape)
  }
  const referred = referredTo(shapes.shared, one)
  if (referred) return describe(shapes, referred, depth + 1)
  const field = pythonField(one, { shapeOf: (ref) => shapes.ofClass(ref), lookup: shapes.lookup })
  if (field) return field
  const inside = (inner: Value) => describe(shapes, inner, depth + 1)
  const model = restxModel(one, inside)
  if (model) return model
  return (
    chainSchema(one, inside) ?? valibotSchema(one, inside) ?? jsonSchema(one, inside) ?? fieldsOf(one, inside)
  )
}

// JSON Schema ("$ref") and Fastify ("Validation and Serialization"): what another schema is named by, and which part of it.
function referredTo(shared: ReadonlyMap<string, Value>, value: Value): Value | null {
  const ref = value.t === 'object' ? textOf(value.props.get('$ref')) : null
  const [id = '', pointer = ''] = ref?.split('#') ?? []
  let at = shared.get(id)
  for (const name of pointer.split('/').slice(1)) at = at?.t === 'object' ? at.props.get(name) : undefined
  return at ?? null
}

const plain = (shape: Shape): Described => ({ shape, constraints: [], isRequired: true })

// Flask-RESTX, "Model": a name, models that it inherits from, and its fields; a list of one is a list of such.
function restxModel(value: Value, inside: (inner: Value) => Described | null): Described | null {
  const [only, ...others] = value.t === 'list' ? value.items : []
  if (only && others.length === 0) {
    const found = restxModel(only, inside)
    return found && plain({ type: 'array', items: found.shape })
  }
  if (value.t !== 'symbol' || !/^flask_restx\.(?:.*\.)?(?:model|inherit|clone|Model)\(\)$/.test(value.path))
    return null
  const fields = value.args.slice(1).flatMap((arg) => {
    const shape = inside(arg.value)?.shape
    return shape?.type === 'object' ? shape.fields : []
  })
  return fields.length > 0 ? plain({ type: 'object', fields }) : null
}

// An object whose values are schemas: webargs' `{'limit': fields.Int()}`, Joi's and yup's shapes.
function fieldsOf(value: Value, inside: (inner: Value) => Described | null): Described | null {
  if (value.t !== 'object' || value.ref !== null || value.props.size === 0) return null
  const fields: Field[] = []
  for (const [name, inner] of value.props) {
    const own = inside(inner)
    if (!own) return null
    if ('isInput' in own && own.isInput === false) continue
    fields.push({
      name,
      shape: own.shape,
      isRequired: own.isRequired,
      constraints: noteWritten([...own.constraints], keyOf(value, name, inner)),
    })
  }
  return plain({ type: 'object', fields })
}
