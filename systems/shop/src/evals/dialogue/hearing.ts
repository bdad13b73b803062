import { silentLogger } from '@heavylift/core'
import { NearTexts } from '@heavylift/models/meaning'
import type { TestEmbedder } from '@heavylift/models/testing/meaning'
import type { EvalCatalog } from './catalogs.ts'

/** What messages mean, and how near they are to lines of listings, as where the model for embeddings is pulled. */
export function hearing(
  embedder: TestEmbedder,
  signal: AbortSignal,
): Required<Pick<EvalCatalog, 'meant' | 'nearLines'>> {
  const near = new NearTexts({
    embedder: () => ({ name: 'e5-small', embed: (texts) => embedder.embed(texts, signal) }),
    // What is measured is the answers, not this machine's load.
    patienceMs: 60_000,
    log: silentLogger,
    signal,
  })
  return {
    meant: (text) => embedder.meant(text, signal),
    nearLines: (question, texts) => near.cosines('main', question, texts),
  }
}
