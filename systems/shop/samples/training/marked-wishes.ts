import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestEmbedder } from '@heavylift/models/testing/meaning'
import type { MarkedWish } from '../../src/evals/answers/marked-wishes.ts'
import { readConversationFiles } from '../../src/evals/answers/conversation-file.ts'
import type { StoreConversations } from '../../src/evals/answers/conversation-file.ts'
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

/** Opens the stores of a folder one after the other, each with its `NAME.tsv` of marked wishes; with what its texts mean, where an embedder is given. */
export async function* openWishStores(
  dataDir: string,
  scratch: string,
  embedder: TestEmbedder | null,
): AsyncGenerator<WishStore> {
  const { signal } = new AbortController()
  for (const entry of (await readdir(dataDir)).filter((each) => each.endsWith('.tsv')).toSorted()) {
    const name = entry.slice(0, -'.tsv'.length)
    const [file] = await readConversationFiles(join(dataDir, name))
    if (file === undefined) throw new Error(`There is no store in ${join(dataDir, name)}.`)
    const products = await readProducts(file.storePath, file)
    const meanings = await embedder?.read(products.map(meaningText), {
      name: `wishes-${name}`,
      report: () => undefined,
      signal,
    })
    const store = await openMemoryStore({
      products,
      language: file.language,
      ...(meanings ? { meanings } : {}),
      folder: join(scratch, name),
      signal,
    })
    const lines = (await readFile(join(dataDir, entry), 'utf8')).split('\n')
    yield { name, file, store, wishes: lines.flatMap((line) => wishOf(line, store)) }
  }
}

function wishOf(line: string, { products }: MemoryStore): MarkedWish[] {
  const [ids = '', marked] = line.split('\t')
  if (marked === undefined) return []
  const named = ids.split(';').map((each) => each.trim().toLowerCase())
  const right = products.filter(
    ({ id, title, variants }) =>
      named.includes(id.toLowerCase()) ||
      named.includes(title.toLowerCase()) ||
      variants.some((variant) => named.includes(variant.id.toLowerCase())),
  )
  return [{ text: marked.replaceAll(/-(?=\{)|[[\]{}]/g, ''), right: new Set(right.map(({ id }) => id)) }]
}
