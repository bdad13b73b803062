import type { LlamaEmbeddingContext } from '../process/llama-binding.ts'

/** Embeds texts on a context of its own, made at the first use. */
export class Embedder {
  readonly #make: () => Promise<LlamaEmbeddingContext>
  readonly #begin: readonly number[]
  #context: Promise<LlamaEmbeddingContext> | null = null

  /** `beginToken`: what the model's texts begin with, null for none. The library leaves it out where a model's tokenizer is SentencePiece's unigram. */
  constructor(make: () => Promise<LlamaEmbeddingContext>, beginToken: number | null) {
    this.#make = make
    this.#begin = beginToken === null ? [] : [beginToken]
  }

  /** A vector of length 1. */
  async embed(tokens: number[]): Promise<Float32Array> {
    this.#context ??= this.#make().catch((error: unknown) => {
      this.#context = null
      throw error
    })
    const isBegun = tokens[0] === this.#begin[0]
    const whole = isBegun ? tokens : [...this.#begin, ...tokens]
    const { vector } = await (await this.#context).getEmbeddingFor(whole)
    return normalised(vector)
  }
}

/** A copy of length 1, starting at the beginning of its buffer. */
export function normalised(vector: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const result = Float32Array.from(vector)
  let sum = 0
  for (const value of result) sum += value * value
  const length = Math.sqrt(sum)
  if (length > 0) for (let index = 0; index < result.length; index++) result[index]! /= length
  return result
}
