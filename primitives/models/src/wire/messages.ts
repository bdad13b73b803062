import { readChoice } from './chat-choice.ts'
import type { ClientCodec } from './codec.ts'
import { textAt } from './json-access.ts'
import { contentBlocks, messageId, messagesUsage, stopOf } from './messages-answer.ts'
import { MessagesEncoder } from './messages-encoder.ts'
import { messagesToChat } from './messages-request.ts'

/** Anthropic's Messages API (version 2023-06-01) for models that speak chat completions. */
export const messagesCodec: ClientCodec = {
  toChat: messagesToChat,
  fromChat(completion, request) {
    const choice = readChoice(completion)
    return {
      id: messageId(completion),
      type: 'message',
      role: 'assistant',
      model: textAt(request, 'model') || textAt(completion, 'model'),
      content: contentBlocks(choice),
      ...stopOf(choice),
      usage: messagesUsage(choice.usage),
    }
  },
  encoder: (request) => new MessagesEncoder(textAt(request, 'model')),
}
