import type { JsonObject } from '../wire/codec.ts'
import { invalidField, isObject, objectAt, objectsAt, parseObject, textAt } from '../wire/json-access.ts'

/** A piece of a turn, in the terms of no provider. `data` is base64. */
export type Block =
  | { type: 'text'; text: string }
  | { type: 'image'; mediaType: string; data: string }
  | { type: 'image-url'; url: string }
  | { type: 'file'; mediaType: string; data: string; name: string }
  | { type: 'thinking'; text: string; signature: string }
  | { type: 'redacted-thinking'; data: string }
  | { type: 'call'; id: string; name: string; input: JsonObject }
  | { type: 'result'; callId: string; blocks: Block[] }

export interface Turn {
  role: 'user' | 'assistant'
  blocks: Block[]
}

export interface Tool {
  name: string
  description: string
  parameters: JsonObject
  isStrict: boolean
}

/** A chat request as providers with turns and blocks want it: system apart, turns that alternate. */
export interface ChatRequest {
  system: string[]
  turns: Turn[]
  tools: Tool[]
  toolChoice: 'auto' | 'none' | 'required' | { name: string } | null
  allowsParallelCalls: boolean
  maxTokens: number | null
  temperature: number | null
  topP: number | null
  topK: number | null
  stop: string[]
  user: string
  effort: string
  schema: { name: string; description: string; schema: JsonObject } | null
  isStream: boolean
}

/** What would make the answer another one than was asked for, if it were left out. */
const refused: Record<string, (value: unknown) => boolean> = {
  n: (value) => typeof value === 'number' && value > 1,
  logprobs: (value) => value === true,
  audio: isObject,
  functions: (value) => Array.isArray(value) && value.length > 0,
}

const jsonInstruction = 'Answer with one JSON object and nothing else.'

/** Reads a chat request. Throws `field-invalid` for what neither Anthropic nor Bedrock can do. */
export function readChatRequest(chat: JsonObject): ChatRequest {
  for (const [name, isAsked] of Object.entries(refused)) {
    if (isAsked(chat[name])) throw invalidField(name, 'the provider of this model has nothing like it.')
  }
  if (!Array.isArray(chat['messages'])) throw invalidField('messages', 'expected a list of messages.')
  const system: string[] = []
  const turns: Turn[] = []
  chat['messages'].forEach((message: unknown, i) => {
    const at = `messages[${i}]`
    if (!isObject(message)) throw invalidField(at, 'expected an object.')
    if (message['role'] === 'system' || message['role'] === 'developer') {
      const text = plainText(message['content'], `${at}.content`)
      if (text) system.push(text)
      return
    }
    addTurn(turns, readTurn(message, at))
  })
  const format = objectAt(chat, 'response_format')
  if (format['type'] === 'json_object') system.push(jsonInstruction)
  const schema = objectAt(format, 'json_schema')
  const tools = readTools(chat)
  return {
    system,
    turns,
    tools: tools.length > 0 ? tools : toolsOfHistory(turns),
    toolChoice: readToolChoice(chat['tool_choice']),
    allowsParallelCalls: chat['parallel_tool_calls'] !== false,
    maxTokens: numberAt(chat, 'max_completion_tokens') ?? numberAt(chat, 'max_tokens'),
    temperature: numberAt(chat, 'temperature'),
    topP: numberAt(chat, 'top_p'),
    topK: numberAt(chat, 'top_k'),
    stop: stopSequences(chat['stop']),
    user: textAt(chat, 'user'),
    effort: textAt(chat, 'reasoning_effort'),
    schema:
      format['type'] === 'json_schema'
        ? {
            name: textAt(schema, 'name') || 'answer',
            description: textAt(schema, 'description'),
            schema: objectAt(schema, 'schema'),
          }
        : null,
    isStream: chat['stream'] === true,
  }
}

/** Providers refuse turns of one role in a row, and empty ones. */
function addTurn(turns: Turn[], turn: Turn): void {
  const last = turns.at(-1)
  if (turn.blocks.length === 0) return
  if (last?.role === turn.role) last.blocks.push(...turn.blocks)
  else turns.push(turn)
}

function readTurn(message: JsonObject, at: string): Turn {
  const content = readContent(message['content'], `${at}.content`)
  switch (message['role']) {
    case 'user':
      return { role: 'user', blocks: content }
    case 'tool':
      return {
        role: 'user',
        blocks: [{ type: 'result', callId: textAt(message, 'tool_call_id'), blocks: content }],
      }
    case 'assistant':
      return {
        role: 'assistant',
        blocks: [
          ...readThinking(message),
          ...content,
          ...objectsAt(message, 'tool_calls').map((call): Block => {
            const json = textAt(objectAt(call, 'function'), 'arguments')
            return {
              type: 'call',
              id: textAt(call, 'id'),
              name: textAt(objectAt(call, 'function'), 'name'),
              input: parseObject(json) ?? { arguments: json },
            }
          }),
        ],
      }
    default:
      throw invalidField(`${at}.role`, 'expected system, developer, user, assistant or tool.')
  }
}

