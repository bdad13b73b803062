import type { ServerResponse } from 'node:http'
import type { GenerationResult } from '../batch/generation.ts'
import type { GrammarState } from '../process/llama-binding.ts'
import { answerText, samplingOf } from './answer-text.ts'
import type { WireUsage } from './answer-text.ts'
import type { GenerationFields } from './chat-request.ts'
import { EventWriter } from './event-writer.ts'
import type { LoadedModel } from './loaded-model.ts'
import { openAiErrorOf } from './openai-error.ts'

/** One of the answers to a request, in the form of its API. */
export interface AnswerWriter {
  /** First chunks, before any text; none for an API that has no such. */
  begin(): object[]
  /** Choices (without index) for a piece of text. */
  push(text: string): object[]
  /** Choices at the end, with the reason. */
  end(result: GenerationResult): object[]
  /** The whole choice, for an answer that is not streamed. */
  whole(result: GenerationResult): object
}

export interface AnswerPlan {
  prompt: readonly number[]
  maxTokens: number
  stops: readonly string[]
  grammar: (() => GrammarState | undefined) | null
  writer: AnswerWriter
}

export interface ServeInput {
  loaded: LoadedModel
  request: GenerationFields
  answers: readonly AnswerPlan[]
  /** Fields of every object that is sent. */
  top: object
  /** Value of `object` in chunks, where it differs. */
  chunkTop: object
  usage: (results: readonly GenerationResult[]) => WireUsage
  response: ServerResponse
  signal: AbortSignal
}

/** Generates all answers of a request together and sends them, streamed or whole. Rejects with what went wrong; a stream
 * that had begun has been told it by then. */
export async function serveAnswers(input: ServeInput): Promise<void> {
  // One answer that fails ends the request, so the others are not generated for nobody.
  const failed = new AbortController()
  const linked = { ...input, signal: AbortSignal.any([input.signal, failed.signal]) }
  try {
    if (input.request.stream === true) await stream(linked)
    else await whole(linked)
  } catch (error) {
    failed.abort(error)
    throw error
  }
}

async function whole(input: ServeInput): Promise<void> {
  const { answers, top, usage, response } = input
  const results = await Promise.all(
    answers.map((answer, index) =>
      generate(input, answer, index, (text) => {
        answer.writer.push(text)
        return true
      }),
    ),
  )
  const choices = results.map((result, index) => ({ index, ...answers[index]?.writer.whole(result) }))
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ ...top, choices, usage: usage(results) }))
}

async function stream(input: ServeInput): Promise<void> {
  const { answers, chunkTop, usage, response, signal, request } = input
  const withUsage = request.stream_options?.include_usage === true
  // Headers go out with the first text, so that a full queue is still answered by its status.
  let opened: EventWriter | null = null
  const open = () => (opened ??= new EventWriter(response))
  const send = (index: number, choices: readonly object[]) => {
    let isTaken = true
    for (const choice of choices) {
      isTaken = open().send({
        ...chunkTop,
        choices: [{ index, ...choice }],
        ...(withUsage ? { usage: null } : {}),
      })
    }
    return isTaken
  }
  try {
    const results = await Promise.all(
      answers.map(async (answer, index) => {
        let resume = () => {}
        let isBegun = false
        const begin = () => {
          if (!isBegun) send(index, answer.writer.begin())
          isBegun = true
        }
        const onText = (text: string) => {
          begin()
          if (send(index, answer.writer.push(text))) return true
          open().whenTaken(() => resume())
          return false
        }
        const result = await generate(input, answer, index, onText, (go) => {
          resume = go
        })
        begin()
        send(index, answer.writer.end(result))
        return result
      }),
    )
    if (withUsage) open().send({ ...chunkTop, choices: [], usage: usage(results) })
    open().end()
  } catch (error) {
    if (opened !== null && !signal.aborted) {
      open().send(openAiErrorOf(error).body)
      response.end()
    }
    throw error
  }
}

function generate(
  { loaded, request, signal }: ServeInput,
  { prompt, maxTokens, stops, grammar }: AnswerPlan,
  index: number,
  onText: (text: string) => boolean,
  onStart?: (resume: () => void) => void,
): Promise<GenerationResult> {
  return answerText(loaded, {
    prompt,
    maxTokens,
    stops,
    signal,
    onText,
    sampling: samplingOf(request, index),
    ...(grammar === null ? {} : { grammar }),
    ...(onStart === undefined ? {} : { onStart }),
  })
}
