import { join } from 'node:path'
import type { TestEmbedder } from '@heavylift/models/testing/meaning'
import { readConversationFiles } from '../../src/evals/answers/conversation-file.ts'
import type { StoreConversations } from '../../src/evals/answers/conversation-file.ts'
import { readMarkedWishes } from '../../src/evals/answers/marked-wishes.ts'
import type { MarkedWish } from '../../src/evals/answers/marked-wishes.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import type { MemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { readProducts } from '../../src/evals/dialogue/catalogs.ts'
import { meaningText } from '../../src/search/meaning-text.ts'

export interface WishStore {
  name: string
  file: StoreConversations
  store: MemoryStore
  wishes: readonly MarkedWish[]
}

/** Opens the stores below a folder one after the other, each with the wishes marked for it; with what its texts mean, where an embedder is given. */
export async function* openWishStores(
  dataDir: string,
  scratch: string,
  embedder: TestEmbedder | null,
): AsyncGenerator<WishStore> {
  const { signal } = new AbortController()
  for (const [at, file] of (await readConversationFiles(dataDir)).entries()) {
    const products = await readProducts(file.storePath, file)
    const meanings = await embedder?.read(products.map(meaningText), {
      name: `wishes-${at}`,
      report: () => undefined,
      signal,
    })
    const store = await openMemoryStore({
      products,
      language: file.language,
      ...(meanings ? { meanings } : {}),
      folder: join(scratch, String(at)),
      signal,
    })
    yield { name: file.name, file, store, wishes: await readMarkedWishes(file.wishesPath, products) }
  }
}
