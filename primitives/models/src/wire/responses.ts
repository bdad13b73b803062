import { readChoice } from './chat-choice.ts'
import type { ClientCodec } from './codec.ts'
import { outputItems, responseEnd, responseId, responseShell } from './responses-answer.ts'
import { ResponsesEncoder } from './responses-encoder.ts'
import { responsesToChat } from './responses-request.ts'

/** OpenAI's Responses API, without the state that its own servers keep, for models that speak chat completions. */
export const responsesCodec: ClientCodec = {
  toChat: responsesToChat,
  fromChat(completion, request) {
    const choice = readChoice(completion)
    return {
      ...responseShell(request, completion),
      ...responseEnd(choice.finishReason, choice.usage),
      output: outputItems(choice, responseId(completion)),
    }
  },
  encoder: (request) => new ResponsesEncoder(request),
}