/** Only thinking with a signature: providers take no other back. */
function readThinking(message: JsonObject): Block[] {
  return objectsAt(message, 'thinking_blocks').flatMap((block): Block[] => {
    if (block['type'] === 'redacted_thinking') {
      return [{ type: 'redacted-thinking', data: textAt(block, 'data') }]
    }
    const signature = textAt(block, 'signature')
    return signature ? [{ type: 'thinking', text: textAt(block, 'thinking'), signature }] : []
  })
}

function readContent(content: unknown, at: string): Block[] {
  if (content === undefined || content === null) return []
  if (typeof content === 'string') return content.trim() ? [{ type: 'text', text: content }] : []
  if (!Array.isArray(content)) throw invalidField(at, 'expected text or a list of parts.')
  return content.flatMap((part: unknown, i) => readPart(part, `${at}[${i}]`))
}

function readPart(part: unknown, at: string): Block[] {
  if (!isObject(part)) throw invalidField(at, 'expected an object.')
  switch (part['type']) {
    case 'text':
    case 'refusal': {
      const text = textAt(part, 'text') || textAt(part, 'refusal')
      return text.trim() ? [{ type: 'text', text }] : []
    }
    case 'image_url': {
      const url = textAt(objectAt(part, 'image_url'), 'url')
      const data = dataUrl(url)
      return data ? [{ type: 'image', ...data }] : [{ type: 'image-url', url }]
    }
    case 'file': {
      const file = objectAt(part, 'file')
      const data = dataUrl(textAt(file, 'file_data'))
      if (data) return [{ type: 'file', ...data, name: textAt(file, 'filename') || 'document' }]
      throw invalidField(`${at}.file.file_data`, 'expected a data URL; the provider holds no files.')
    }
    default:
      throw invalidField(`${at}.type`, 'the provider of this model knows no such part.')
  }
}

function dataUrl(url: string): { mediaType: string; data: string } | null {
  if (!url.startsWith('data:')) return null
  const comma = url.indexOf(',')
  const [mediaType = '', ...flags] = url.slice('data:'.length, comma).split(';')
  return flags.includes('base64') ? { mediaType, data: url.slice(comma + 1) } : null
}

function plainText(content: unknown, at: string): string {
  return readContent(content, at)
    .map((block) => {
      if (block.type === 'text') return block.text
      throw invalidField(at, 'expected text.')
    })
    .join('\n')
}

function readTools(chat: JsonObject): Tool[] {
  return objectsAt(chat, 'tools').map((tool, i) => {
    if (tool['type'] !== 'function') {
      throw invalidField(`tools[${i}].type`, 'only functions work with this model.')
    }
    const definition = objectAt(tool, 'function')
    return {
      name: textAt(definition, 'name'),
      description: textAt(definition, 'description'),
      parameters: { type: 'object', ...objectAt(definition, 'parameters') },
      isStrict: definition['strict'] === true,
    }
  })
}

/** Providers refuse calls in the past of tools that are not defined, as when a caller asks for a last summary. */
function toolsOfHistory(turns: Turn[]): Tool[] {
  const names = new Set(
    turns.flatMap((turn) => turn.blocks.flatMap((block) => (block.type === 'call' ? [block.name] : []))),
  )
  return [...names].map((name) => ({
    name,
    description: '',
    parameters: { type: 'object' },
    isStrict: false,
  }))
}

function readToolChoice(choice: unknown): ChatRequest['toolChoice'] {
  if (choice === undefined || choice === null) return null
  if (choice === 'auto' || choice === 'none' || choice === 'required') return choice
  const name = isObject(choice) ? textAt(objectAt(choice, 'function'), 'name') : ''
  if (name) return { name }
  throw invalidField('tool_choice', 'expected auto, none, required or a function.')
}

/** Providers refuse sequences of white space. */
function stopSequences(stop: unknown): string[] {
  const list: unknown[] = Array.isArray(stop) ? stop : [stop]
  return list.filter((each): each is string => typeof each === 'string' && each.trim() !== '')
}

function numberAt(chat: JsonObject, name: string): number | null {
  const value = chat[name]
  return typeof value === 'number' ? value : null
}
