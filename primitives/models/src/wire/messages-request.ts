import type { JsonObject } from './codec.ts'
import { invalidField, isObject, objectAt, objectsAt, pick, textAt } from './json-access.ts'

/** Members that mean the same in both APIs. */
const shared = ['model', 'max_tokens', 'stream', 'temperature', 'top_p', 'top_k'] as const
/** Members that only Anthropic's own servers can serve; an answer without them would be another answer. */
const refused = ['mcp_servers', 'container'] as const

/** The chat request that asks what an Anthropic Messages request asks. Throws `field-invalid`. */
export function messagesToChat(body: JsonObject): JsonObject {
  if (
    typeof body['max_tokens'] !== 'number' ||
    !Number.isInteger(body['max_tokens']) ||
    body['max_tokens'] < 1
  ) {
    throw invalidField('max_tokens', 'expected a whole number above zero.')
  }
  if (!Array.isArray(body['messages'])) throw invalidField('messages', 'expected a list of messages.')
  for (const name of refused) {
    if (body[name]) throw invalidField(name, 'the provider of this model has nothing like it.')
  }
  return {
    ...pick(body, shared),
    messages: [
      ...systemMessages(body['system']),
      ...body['messages'].flatMap((message: unknown, i) => chatMessages(message, `messages.${i}`)),
    ],
    ...(body['stream'] === true ? { stream_options: { include_usage: true } } : {}),
    ...(Array.isArray(body['stop_sequences']) ? { stop: body['stop_sequences'] } : {}),
    ...(textAt(objectAt(body, 'metadata'), 'user_id')
      ? { user: textAt(objectAt(body, 'metadata'), 'user_id') }
      : {}),
    ...tools(body),
    ...toolChoice(objectAt(body, 'tool_choice')),
    ...effort(body),
    ...responseFormat(objectAt(objectAt(body, 'output_config'), 'format')),
  }
}

function systemMessages(system: unknown): JsonObject[] {
  if (system === undefined || system === null) return []
  const content = typeof system === 'string' ? system : joinedText(system, 'system')
  return content ? [{ role: 'system', content }] : []
}

function chatMessages(message: unknown, at: string): JsonObject[] {
  if (!isObject(message)) throw invalidField(at, 'expected an object.')
  const { role, content } = message
  if (role === 'system') return systemMessages(content)
  if (role !== 'user' && role !== 'assistant') {
    throw invalidField(`${at}.role`, 'expected user or assistant.')
  }
  if (typeof content === 'string') return [{ role, content }]
  if (!Array.isArray(content)) throw invalidField(`${at}.content`, 'expected text or a list of blocks.')
  const blocks = content.map((block: unknown, i) => {
    if (!isObject(block)) throw invalidField(`${at}.content.${i}`, 'expected an object.')
    return block
  })
  return role === 'user' ? userMessages(blocks, `${at}.content`) : [assistantMessage(blocks, `${at}.content`)]
}

/** Chat wants results of tools as messages of their own, right after the calls, so they go first. */
function userMessages(blocks: JsonObject[], at: string): JsonObject[] {
  const results: JsonObject[] = []
  const parts: JsonObject[] = []
  blocks.forEach((block, i) => {
    if (block['type'] !== 'tool_result') {
      parts.push(contentPart(block, `${at}.${i}`))
      return
    }
    const inner = block['content']
    const contents: unknown[] = Array.isArray(inner) ? inner : []
    const pictures = contents.filter((each) => isObject(each) && each['type'] !== 'text') as JsonObject[]
    results.push({
      role: 'tool',
      tool_call_id: textAt(block, 'tool_use_id'),
      content: typeof inner === 'string' ? inner : joinedText(contents, `${at}.${i}.content`, true),
    })
    // A tool message holds text only; what it shows follows as the user's.
    parts.push(...pictures.map((picture, k) => contentPart(picture, `${at}.${i}.content.${k}`)))
  })
  if (parts.length === 0) return results
  const texts = parts.filter((part) => part['type'] === 'text')
  const content = texts.length === 1 && parts.length === 1 ? parts[0]?.['text'] : parts
  return [...results, { role: 'user', content }]
}

