import type { Shape } from '../facts/shape.ts'
import type { FoundOperation } from './flat-routes.ts'
import { describe } from './schema/input-schema.ts'
import type { Shapes } from './shapes.ts'

/**
 * What an answer of Fastify has: what the schema for its status names, and no more (fastify.dev, "Validation and Serialization", "Serialization"). Null where none
 * is for it, or more may be there.
 */
export function serializedShape(shapes: Shapes, operation: FoundOperation, status: number): Shape | null {
  const schema = operation.pack.framework === 'Fastify' ? operation.options.get('schema') : undefined
  const all = schema?.t === 'object' ? schema.props.get('response') : undefined
  if (all?.t !== 'object') return null
  const group = String(status).slice(0, 1)
  const own = [String(status), `${group}xx`, `${group}XX`, 'default']
    .map((key) => all.props.get(key))
    .find((one) => one !== undefined)
  if (!own) return null
  const more = own.t === 'object' ? own.props.get('additionalProperties') : undefined
  if (more && !(more.t === 'const' && more.v === false)) return null
  const shape = describe(shapes, own)?.shape
  return shape?.type === 'object' && shape.fields.length > 0 ? shape : null
}
