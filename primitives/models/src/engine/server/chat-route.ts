import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { GenerationResult } from '../batch/generation.ts'
import { answerText, answerTokens, samplingOf, tokenizePrompt, usageOf } from './answer-text.ts'
import { parseChatRequest } from './chat-request.ts'
import type { ChatRequest } from './chat-request.ts'
import { EventWriter } from './event-writer.ts'
import type { LoadedModel } from './load-model.ts'
import { checkModel } from './models-route.ts'
import { openAiErrorOf } from './openai-error.ts'

interface Plan {
  request: ChatRequest
  prompt: number[]
  maxTokens: number
  stops: string[]
  id: string
  created: number
}

/** `POST /v1/chat/completions`. */
export async function chatRoute(
  loaded: LoadedModel,
  body: unknown,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const request = parseChatRequest(body)
  checkModel(loaded, request.model)
  const written = loaded.prompts.write(request.messages, null)
  const prompt = tokenizePrompt(loaded, written.text)
  const plan: Plan = {
    request,
    prompt,
    maxTokens: answerTokens(loaded, prompt, request.max_completion_tokens ?? request.max_tokens ?? null),
    stops: [...request.stop, ...written.stops],
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
  }
  if (request.stream === true) await streamChat(loaded, plan, response, signal)
  else await wholeChat(loaded, plan, response, signal)
}

async function wholeChat(
  loaded: LoadedModel,
  plan: Plan,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const texts = answers(plan).map(() => '')
  const results = await Promise.all(
    answers(plan).map((index) =>
      generate(loaded, plan, index, signal, (text) => {
        texts[index] = `${texts[index] ?? ''}${text}`
        return true
      }),
    ),
  )
  const choices = results.map(({ finishReason }, index) => ({
    index,
    message: { role: 'assistant', content: texts[index], refusal: null },
    logprobs: null,
    finish_reason: finishReason,
  }))
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify({
      ...head(loaded, plan, 'chat.completion'),
      choices,
      usage: usageOf(plan.prompt.length, results),
    }),
  )
}

async function streamChat(
  loaded: LoadedModel,
  plan: Plan,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const top = head(loaded, plan, 'chat.completion.chunk')
  const withUsage = plan.request.stream_options?.include_usage === true
  // Headers go out with the first text, so that a full queue is still answered by its status.
  let opened: EventWriter | null = null
  const open = () => (opened ??= new EventWriter(response))
  const send = (index: number, delta: object, finish: string | null = null) =>
    open().send({
      ...top,
      choices: [{ index, delta, logprobs: null, finish_reason: finish }],
      ...(withUsage ? { usage: null } : {}),
    })
  try {
    const results = await Promise.all(
      answers(plan).map(async (index) => {
        let resume = () => {}
        let isBegun = false
        const begin = () => {
          if (!isBegun) send(index, { role: 'assistant', content: '' })
          isBegun = true
        }
        const result = await generate(
          loaded,
          plan,
          index,
          signal,
          (text) => {
            begin()
            if (send(index, { content: text })) return true
            open().whenTaken(() => resume())
            return false
          },
          (go) => {
            resume = go
          },
        )
        begin()
        send(index, {}, result.finishReason)
        return result
      }),
    )
    if (withUsage) open().send({ ...top, choices: [], usage: usageOf(plan.prompt.length, results) })
    open().end()
  } catch (error) {
    if (opened === null || signal.aborted) throw error
    open().send(openAiErrorOf(error).body)
    response.end()
  }
}

function generate(
  loaded: LoadedModel,
  plan: Plan,
  index: number,
  signal: AbortSignal,
  onText: (text: string) => boolean,
  onStart?: (resume: () => void) => void,
): Promise<GenerationResult> {
  return answerText(loaded, {
    prompt: plan.prompt,
    maxTokens: plan.maxTokens,
    sampling: samplingOf(plan.request, index),
    stops: plan.stops,
    signal,
    onText,
    ...(onStart === undefined ? {} : { onStart }),
  })
}

function answers({ request }: Plan): number[] {
  return Array.from({ length: request.n ?? 1 }, (_, index) => index)
}

function head(loaded: LoadedModel, { id, created }: Plan, object: string) {
  return { id, object, created, model: loaded.options.modelName, system_fingerprint: null }
}
