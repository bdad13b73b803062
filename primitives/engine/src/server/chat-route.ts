import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { ToolCallReader } from '../grammar/tool-call-reader.ts'
import type { AnswerPiece } from '../grammar/tool-call-reader.ts'
import { answerForm } from '../grammar/tool-grammar.ts'
import type { AnswerForm } from '../grammar/tool-grammar.ts'
import type { GenerationResult } from '../batch/generation.ts'
import type { GrammarState } from '../process/llama-binding.ts'
import { answerTokens, tokenizePrompt, usageOf } from './answer-text.ts'
import { toolInstructions } from './chat-prompt.ts'
import { parseChatRequest } from './chat-request.ts'
import type { LoadedModel } from './loaded-model.ts'
import { checkModel } from './models-route.ts'
import { serveAnswers } from './serve-answers.ts'
import type { AnswerPlan, AnswerWriter } from './serve-answers.ts'

/** `POST /v1/chat/completions`. */
export async function chatRoute(
  loaded: LoadedModel,
  body: unknown,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const request = parseChatRequest(body)
  checkModel(loaded, request.model)
  const form = answerForm(request)
  const instructions = form.tools.length > 0 ? toolInstructions(form.tools) : null
  const written = loaded.prompts.write(request.messages, instructions)
  const prompt = tokenizePrompt(loaded, written.text)
  const maxTokens = answerTokens(loaded, prompt, request.max_completion_tokens ?? request.max_tokens ?? null)
  const answers: AnswerPlan[] = []
  for (let index = 0; index < (request.n ?? 1); index++) {
    const writer = new ChatWriter(form.tools.length > 0)
    const state = form.grammar === null ? null : await loaded.grammars.start(form.grammar)
    const grammar = state === null ? null : steering(form, state, writer)
    answers.push({ prompt, maxTokens, stops: [...request.stop, ...written.stops], grammar, writer })
  }
  const head = {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    model: loaded.options.modelName,
    system_fingerprint: null,
  }
  await serveAnswers({
    loaded,
    request,
    answers,
    top: { ...head, object: 'chat.completion' },
    chunkTop: { ...head, object: 'chat.completion.chunk' },
    usage: (results) => usageOf(prompt.length, results, answers.length),
    response,
    signal,
  })
}

/** With an open form the grammar is let go of once the answer is known to be text. */
function steering(form: AnswerForm, state: GrammarState, writer: ChatWriter) {
  return (): GrammarState | undefined => (form.isOpen && writer.hasText ? undefined : state)
}

interface ToolCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

/** Writes one answer as chat choices; text that is a tool call as such. */
class ChatWriter implements AnswerWriter {
  readonly #reader: ToolCallReader | null
  #text = ''
  #call: ToolCall | null = null

  constructor(withTools: boolean) {
    this.#reader = withTools ? new ToolCallReader() : null
  }

  get hasText(): boolean {
    return this.#text !== ''
  }

  begin(): object[] {
    return [choice({ role: 'assistant', content: '' })]
  }

  push(text: string): object[] {
    const pieces = this.#reader ? this.#reader.push(text) : [{ kind: 'text' as const, text }]
    return pieces.map((piece) => choice(this.#delta(piece)))
  }

  end(result: GenerationResult): object[] {
    const rest = (this.#reader?.end() ?? []).map((piece) => choice(this.#delta(piece)))
    return [...rest, choice({}, this.#finish(result))]
  }

  whole(result: GenerationResult): object {
    for (const piece of this.#reader?.end() ?? []) this.#delta(piece)
    const message = {
      role: 'assistant',
      content: this.#call ? null : this.#text,
      refusal: null,
      ...(this.#call ? { tool_calls: [this.#call] } : {}),
    }
    return { message, logprobs: null, finish_reason: this.#finish(result) }
  }

  #finish({ finishReason }: GenerationResult): string {
    return this.#call && finishReason === 'stop' ? 'tool_calls' : finishReason
  }

  #delta(piece: AnswerPiece): object {
    switch (piece.kind) {
      case 'text':
        this.#text += piece.text
        return { content: piece.text }
      case 'call':
        this.#call = {
          id: `call_${randomUUID().replaceAll('-', '').slice(0, 24)}`,
          type: 'function',
          function: { name: piece.name, arguments: '' },
        }
        return { tool_calls: [{ index: 0, ...this.#call, function: { ...this.#call.function } }] }
      case 'arguments':
        if (this.#call) this.#call.function.arguments += piece.text
        return { tool_calls: [{ index: 0, function: { arguments: piece.text } }] }
    }
  }
}

function choice(delta: object, finish: string | null = null): object {
  return { delta, logprobs: null, finish_reason: finish }
}
