import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readConversationFiles } from '../../src/evals/answers/conversation-file.ts'
import { readMarkedWishes } from '../../src/evals/answers/marked-wishes.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { readProducts } from '../../src/evals/dialogue/catalogs.ts'
import type { EvalCatalog } from '../../src/evals/dialogue/catalogs.ts'
import type { Product } from '../../src/domain/product.ts'
import { languageCodes } from '../../src/language/languages.ts'

/** A conversation's first message, and whether it wishes for goods. */
export interface FirstMessage {
  text: string
  isWish: boolean
}

export interface LabelledStore {
  catalog: EvalCatalog
  messages: readonly FirstMessage[]
}

const { signal } = new AbortController()

/**
 * The made stores of `first-messages/`, one a language: `= title | shelf | text` is one of its goods, `+` a message that wishes for goods, `-` one that does
 * not. And those of `dataDir`, as `heavylift eval shop.answers` reads them: marked wishes wish, and so does a conversation that begins with something to be shown.
 */
export async function* openLabelledStores(
  dataDir: string | null,
  scratch: string,
): AsyncGenerator<LabelledStore> {
  const folder = new URL('./first-messages/', import.meta.url)
  for (const file of (await readdir(folder)).toSorted()) {
    const code = languageCodes.find((each) => file === `${each}.txt`)
    if (code === undefined) continue
    const lines = (await readFile(new URL(file, folder), 'utf8')).split('\n')
    const products = lines.flatMap((line, at) => (line.startsWith('= ') ? productOf(line.slice(2), at) : []))
    const store = await openMemoryStore({ products, language: code, folder: join(scratch, code), signal })
    yield {
      catalog: { name: code, store, policies: [] },
      messages: lines.flatMap((line) =>
        /^[+-] /.test(line) ? { text: line.slice(2), isWish: line.startsWith('+') } : [],
      ),
    }
  }
  if (dataDir === null) return
  for (const [at, file] of (await readConversationFiles(dataDir)).entries()) {
    const products = await readProducts(file.storePath, file)
    const store = await openMemoryStore({
      products,
      language: file.language,
      folder: join(scratch, `data-${at}`),
      signal,
    })
    const wishes = await readMarkedWishes(file.wishesPath, products)
    const begun = file.conversations.flatMap(({ turns: [first] }) =>
      first?.expect === undefined || first.page !== undefined ? [] : { text: first.say, ...first.expect },
    )
    yield {
      catalog: { name: file.name, store, policies: file.policies },
      messages: [
        ...wishes.map(({ text }) => ({ text, isWish: true })),
        ...begun.map(({ text, shows, none }) => ({ text, isWish: shows !== undefined || none === true })),
      ],
    }
  }
}

function productOf(line: string, at: number): Product {
  const [title = '', shelf = '', description = ''] = line.split(' | ')
  const price = { minor: 1500 + at * 300, currency: 'EUR' }
  return {
    id: `g${at}`,
    title,
    description,
    brand: null,
    categories: [shelf],
    attributes: {},
    images: [],
    url: null,
    rating: null,
    services: [],
    variants: [{ id: `g${at}-1`, options: {}, price, compareAt: null, stock: 9, image: null }],
  }
}