function assistantMessage(blocks: JsonObject[], at: string): JsonObject {
  let text = ''
  let reasoning = ''
  const thinkingBlocks: JsonObject[] = []
  const calls: JsonObject[] = []
  blocks.forEach((block, i) => {
    switch (block['type']) {
      case 'text':
        text += textAt(block, 'text')
        return
      case 'thinking':
        reasoning += textAt(block, 'thinking')
        if (textAt(block, 'signature')) thinkingBlocks.push(block)
        return
      case 'redacted_thinking':
        thinkingBlocks.push(block)
        return
      case 'tool_use':
        calls.push({
          id: textAt(block, 'id'),
          type: 'function',
          function: { name: textAt(block, 'name'), arguments: JSON.stringify(block['input'] ?? {}) },
        })
        return
      default:
        throw unknownBlock(block, `${at}.${i}`)
    }
  })
  return {
    role: 'assistant',
    content: text || (calls.length > 0 ? null : ''),
    ...(reasoning ? { reasoning_content: reasoning } : {}),
    ...(thinkingBlocks.length > 0 ? { thinking_blocks: thinkingBlocks } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  }
}

function contentPart(block: JsonObject, at: string): JsonObject {
  const source = objectAt(block, 'source')
  const dataUrl = `data:${textAt(source, 'media_type')};base64,${textAt(source, 'data')}`
  switch (block['type']) {
    case 'text':
      return { type: 'text', text: textAt(block, 'text') }
    case 'image':
      if (source['type'] === 'base64') return { type: 'image_url', image_url: { url: dataUrl } }
      if (source['type'] === 'url') return { type: 'image_url', image_url: { url: source['url'] } }
      break
    case 'document':
      if (source['type'] === 'text') return { type: 'text', text: textAt(source, 'data') }
      if (source['type'] === 'base64') {
        return {
          type: 'file',
          file: { filename: textAt(block, 'title') || 'document.pdf', file_data: dataUrl },
        }
      }
      break
    default:
      throw unknownBlock(block, at)
  }
  throw invalidField(
    `${at}.source`,
    'expected base64 or text; the provider of this model cannot fetch others.',
  )
}

function unknownBlock(block: JsonObject, at: string): Error {
  return invalidField(`${at}.type`, `the provider of this model knows no block "${textAt(block, 'type')}".`)
}

function joinedText(blocks: unknown, at: string, allowsOthers = false): string {
  if (!Array.isArray(blocks)) throw invalidField(at, 'expected text or a list of text blocks.')
  return blocks
    .flatMap((block: unknown, i) => {
      if (isObject(block) && block['type'] === 'text') return [textAt(block, 'text')]
      if (allowsOthers) return []
      throw invalidField(`${at}.${i}`, 'expected a text block.')
    })
    .join('\n')
}

function tools(body: JsonObject): JsonObject {
  const list = objectsAt(body, 'tools')
  if (list.length === 0) return {}
  return {
    tools: list.map((tool, i) => {
      if (tool['type'] && tool['type'] !== 'custom') {
        throw invalidField(`tools.${i}.type`, "only the client's own tools (custom) work with this model.")
      }
      return {
        type: 'function',
        function: {
          ...pick(tool, ['name', 'description', 'strict']),
          parameters: tool['input_schema'] ?? {},
        },
      }
    }),
  }
}

function toolChoice(choice: JsonObject): JsonObject {
  const parallel = choice['disable_parallel_tool_use'] === true ? { parallel_tool_calls: false } : {}
  switch (choice['type']) {
    case undefined:
      return {}
    case 'auto':
    case 'none':
      return { tool_choice: choice['type'], ...parallel }
    case 'any':
      return { tool_choice: 'required', ...parallel }
    case 'tool':
      return { tool_choice: { type: 'function', function: { name: choice['name'] } }, ...parallel }
    default:
      throw invalidField('tool_choice.type', 'expected auto, any, tool or none.')
  }
}

/** Only an effort that was asked for: many models refuse the parameter. */
function effort(body: JsonObject): JsonObject {
  const asked = textAt(objectAt(body, 'output_config'), 'effort')
  if (asked) return { reasoning_effort: asked === 'max' ? 'xhigh' : asked }
  const thinking = objectAt(body, 'thinking')
  if (thinking['type'] !== 'enabled' || typeof thinking['budget_tokens'] !== 'number') return {}
  const budget = thinking['budget_tokens']
  return { reasoning_effort: budget <= 2048 ? 'low' : budget <= 16_384 ? 'medium' : 'high' }
}

function responseFormat(format: JsonObject): JsonObject {
  if (format['type'] !== 'json_schema') return {}
  return {
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'answer', schema: format['schema'], strict: true },
    },
  }
}
