import type { JsonObject } from '../wire/codec.ts'
import { pick } from '../wire/json-access.ts'
import { cacheHints } from './cache-hints.ts'
import { readChatRequest } from './chat-request.ts'
import type { Block, ChatRequest } from './chat-request.ts'

/** The API requires a limit where chat does not. */
const defaultMaxTokens = 4096

/** Members of Anthropic's own that a client may put into its chat request. */
const passed = [
  'thinking',
  'service_tier',
  'container',
  'mcp_servers',
  'context_management',
  'speed',
] as const

const cacheControl = { type: 'ephemeral' }

/** The body of `POST /messages` for a chat request (version 2023-06-01). Throws `field-invalid`. */
export function anthropicRequest(
  chat: JsonObject,
  model: string,
  options: { promptCacheHints: boolean },
): JsonObject {
  const request = readChatRequest(chat)
  const body: JsonObject = {
    model,
    max_tokens: request.maxTokens ?? defaultMaxTokens,
    messages: request.turns.map((turn) => ({
      role: turn.role,
      content: turn.blocks.map((block) => contentBlock(block)),
    })),
    ...(request.system.length > 0 ? { system: request.system.map((text) => ({ type: 'text', text })) } : {}),
    ...(request.isStream ? { stream: true } : {}),
    // Chat allows up to 2, this API up to 1.
    ...(request.temperature === null ? {} : { temperature: Math.min(1, request.temperature) }),
    ...(request.topP === null ? {} : { top_p: request.topP }),
    ...(request.topK === null ? {} : { top_k: request.topK }),
    ...(request.stop.length > 0 ? { stop_sequences: request.stop } : {}),
    ...(request.user ? { metadata: { user_id: request.user } } : {}),
    ...toolMembers(request),
    ...outputConfig(request),
    ...pick(chat, passed),
  }
  if (options.promptCacheHints) markCaches(body, request)
  return body
}

function contentBlock(block: Block): JsonObject {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text }
    case 'image':
      return {
        type: 'image',
        source: { type: 'base64', media_type: block.mediaType, data: block.data },
      }
    case 'image-url':
      return { type: 'image', source: { type: 'url', url: block.url } }
    case 'file':
      return {
        type: 'document',
        title: block.name,
        source: { type: 'base64', media_type: block.mediaType, data: block.data },
      }
    case 'thinking':
      return { type: 'thinking', thinking: block.text, signature: block.signature }
    case 'redacted-thinking':
      return { type: 'redacted_thinking', data: block.data }
    case 'call':
      return { type: 'tool_use', id: block.id, name: block.name, input: block.input }
    case 'result':
      return {
        type: 'tool_result',
        tool_use_id: block.callId,
        content: block.blocks.map((each) => contentBlock(each)),
      }
  }
}

function toolMembers(request: ChatRequest): JsonObject {
  if (request.tools.length === 0) return {}
  const choice = toolChoice(request)
  return {
    tools: request.tools.map((tool) => ({
      name: tool.name,
      ...(tool.description ? { description: tool.description } : {}),
      input_schema: tool.parameters,
      ...(tool.isStrict ? { strict: true } : {}),
    })),
    ...(choice === null ? {} : { tool_choice: choice }),
  }
}

function toolChoice({ toolChoice: choice, allowsParallelCalls }: ChatRequest): JsonObject | null {
  const parallel = allowsParallelCalls ? {} : { disable_parallel_tool_use: true }
  if (choice === 'none') return { type: 'none' }
  if (choice === 'required') return { type: 'any', ...parallel }
  if (choice === null && allowsParallelCalls) return null
  if (choice === null || choice === 'auto') return { type: 'auto', ...parallel }
  return { type: 'tool', name: choice.name, ...parallel }
}

function outputConfig(request: ChatRequest): JsonObject {
  const effort = request.effort === 'minimal' ? 'low' : request.effort
  const config = {
    ...(effort && effort !== 'none' ? { effort } : {}),
    ...(request.schema ? { format: { type: 'json_schema', schema: request.schema.schema } } : {}),
  }
  return Object.keys(config).length > 0 ? { output_config: config } : {}
}

/** A mark stands on the last block of what it covers; the API reads tools, system and messages in that order. */
function markCaches(body: JsonObject, request: ChatRequest): void {
  const hints = cacheHints(request)
  const mark = (list: unknown) => {
    const last = Array.isArray(list) ? (list.at(-1) as JsonObject | undefined) : undefined
    if (last) last['cache_control'] = cacheControl
  }
  if (hints.afterSystem) mark(body['system'])
  if (hints.afterTools) mark(body['tools'])
  const messages = body['messages'] as JsonObject[]
  if (hints.afterTurns) mark(messages.at(-1)?.['content'])
}
