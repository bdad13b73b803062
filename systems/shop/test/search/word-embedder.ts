import { createRandom } from '@heavylift/core/math'
import type { TextEmbedder } from '@heavylift/models'

export const width = 64

/** A vector of length 1 in its own direction for each word, whatever its spelling. */
export function vectorOf(words: readonly string[]): Float32Array {
  const vector = new Float32Array(width)
  for (const word of words) {
    const random = createRandom(
      word.split('').reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1e9,
    )
    for (let at = 0; at < width; at += 1) vector[at] = (vector[at] as number) + random.next() - 0.5
  }
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

/** Words of a language that the lexicon does not know; the model does. */
const meaningsOfWords: Record<string, string> = { flumpet: 'sofa', grunzel: 'sofa' }

/** Embeds texts by their words, and knows that some are one. */
export class WordEmbedder implements TextEmbedder {
  readonly name = 'test-e5'
  readonly asked: string[] = []
  failure: Error | null = null

  embed(texts: readonly string[]): Promise<Float32Array[]> {
    if (this.failure !== null) return Promise.reject(this.failure)
    this.asked.push(...texts)
    return Promise.resolve(
      texts.map((text) =>
        vectorOf(
          text
            .replace(/^(?:query|passage): /, '')
            .toLowerCase()
            .split(/\W+/)
            .map((word) => meaningsOfWords[word] ?? word),
        ),
      ),
    )
  }
}
