import { choicesOf } from '../../cache/answer.ts'
import type { Api, JsonObject, StreamDecoder } from '../../wire/codec.ts'
import type { Upstream } from '../route/upstream.ts'
import { chatDecoder } from '../reading/chat-stream.ts'

/** Reads an answer that passes untouched, beside the client. */
export interface ChatReading {
  decoder(): StreamDecoder
  answer(body: JsonObject): JsonObject
}

const asIs: ChatReading = { decoder: chatDecoder, answer: (body) => body }

const completions: ChatReading = {
  decoder() {
    const chat = chatDecoder()
    return { push: (bytes) => chat.push(bytes).map(chunkOf), end: () => chat.end().map(chunkOf) }
  },
  answer: (body) => ({
    ...body,
    object: 'chat.completion',
    choices: choicesOf(body).map(({ text, index, finish_reason }) => ({
      index,
      message: { role: 'assistant', content: text },
      finish_reason,
    })),
  }),
}

/** How to read an upstream's own answer of an API as a chat completion; null where nothing here can. */
export function readAsChat(api: Api, upstream: Upstream): ChatReading | null {
  switch (api) {
    case 'chat':
    case 'embeddings':
      return asIs
    case 'completions':
      return completions
    case 'messages':
      return upstream.codec
    case 'responses':
    case 'other':
      return null
  }
}

function chunkOf(chunk: JsonObject): JsonObject {
  return {
    ...chunk,
    object: 'chat.completion.chunk',
    choices: choicesOf(chunk).map(({ text, index, finish_reason }) => ({
      index,
      delta: { content: text },
      finish_reason,
    })),
  }
}
