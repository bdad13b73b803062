/** What a message from outside says. */
export interface Said {
  /** Structured parts, in their order. */
  data: readonly unknown[]
  text: string
  /** What the protocol says of the call: ids of the message and of the conversation, metadata. */
  call: Record<string, unknown>
}

type Schema = Readonly<Record<string, unknown>>

/**
 * The input of a run out of a message: objects are its fields; a text that is a JSON object is one of them, any other goes to the one field that a
 * text can mean, or to `message`. An agent whose input has a field `call` is given what the protocol says of the call.
 */
export function inputOf(schema: Schema, { data, text, call }: Said): unknown {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {}
  if (schema['type'] !== 'object' && data.length + (text === '' ? 0 : 1) === 1) return data[0] ?? text
  const input: Record<string, unknown> = {}
  for (const each of data) if (isRecord(each)) Object.assign(input, each)
  const parsed = objectIn(text)
  if (parsed !== null) Object.assign(input, parsed)
  else if (text !== '') input[textField(schema, properties, input)] = text
  if ('call' in properties) input['call'] = call
  return input
}

/** The one required text that is not there yet, or the one text at all. */
function textField(schema: Schema, properties: Schema, given: Schema): string {
  const texts = Object.entries(properties)
    .filter(([name, property]) => !(name in given) && isRecord(property) && property['type'] === 'string')
    .map(([name]) => name)
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const needed = texts.filter((name) => required.includes(name))
  if (needed.length === 1) return needed[0]!
  return texts.length === 1 ? texts[0]! : 'message'
}

function objectIn(text: string): Record<string, unknown> | null {
  if (!text.trimStart().startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
