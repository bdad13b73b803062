import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { normalised } from './embedder.ts'
import type { LoadedModel } from './loaded-model.ts'
import { checkModel } from './models-route.ts'
import { OpenAiError } from './openai-error.ts'

const requestSchema = z.object({
  model: z.string().optional(),
  input: z.union([
    z.string().min(1),
    z.array(z.string().min(1)).min(1).max(2048),
    z.array(z.int()).min(1),
    z.array(z.array(z.int()).min(1)).min(1).max(2048),
  ]),
  encoding_format: z.enum(['float', 'base64']).nullish(),
  dimensions: z.int().min(1).nullish(),
})

/**
 * `POST /v1/embeddings`. What the model itself was made to pool; for a chat model, the state at the last token, which has
 * seen the whole text. Chat models give weak embeddings: good enough to try things out.
 */
export async function embeddingsRoute(
  loaded: LoadedModel,
  body: unknown,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const request = requestSchema.parse(body)
  checkModel(loaded, request.model)
  const size = loaded.model.embeddingVectorSize
  const dimensions = request.dimensions ?? size
  if (dimensions > size) {
    throw new OpenAiError(400, 'invalid_value', `This model's vectors have ${size} dimensions.`, 'dimensions')
  }
  const inputs = tokensOf(loaded, request.input)
  const most = loaded.contextTokens - 2
  const long = inputs.findIndex((tokens) => tokens.length > most)
  if (long >= 0) {
    throw new OpenAiError(
      400,
      'context_length_exceeded',
      `Input ${long} has more than ${most} tokens.`,
      'input',
    )
  }
  const data: object[] = []
  for (const [index, tokens] of inputs.entries()) {
    signal.throwIfAborted()
    const whole = await loaded.embedder.embed(tokens)
    const vector = dimensions < size ? normalised(whole.subarray(0, dimensions)) : whole
    const embedding =
      request.encoding_format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector]
    data.push({ object: 'embedding', index, embedding })
  }
  const tokens = inputs.reduce((sum, input) => sum + input.length, 0)
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify({
      object: 'list',
      data,
      model: loaded.options.modelName,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    }),
  )
}

function tokensOf({ model }: LoadedModel, input: z.output<typeof requestSchema>['input']): number[][] {
  // User text: what looks like a special token is text.
  if (typeof input === 'string') return [model.tokenize(input)]
  if (typeof input[0] === 'number') return [input as number[]]
  return (input as (string | number[])[]).map((one) => (typeof one === 'string' ? model.tokenize(one) : one))
}
