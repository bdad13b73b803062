import type { Api, ClientCodec } from '../../wire/codec.ts'
import { completionsCodec } from '../../wire/completions.ts'
import { messagesCodec } from '../../wire/messages.ts'
import { responsesCodec } from '../../wire/responses.ts'

/** The APIs that can be expressed in chat completions. */
export const clientCodecs: Partial<Record<Api, ClientCodec>> = {
  completions: completionsCodec,
  messages: messagesCodec,
  responses: responsesCodec,
}
