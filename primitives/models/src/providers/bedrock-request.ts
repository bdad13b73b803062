import type { JsonObject } from '../wire/codec.ts'
import { invalidField, pick } from '../wire/json-access.ts'
import { cacheHints } from './cache-hints.ts'
import { readChatRequest } from './chat-request.ts'
import type { Block, ChatRequest } from './chat-request.ts'

/** Members of Bedrock's own that a client may put into its chat request. */
const passed = ['guardrailConfig', 'performanceConfig', 'requestMetadata'] as const

const cachePoint = { cachePoint: { type: 'default' } }

/** Models that take cache points (AWS reference, Prompt caching); the others refuse a request that has one. */
const cachingModel = /anthropic\.claude|amazon\.nova/
/** Those that take them after tools too. */
const toolCachingModel = /anthropic\.claude/

/** The body of Converse and ConverseStream for a chat request. Throws `field-invalid`. */
export function bedrockRequest(
  chat: JsonObject,
  model: string,
  options: { promptCacheHints: boolean },
): JsonObject {
  const request = readChatRequest(chat)
  const hints = options.promptCacheHints && cachingModel.test(model) ? cacheHints(request) : null
  const messages = request.turns.map((turn, i) => ({
    role: turn.role,
    content: turn.blocks.map((block) => contentBlock(block, `turn ${i}`)),
  }))
  if (hints?.afterTurns) messages.at(-1)?.content.push(cachePoint)
  const system: JsonObject[] = request.system.map((text) => ({ text }))
  if (hints?.afterSystem) system.push(cachePoint)
  return {
    messages,
    ...(system.length > 0 ? { system } : {}),
    inferenceConfig: inferenceConfig(request),
    ...toolConfig(request, hints !== null && hints.afterTools && toolCachingModel.test(model)),
    ...outputConfig(request),
    ...additionalFields(chat, request),
    ...pick(chat, passed),
  }
}

function contentBlock(block: Block, at: string): JsonObject {
  switch (block.type) {
    case 'text':
      return { text: block.text }
    case 'image':
      return { image: { format: format(block.mediaType), source: { bytes: block.data } } }
    case 'image-url':
      throw invalidField('messages', `${at} shows a picture by address; Bedrock takes data URLs only.`)
    case 'file':
      return {
        document: {
          format: format(block.mediaType),
          // Their rule for names: letters, digits, single spaces, hyphens and brackets.
          name: block.name.replaceAll(/[^A-Za-z0-9()[\]-]+/g, ' ').trim() || 'document',
          source: { bytes: block.data },
        },
      }
    case 'thinking':
      return {
        reasoningContent: { reasoningText: { text: block.text, signature: block.signature } },
      }
    case 'redacted-thinking':
      return { reasoningContent: { redactedContent: block.data } }
    case 'call':
      return { toolUse: { toolUseId: block.id, name: block.name, input: block.input } }
    case 'result':
      return {
        toolResult: {
          toolUseId: block.callId,
          content: block.blocks.map((each) => contentBlock(each, at)),
        },
      }
  }
}

/** `image/png` → `png`, `text/plain` → `txt`. */
function format(mediaType: string): string {
  const name = mediaType.slice(mediaType.indexOf('/') + 1)
  return { jpg: 'jpeg', plain: 'txt', markdown: 'md' }[name] ?? name
}

function inferenceConfig(request: ChatRequest): JsonObject {
  return {
    ...(request.maxTokens === null ? {} : { maxTokens: request.maxTokens }),
    // Chat allows up to 2, Converse up to 1.
    ...(request.temperature === null ? {} : { temperature: Math.min(1, request.temperature) }),
    ...(request.topP === null ? {} : { topP: request.topP }),
    ...(request.stop.length > 0 ? { stopSequences: request.stop } : {}),
  }
}

function toolConfig(request: ChatRequest, isCached: boolean): JsonObject {
  const { tools, toolChoice } = request
  // Converse cannot forbid calls; without the tools there are none, unless the past has some.
  const hasPast = request.turns.some((turn) => turn.blocks.some((block) => block.type === 'call'))
  if (tools.length === 0 || (toolChoice === 'none' && !hasPast)) return {}
  const choice =
    toolChoice === null || toolChoice === 'none'
      ? null
      : toolChoice === 'auto'
        ? { auto: {} }
        : toolChoice === 'required'
          ? { any: {} }
          : { tool: { name: toolChoice.name } }
  return {
    toolConfig: {
      tools: [
        ...tools.map((tool) => ({
          toolSpec: {
            name: tool.name,
            ...(tool.description ? { description: tool.description } : {}),
            inputSchema: { json: tool.parameters },
            ...(tool.isStrict ? { strict: true } : {}),
          },
        })),
        ...(isCached ? [cachePoint] : []),
      ],
      ...(choice === null ? {} : { toolChoice: choice }),
    },
  }
}

function outputConfig(request: ChatRequest): JsonObject {
  const { schema, effort } = request
  const config = {
    ...(effort && effort !== 'none' ? { effort: effort === 'minimal' ? 'low' : effort } : {}),
    ...(schema
      ? {
          textFormat: {
            type: 'json_schema',
            structure: {
              jsonSchema: {
                name: schema.name,
                ...(schema.description ? { description: schema.description } : {}),
                schema: JSON.stringify(schema.schema),
              },
            },
          },
        }
      : {}),
  }
  return Object.keys(config).length > 0 ? { outputConfig: config } : {}
}

/** What a model has beyond Converse goes to it as it is. */
function additionalFields(chat: JsonObject, request: ChatRequest): JsonObject {
  const own = chat['additionalModelRequestFields']
  const fields = {
    ...(request.topK === null ? {} : { top_k: request.topK }),
    ...pick(chat, ['thinking']),
    ...(typeof own === 'object' && own !== null ? own : {}),
  }
  return Object.keys(fields).length > 0 ? { additionalModelRequestFields: fields } : {}
}
