import { z } from 'zod'
import type { TextEmbedder } from './complete.ts'
import { answerAhead } from '../entry/answer-ahead.ts'
import { ModelError } from '../../failure/model-error.ts'
import type { Gateway } from '../gateway.ts'

const answerSchema = z.object({
  data: z.array(z.object({ index: z.number(), embedding: z.union([z.string(), z.array(z.number())]) })),
})

/** Embeds with a model of the gateway from this process: the same admission, routing, metering and failure as over HTTP. */
export function embedInProcess(gateway: Gateway, model: string): TextEmbedder['embed'] {
  return async (texts, { signal, tenantId = 'main', priority = 'interactive' }) => {
    // Base64 holds the floats as they are, in a quarter of the digits.
    const body = { input: [...texts], encoding_format: 'base64' }
    const answer = await answerAhead(
      gateway,
      { api: 'embeddings', model, body },
      { tenantId, signal, priority },
    )
    const { success, data } = answerSchema.safeParse(answer?.body)
    if (!success || data.data.length !== texts.length)
      throw new ModelError({
        code: 'model-garbage',
        message: `${model} did not answer with ${texts.length} vectors. Name a model for embeddings as "embedding" under tasks.`,
      })
    const vectors: Float32Array[] = []
    for (const { index, embedding } of data.data) vectors[index] = normalised(floatsOf(embedding))
    return vectors
  }
}

function floatsOf(embedding: string | number[]): Float32Array {
  if (typeof embedding !== 'string') return Float32Array.from(embedding)
  // A copy, since a pooled buffer may begin at any byte.
  return new Float32Array(new Uint8Array(Buffer.from(embedding, 'base64')).buffer)
}

function normalised(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return length === 0 ? vector : vector.map((value) => value / length)
}
