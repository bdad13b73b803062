import type { JsonObject } from './codec.ts'
import { invalidField, isObject, objectAt, objectsAt, pick, textAt } from './json-access.ts'

/** Members that mean the same in both APIs. */
const shared = [
  'model',
  'stream',
  'temperature',
  'top_p',
  'parallel_tool_calls',
  'user',
  'metadata',
  'service_tier',
  'prompt_cache_key',
  'safety_identifier',
] as const

/** State that a chat endpoint does not keep. */
const stateful = ['previous_response_id', 'conversation', 'prompt', 'background', 'store'] as const

/** The chat request that asks what an OpenAI Responses request asks. Throws `field-invalid`. */
export function responsesToChat(body: JsonObject): JsonObject {
  for (const name of stateful) {
    if (body[name]) {
      throw invalidField(
        name,
        'the model behind this name keeps no state. Send the whole conversation in `input`, with `store: false`.',
      )
    }
  }
  const maxTokens = body['max_output_tokens']
  const logprobs = typeof body['top_logprobs'] === 'number' ? body['top_logprobs'] : 0
  return {
    ...pick(body, shared),
    messages: [
      ...(textAt(body, 'instructions') ? [{ role: 'system', content: textAt(body, 'instructions') }] : []),
      ...inputMessages(body['input']),
    ],
    ...(body['stream'] === true ? { stream_options: { include_usage: true } } : {}),
    ...(maxTokens === undefined || maxTokens === null ? {} : { max_tokens: maxTokens }),
    ...(logprobs > 0 ? { logprobs: true, top_logprobs: logprobs } : {}),
    ...tools(body),
    ...toolChoice(body['tool_choice']),
    ...pick({ reasoning_effort: objectAt(body, 'reasoning')['effort'] }, ['reasoning_effort']),
    ...pick(objectAt(body, 'text'), ['verbosity']),
    ...responseFormat(objectAt(objectAt(body, 'text'), 'format')),
  }
}

function inputMessages(input: unknown): JsonObject[] {
  if (typeof input === 'string') return [{ role: 'user', content: input }]
  if (!Array.isArray(input)) throw invalidField('input', 'expected text or a list of items.')
  const messages: JsonObject[] = []
  // An assistant's reasoning, text and calls are items of their own here, one message there.
  let turn: JsonObject | null = null
  const assistant = (): JsonObject => {
    if (turn === null) messages.push((turn = { role: 'assistant', content: null }))
    return turn
  }
  input.forEach((item: unknown, i) => {
    const at = `input[${i}]`
    if (!isObject(item)) throw invalidField(at, 'expected an object.')
    const type = textAt(item, 'type') || 'message'
    if (type === 'reasoning') {
      const said = [...objectsAt(item, 'content'), ...objectsAt(item, 'summary')]
      const message = assistant()
      const text = said.map((part) => textAt(part, 'text')).join('')
      if (text) message['reasoning_content'] = textAt(message, 'reasoning_content') + text
    } else if (type === 'function_call') {
      const message = assistant()
      const calls = objectsAt(message, 'tool_calls')
      calls.push({
        id: textAt(item, 'call_id'),
        type: 'function',
        function: { name: textAt(item, 'name'), arguments: textAt(item, 'arguments') },
      })
      message['tool_calls'] = calls
    } else if (type === 'message' && item['role'] === 'assistant') {
      const message = assistant()
      message['content'] = textAt(message, 'content') + assistantText(item['content'], `${at}.content`)
    } else if (type === 'message') {
      turn = null
      messages.push({ role: chatRole(item['role'], at), content: content(item['content'], `${at}.content`) })
    } else if (type === 'function_call_output') {
      turn = null
      messages.push({
        role: 'tool',
        tool_call_id: textAt(item, 'call_id'),
        content: assistantText(item['output'], `${at}.output`),
      })
    } else {
      throw invalidField(`${at}.type`, `the provider of this model knows no item "${type}".`)
    }
  })
  return messages
}

/** Templates of open models know no `developer`. */
function chatRole(role: unknown, at: string): string {
  if (role === 'developer') return 'system'
  if (role === 'user' || role === 'system') return role
  throw invalidField(`${at}.role`, 'expected user, assistant, system or developer.')
}

function content(value: unknown, at: string): unknown {
  if (typeof value === 'string') return value
  if (!Array.isArray(value)) throw invalidField(at, 'expected text or a list of parts.')
  const parts = value.map((part: unknown, i) => contentPart(part, `${at}[${i}]`))
  return parts.length === 1 && parts[0]?.['type'] === 'text' ? parts[0]['text'] : parts
}

function contentPart(part: unknown, at: string): JsonObject {
  if (!isObject(part)) throw invalidField(at, 'expected an object.')
  if (part['file_id']) throw invalidField(`${at}.file_id`, 'the provider of this model holds no files.')
  switch (part['type']) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return { type: 'text', text: textAt(part, 'text') }
    case 'input_image':
      return {
        type: 'image_url',
        image_url: { url: textAt(part, 'image_url'), ...pick(part, ['detail']) },
      }
    case 'input_file':
      if (!part['file_data']) break
      return { type: 'file', file: pick(part, ['filename', 'file_data']) }
    default:
  }
  throw invalidField(`${at}.type`, `the provider of this model knows no part "${textAt(part, 'type')}".`)
}

function assistantText(value: unknown, at: string): string {
  if (typeof value === 'string') return value
  if (!Array.isArray(value)) throw invalidField(at, 'expected text or a list of text parts.')
  return value
    .map((part: unknown, i) => {
      const text = isObject(part) ? (part['text'] ?? part['refusal']) : null
      if (typeof text === 'string') return text
      throw invalidField(`${at}[${i}]`, 'expected a text part.')
    })
    .join('')
}

function tools(body: JsonObject): JsonObject {
  const list = objectsAt(body, 'tools')
  if (list.length === 0) return {}
  return {
    tools: list.map((tool, i) => {
      if (tool['type'] !== 'function') {
        throw invalidField(`tools[${i}].type`, 'only functions work with this model.')
      }
      return { type: 'function', function: pick(tool, ['name', 'description', 'parameters', 'strict']) }
    }),
  }
}

function toolChoice(choice: unknown): JsonObject {
  if (choice === undefined || choice === null) return {}
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { tool_choice: choice }
  if (isObject(choice) && choice['type'] === 'function') {
    return { tool_choice: { type: 'function', function: { name: choice['name'] } } }
  }
  throw invalidField('tool_choice', 'expected auto, none, required or a function.')
}

function responseFormat(format: JsonObject): JsonObject {
  switch (format['type']) {
    case undefined:
    case 'text':
      return {}
    case 'json_object':
      return { response_format: { type: 'json_object' } }
    case 'json_schema':
      return {
        response_format: {
          type: 'json_schema',
          json_schema: pick(format, ['name', 'description', 'schema', 'strict']),
        },
      }
    default:
      throw invalidField('text.format.type', 'expected text, json_schema or json_object.')
  }
}
