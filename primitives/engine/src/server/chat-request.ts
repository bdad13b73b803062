import { z } from 'zod'
import { unsupported } from './openai-error.ts'

const content = z
  .union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().optional() })), z.null()])
  .optional()

const toolCall = z.looseObject({
  id: z.string().optional(),
  type: z.literal('function').default('function'),
  function: z.looseObject({ name: z.string(), arguments: z.string().default('{}') }),
})

const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content,
  tool_calls: z.array(toolCall).nullish(),
  tool_call_id: z.string().nullish(),
  name: z.string().nullish(),
})

const tool = z.looseObject({
  type: z.literal('function'),
  function: z.looseObject({
    name: z.string().regex(/^[\w.-]{1,64}$/, 'expected letters, digits and _ . -'),
    description: z.string().nullish(),
    parameters: z.record(z.string(), z.unknown()).nullish(),
  }),
})

const responseFormat = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text') }),
  z.looseObject({ type: z.literal('json_object') }),
  z.looseObject({
    type: z.literal('json_schema'),
    json_schema: z.looseObject({
      name: z.string().optional(),
      schema: z.record(z.string(), z.unknown()).default({}),
    }),
  }),
])

/** What `/v1/chat/completions` and `/v1/completions` share. */
const generation = {
  model: z.string().optional(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.int().min(1).max(16).nullish(),
  stop: z
    .union([z.string(), z.array(z.string()).max(16)])
    .nullish()
    .transform((stop) => (stop === null || stop === undefined ? [] : [stop].flat())),
  max_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  top_k: z.int().min(0).max(1000).nullish(),
  seed: z.int().nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  response_format: responseFormat.nullish(),
}

const chatSchema = z.object({
  ...generation,
  messages: z.array(message).min(1),
  max_completion_tokens: z.int().min(1).nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: z
    .union([
      z.enum(['none', 'auto', 'required']),
      z.looseObject({ type: z.literal('function'), function: z.looseObject({ name: z.string() }) }),
    ])
    .nullish(),
})

const completionSchema = z.object({
  ...generation,
  prompt: z
    .union([z.string(), z.array(z.string()).min(1).max(16), z.array(z.int()), z.array(z.array(z.int()))])
    .default(''),
  echo: z.boolean().nullish(),
  suffix: z.string().nullish(),
})

export type ChatRequest = z.output<typeof chatSchema>
export type ChatMessage = ChatRequest['messages'][number]
export type ChatTool = NonNullable<ChatRequest['tools']>[number]
export type CompletionRequest = z.output<typeof completionSchema>
export type GenerationFields = Omit<CompletionRequest, 'prompt' | 'echo' | 'suffix'>

/** Throws `ZodError` or `OpenAiError`, both answered as 400 with the field. */
export function parseChatRequest(body: unknown): ChatRequest {
  refuseUnserved(body)
  return chatSchema.parse(body)
}

/** Throws as `parseChatRequest` does. */
export function parseCompletionRequest(body: unknown): CompletionRequest {
  refuseUnserved(body)
  const request = completionSchema.parse(body)
  if (request.echo) throw unsupported('echo', 'The local engine does not echo prompts.')
  if (request.suffix) throw unsupported('suffix', 'The local engine does not fill in before a suffix.')
  return request
}

/** Fields that would change the answer and cannot be served are refused rather than passed over. */
function refuseUnserved(body: unknown): void {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const isSet = (name: string) =>
    fields[name] !== undefined && fields[name] !== null && fields[name] !== false && fields[name] !== 0
  if (isSet('logprobs') || isSet('top_logprobs')) {
    throw unsupported('logprobs', 'The local engine gives no log probabilities. Leave logprobs out.')
  }
  const bias = fields['logit_bias']
  if (isSet('logit_bias') && Object.keys(bias as object).length > 0) {
    throw unsupported('logit_bias', 'The local engine does not serve logit_bias.')
  }
  if (isSet('functions')) throw unsupported('functions', 'Use tools instead of functions.')
  if (Number(fields['best_of'] ?? 1) > 1)
    throw unsupported('best_of', 'The local engine does not serve best_of.')
}
