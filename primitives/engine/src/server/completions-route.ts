import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { GenerationResult } from '../batch/generation.ts'
import { jsonObjectGrammar, jsonSchemaGrammar } from '../grammar/json-schema-grammar.ts'
import { answerTokens, tokenizePrompt, usageOf } from './answer-text.ts'
import { parseCompletionRequest } from './chat-request.ts'
import type { CompletionRequest } from './chat-request.ts'
import type { LoadedModel } from './loaded-model.ts'
import { checkModel } from './models-route.ts'
import { serveAnswers } from './serve-answers.ts'
import type { AnswerPlan, AnswerWriter } from './serve-answers.ts'

/** What OpenAI's API takes when a request names no limit. */
const defaultMaxTokens = 16

/** `POST /v1/completions`. */
export async function completionsRoute(
  loaded: LoadedModel,
  body: unknown,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const request = parseCompletionRequest(body)
  checkModel(loaded, request.model)
  const prompts = promptsOf(loaded, request)
  const text = grammarOf(request)
  const answers: AnswerPlan[] = []
  for (const prompt of prompts) {
    const maxTokens = answerTokens(loaded, prompt, request.max_tokens ?? defaultMaxTokens)
    for (let index = 0; index < (request.n ?? 1); index++) {
      const state = text === null ? null : await loaded.grammars.start(text)
      const grammar = state === null ? null : () => state
      answers.push({ prompt, maxTokens, stops: request.stop, grammar, writer: new TextWriter() })
    }
  }
  const top = {
    id: `cmpl-${randomUUID()}`,
    object: 'text_completion',
    created: Math.floor(Date.now() / 1000),
    model: loaded.options.modelName,
  }
  const promptTokens = prompts.reduce((sum, prompt) => sum + prompt.length, 0)
  await serveAnswers({
    loaded,
    request,
    answers,
    top,
    chunkTop: top,
    usage: (results) => usageOf(promptTokens, results, request.n ?? 1),
    response,
    signal,
  })
}

function promptsOf(loaded: LoadedModel, { prompt }: CompletionRequest): number[][] {
  if (typeof prompt === 'string') return [tokenizePrompt(loaded, prompt)]
  const [first] = prompt
  if (typeof first === 'number') return [prompt as number[]]
  return (prompt as (string | number[])[]).map((one) =>
    typeof one === 'string' ? tokenizePrompt(loaded, one) : one,
  )
}

function grammarOf({ response_format: format }: CompletionRequest): string | null {
  if (!format || format.type === 'text') return null
  return format.type === 'json_object' ? jsonObjectGrammar() : jsonSchemaGrammar(format.json_schema.schema)
}

class TextWriter implements AnswerWriter {
  #text = ''

  begin(): object[] {
    return []
  }

  push(text: string): object[] {
    this.#text += text
    return [{ text, logprobs: null, finish_reason: null }]
  }

  end({ finishReason }: GenerationResult): object[] {
    return [{ text: '', logprobs: null, finish_reason: finishReason }]
  }

  whole({ finishReason }: GenerationResult): object {
    return { text: this.#text, logprobs: null, finish_reason: finishReason }
  }
}
