import type { ChatChoice } from './chat-choice.ts'
import type { JsonObject, TokenUsage } from './codec.ts'
import { textAt } from './json-access.ts'

export type ItemStatus = 'in_progress' | 'completed' | 'incomplete'

/** Ids that the gateway chose, by the request that is answered under them. */
const chosen = new WeakMap<JsonObject, string>()

/** The response to this request has that id (without `resp_`): it is kept, and upstreams' ids may come again. */
export function nameResponse(request: JsonObject, id: string): void {
  chosen.set(request, id)
}

/** Ids of a response and its items: what was chosen, else made from the completion's, so that equal completions answer equally. */
export function responseId(completion: JsonObject, request: JsonObject): string {
  const id = chosen.get(request)
  if (id !== undefined) return id
  return textAt(completion, 'id').replace(/^chatcmpl-/, '') || '0'
}

/** A response without output: what the request asked, as every answer and most events repeat it. */
export function responseShell(request: JsonObject, completion: JsonObject): JsonObject {
  const setting = (name: string, fallback: unknown) => request[name] ?? fallback
  return {
    id: `resp_${responseId(completion, request)}`,
    object: 'response',
    created_at: typeof completion['created'] === 'number' ? completion['created'] : 0,
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: setting('instructions', null),
    max_output_tokens: setting('max_output_tokens', null),
    metadata: setting('metadata', {}),
    model: textAt(request, 'model') || textAt(completion, 'model'),
    output: [],
    parallel_tool_calls: setting('parallel_tool_calls', true),
    previous_response_id: setting('previous_response_id', null),
    reasoning: setting('reasoning', { effort: null, summary: null }),
    store: request['store'] === true,
    temperature: setting('temperature', null),
    text: setting('text', { format: { type: 'text' } }),
    tool_choice: setting('tool_choice', 'auto'),
    tools: setting('tools', []),
    top_p: setting('top_p', null),
    truncation: 'disabled',
    usage: null,
    user: setting('user', null),
  }
}

/** How the response ended: `incomplete` when the model was stopped and did not stop. */
export function responseEnd(finishReason: string | null, usage: TokenUsage | null): JsonObject {
  const reason =
    finishReason === 'length'
      ? 'max_output_tokens'
      : finishReason === 'content_filter'
        ? 'content_filter'
        : null
  return {
    status: reason === null ? 'completed' : 'incomplete',
    incomplete_details: reason === null ? null : { reason },
    usage: responsesUsage(usage),
  }
}

export function reasoningItem(id: string, text: string, status: ItemStatus): JsonObject {
  return {
    type: 'reasoning',
    id: `rs_${id}`,
    status,
    summary: [],
    content: text ? [{ type: 'reasoning_text', text }] : [],
  }
}

export function messageItem(id: string, parts: JsonObject[], status: ItemStatus): JsonObject {
  return { type: 'message', id: `msg_${id}`, status, role: 'assistant', content: parts }
}

export function textPart(text: string): JsonObject {
  return { type: 'output_text', text, annotations: [], logprobs: [] }
}

export function callItem(
  id: string,
  call: { id: string; name: string; arguments: string },
  status: ItemStatus,
): JsonObject {
  return {
    type: 'function_call',
    id: `fc_${id}`,
    call_id: call.id,
    name: call.name,
    arguments: call.arguments,
    status,
  }
}

export function outputItems(choice: ChatChoice, id: string): JsonObject[] {
  const status = choice.finishReason === 'length' ? 'incomplete' : 'completed'
  const items: JsonObject[] = []
  const next = () => `${id}_${items.length}`
  if (choice.reasoning) items.push(reasoningItem(next(), choice.reasoning, 'completed'))
  const parts = [
    ...(choice.text ? [textPart(choice.text)] : []),
    ...(choice.refusal ? [{ type: 'refusal', refusal: choice.refusal }] : []),
  ]
  if (parts.length > 0) items.push(messageItem(next(), parts, status))
  for (const call of choice.toolCalls) items.push(callItem(next(), call, status))
  return items
}

function responsesUsage(usage: TokenUsage | null): JsonObject | null {
  if (usage === null) return null
  const input = usage.input + usage.cacheRead + usage.cacheWrite
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: usage.cacheRead, cache_write_tokens: usage.cacheWrite },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: input + usage.output,
  }
}
