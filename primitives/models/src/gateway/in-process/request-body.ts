import { z } from 'zod'
import type { ChatMessage, CompleteOptions } from './complete.ts'

/** One chunk of an OpenAI chat completion stream; fields that we do not use are ignored. */
export const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: z.string().nullish(),
            tool_calls: z
              .array(
                z.object({
                  index: z.int().min(0).max(63).optional(),
                  id: z.string().nullish(),
                  function: z
                    .object({ name: z.string().nullish(), arguments: z.string().nullish() })
                    .nullish(),
                }),
              )
              .nullish(),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .default([]),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
  error: z.object({ message: z.string().optional(), code: z.unknown().optional() }).nullish(),
})

export type Chunk = z.output<typeof chunkSchema>

/** The request body of `/chat/completions`. */
export function requestBody(model: string, messages: ChatMessage[], options: CompleteOptions): string {
  return JSON.stringify({
    model,
    stream: true,
    stream_options: { include_usage: true },
    messages: messages.map(wireMessage),
    ...(options.maxTokens === undefined ? {} : { max_tokens: options.maxTokens }),
    ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
    ...(options.jsonSchema === undefined
      ? {}
      : { response_format: { type: 'json_schema', json_schema: { ...options.jsonSchema, strict: true } } }),
    ...(options.tools?.length
      ? { tools: options.tools.map((definition) => ({ type: 'function', function: definition })) }
      : {}),
  })
}

function wireMessage(message: ChatMessage): object {
  return {
    role: message.role,
    content: message.content,
    ...(message.toolCalls?.length
      ? {
          tool_calls: message.toolCalls.map((call) => ({
            id: call.id,
            type: 'function',
            function: { name: call.name, arguments: call.arguments },
          })),
        }
      : {}),
    ...(message.toolCallId === undefined ? {} : { tool_call_id: message.toolCallId }),
  }
}
