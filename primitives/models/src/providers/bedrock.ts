import type { ProviderCodec } from '../wire/codec.ts'
import { bedrockAnswer } from './bedrock-answer.ts'
import { BedrockDecoder } from './bedrock-decoder.ts'
import { bedrockRequest } from './bedrock-request.ts'
import { providerError, errorMessage } from '../failure/upstream-refusal.ts'

/** Where Bedrock answers in a region, below which the codec's paths lie. */
export function bedrockBaseUrl(region: string): string {
  return `https://bedrock-runtime.${region}.amazonaws.com`
}

/** Amazon Bedrock's Converse API as a provider. `newId` names answers, which Bedrock leaves without a name. */
export function createBedrockCodec(options: { nowMs: () => number; newId: () => string }): ProviderCodec {
  const head = () => ({
    id: options.newId(),
    model: '',
    created: Math.floor(options.nowMs() / 1000),
  })
  return {
    request(chat, model, hints) {
      const operation = chat['stream'] === true ? 'converse-stream' : 'converse'
      return {
        // Names have colons, and those of profiles slashes: arn:aws:bedrock:…:inference-profile/….
        path: `/model/${encodeURIComponent(model)}/${operation}`,
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(bedrockRequest(chat, model, hints))),
      }
    },
    answer: (body) => bedrockAnswer(body, head()),
    decoder: () => new BedrockDecoder(head()),
    error: (status, body) => providerError('Bedrock', status, errorMessage(body)),
  }
}
