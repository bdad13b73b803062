import type { ProviderCodec } from '../wire/codec.ts'
import { anthropicAnswer } from './anthropic-answer.ts'
import { AnthropicDecoder } from './anthropic-decoder.ts'
import { anthropicRequest } from './anthropic-request.ts'
import { providerError, errorMessage } from '../failure/upstream-refusal.ts'

/** Anthropic's Messages API as a provider. `version`: value of the anthropic-version header. */
export function createAnthropicCodec(options: { version: string; nowMs: () => number }): ProviderCodec {
  const seconds = () => Math.floor(options.nowMs() / 1000)
  return {
    request: (chat, model, hints) => ({
      path: '/messages',
      headers: { 'content-type': 'application/json', 'anthropic-version': options.version },
      body: Buffer.from(JSON.stringify(anthropicRequest(chat, model, hints))),
    }),
    answer: (body) => anthropicAnswer(body, seconds()),
    decoder: () => new AnthropicDecoder(seconds()),
    error: (status, body) => providerError('Anthropic', status, errorMessage(body)),
  }
}
