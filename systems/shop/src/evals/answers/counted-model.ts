import type { TaskModel } from '@heavylift/models'

/** One call of a model. */
export interface CountedCall {
  /** Of its prompt. */
  characters: number
  /** Null where the server does not count them. */
  promptTokens: number | null
  replyTokens: number | null
  tookMs: number
}

/** The same model, each of whose calls is told when it ends, however it ends. */
export function countedModel({ name, complete }: TaskModel, onCall: (call: CountedCall) => void): TaskModel {
  return {
    name,
    complete: async function* (messages, options) {
      const began = performance.now()
      const call: CountedCall = {
        characters: messages.reduce((sum, { content }) => sum + content.length, 0),
        promptTokens: null,
        replyTokens: null,
        tookMs: 0,
      }
      try {
        for await (const part of complete(messages, options)) {
          if (part.type === 'done' && part.usage !== null) {
            call.promptTokens = part.usage.promptTokens
            call.replyTokens = part.usage.completionTokens
          }
          yield part
        }
      } finally {
        onCall({ ...call, tookMs: performance.now() - began })
      }
    },
  }
}
