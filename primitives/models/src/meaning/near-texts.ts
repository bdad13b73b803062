import type { Logger } from '@heavylift/core'
import { withTimeout } from '@heavylift/core/async'
import type { TextEmbedder } from '../gateway/in-process/complete.ts'
import { asPassage, asQuery, clippedText } from './text.ts'

export interface NearTextsDependencies {
  /** The model to embed with now, or null. */
  embedder: () => TextEmbedder | null
  /** Nobody waits longer than this for texts that are not known yet; they are kept for the next question. Default 1,000. */
  patienceMs?: number
  log: Logger
  /** Ends the embedding when the process stops. */
  signal: AbortSignal
}

const usualPatienceMs = 1_000
/** Vectors in memory, 1.5 kB each with E5 small: the lines of some two hundred things. */
const keptTexts = 8_000

/** How near a question is in meaning to some texts that are asked about again and again, such as the lines of one listing. */
export class NearTexts {
  readonly #deps: NearTextsDependencies
  /** By model, tenant and text as it is embedded, least lately asked for first. */
  readonly #vectors = new Map<string, Promise<Float32Array>>()

  constructor(deps: NearTextsDependencies) {
    this.#deps = deps
  }

  /** Cosines of a question with texts, by text; null without a model, where it fails, or does not come in time. */
  async cosines(
    tenantId: string,
    question: string,
    texts: readonly string[],
  ): Promise<ReadonlyMap<string, number> | null> {
    const embedder = this.#deps.embedder()
    if (embedder === null || texts.length === 0) return null
    const own = [...new Set(texts)]
    const passages = own.map((text) => asPassage(embedder.name, clippedText(text)))
    const vectors = this.#vectorsOf(tenantId, embedder, [asQuery(embedder.name, question), ...passages])
    return withTimeout(
      Promise.all(vectors).then(([query, ...rest]) =>
        query === undefined ? null : new Map(own.map((text, at) => [text, cosine(query, rest[at] ?? query)])),
      ),
      this.#deps.patienceMs ?? usualPatienceMs,
      () => null,
    ).catch((error: unknown) => {
      this.#deps.log.debug({ error }, 'the lines of a listing could not be embedded')
      return null
    })
  }

  /** The vectors of texts; those that are not known are embedded together. */
  #vectorsOf(tenantId: string, embedder: TextEmbedder, texts: readonly string[]): Promise<Float32Array>[] {
    const keyOf = (text: string): string => `${embedder.name}\u0000${tenantId}\u0000${text}`
    const missing = [...new Set(texts)].filter((text) => !this.#vectors.has(keyOf(text)))
    const embedding =
      missing.length === 0
        ? Promise.resolve([])
        : embedder.embed(missing, { signal: this.#deps.signal, tenantId })
    for (const [at, text] of missing.entries()) {
      const vector = embedding.then((all) => {
        const own = all[at]
        if (own === undefined) throw new TypeError('The model gave no vector.')
        return own
      })
      vector.catch(() => this.#vectors.delete(keyOf(text)))
      this.#vectors.set(keyOf(text), vector)
    }
    const found = texts.map((text) => {
      const key = keyOf(text)
      const vector = this.#vectors.get(key) as Promise<Float32Array>
      this.#vectors.delete(key)
      this.#vectors.set(key, vector)
      return vector
    })
    for (const key of [...this.#vectors.keys()].slice(0, Math.max(0, this.#vectors.size - keptTexts)))
      this.#vectors.delete(key)
    return found
  }
}

/** Of two vectors of length 1. */
const cosine = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0)
