import { list, record, text } from '../json.ts'
import { cut } from '../names.ts'

/** The model that a node of an agent flow names. */
export function modelOf(inputs: Record<string, unknown>, prefix: string): string {
  const config = record(inputs[`${prefix}ModelConfig`])
  return cut(text(config['modelName'] ?? config['model']) || text(inputs[`${prefix}Model`]) || 'default', 200)
}

/** The schema of an answer whose fields a node lists; null where it lists none. */
export function structured(given: unknown): Record<string, unknown> | null {
  const fields = list(typeof given === 'string' ? parsed(given) : given)
    .map(record)
    .filter((each) => text(each['key']) !== '')
  if (fields.length === 0) return null
  return {
    type: 'object',
    required: fields.map((each) => text(each['key'])),
    properties: Object.fromEntries(
      fields.map((each) => [
        text(each['key']),
        { ...fieldSchema(each), description: text(each['description']) },
      ]),
    ),
  }
}

function fieldSchema(field: Record<string, unknown>): Record<string, unknown> {
  switch (text(field['type']).toLowerCase().replaceAll(' ', '')) {
    case 'number':
      return { type: 'number' }
    case 'boolean':
      return { type: 'boolean' }
    case 'enum':
      return {
        enum: text(field['enumValues'])
          .split(',')
          .map((each) => each.trim()),
      }
    case 'stringarray':
      return { type: 'array', items: { type: 'string' } }
    case 'jsonarray':
      return {
        type: 'array',
        items: { type: 'object', properties: record(parsed(text(field['jsonSchema']))) },
      }
    default:
      return { type: 'string' }
  }
}

/** Settings without what looks like a reference to another component or a secret. */
export function plainSettings(inputs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).filter(
      ([key, value]) =>
        !/key|secret|password|token|credential/i.test(key) &&
        !(typeof value === 'string' && value.includes('.data.instance}}')),
    ),
  )
}

export function parsed(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
