import { readChoice } from './chat-choice.ts'
import type { ClientCodec } from './codec.ts'
import { outputItems, responseEnd, responseId, responseShell } from './responses-answer.ts'
import { ResponsesEncoder } from './responses-encoder.ts'
import { responsesToChat } from './responses-request.ts'

/** OpenAI's Responses API for models that speak chat completions. State is for the gateway to add (see `withState`). */
export const responsesCodec: ClientCodec = {
  toChat: responsesToChat,
  fromChat(completion, request) {
    const choice = readChoice(completion)
    return {
      ...responseShell(request, completion),
      ...responseEnd(choice.finishReason, choice.usage),
      output: outputItems(choice, responseId(completion, request)),
    }
  },
  encoder: (request) => new ResponsesEncoder(request),
}
