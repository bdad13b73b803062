import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConversationState } from '../../src/assistant/conversations/tables.ts'
import type { Product } from '../../src/domain/product.ts'
import { readConversationFiles } from '../../src/evals/answers/conversation-file.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { readProducts } from '../../src/evals/dialogue/catalogs.ts'
import type { EvalCatalog } from '../../src/evals/dialogue/catalogs.ts'
import { languageCodes } from '../../src/language/languages.ts'

/** A message in the middle of a talk. */
export interface ToldReferent {
  say: string
  page: string | null
  /** What it is said after; null: after the messages before it. */
  state: ConversationState | null
  /** Ids of the products that it may be about; empty: it looks for goods. Null: nobody told. */
  right: readonly string[] | null
}

export interface ToldStore {
  catalog: EvalCatalog
  /** By conversation, in order. */
  talks: readonly (readonly ToldReferent[])[]
}

const { signal } = new AbortController()

/**
 * The made stores of `referents/`, one a language: `a = title | shelf | text | price` is one of its goods, and `what was looked for<tab>a < b c > b<tab>message<tab>b` a
 * message: after the list "b c", of which b was looked at since and a before, it is about b (`-`: it looks for goods). And those of `dataDir`, as `heavylift eval shop.answers`
 * reads them, where `NAME.meant.tsv` beside the conversations tells of each message: conversation, message, ids divided by `|` (none: it looks for goods).
 */
export async function* openToldStores(dataDir: string, scratch: string): AsyncGenerator<ToldStore> {
  const folder = new URL('./referents/', import.meta.url)
  for (const name of (await readdir(folder)).toSorted()) {
    const code = languageCodes.find((each) => name === `${each}.txt`)
    if (code === undefined) continue
    const lines = (await readFile(new URL(name, folder), 'utf8')).split('\n')
    const products = lines.flatMap((line) => productOf(line) ?? [])
    const store = await openMemoryStore({ products, language: code, folder: join(scratch, code), signal })
    yield {
      catalog: { name: code, store, policies: [] },
      talks: lines.flatMap((line) => {
        const told = toldIn(line)
        return told === null ? [] : [[told]]
      }),
    }
  }
  for (const [at, file] of (await readConversationFiles(dataDir)).entries()) {
    const meant = await readFile(file.wishesPath.replace(/wishes\.tsv$/, 'meant.tsv'), 'utf8').catch(() => '')
    const told = new Map(
      meant.split('\n').map((line) => {
        const [name = '', say = '', ids = ''] = line.split('\t')
        return [`${name}\t${say}`, ids.split('|').filter((id) => id !== '')] as const
      }),
    )
    const store = await openMemoryStore({
      products: await readProducts(file.storePath, file),
      language: file.language,
      folder: join(scratch, `data-${at}`),
      signal,
    })
    yield {
      catalog: { name: file.name, store, policies: file.policies },
      talks: file.conversations.map(({ name, turns }) => {
        let page: string | null = null
        return turns.map((turn) => {
          page = turn.page ?? page
          return { say: turn.say, page, state: null, right: told.get(`${name}\t${turn.say}`) ?? null }
        })
      }),
    }
  }
}

function toldIn(line: string): ToldReferent | null {
  const [text = '', sight = '', say, right = ''] = line.split('\t')
  if (say === undefined) return null
  const [, before = '', list = '', looked = ''] = /^(?:(.*) < )?(.*?)(?: > (.*))?$/.exec(sight) ?? []
  const ids = (part: string) => part.split(' ').filter((id) => id !== '')
  const listIds = ids(list)
  const [first = ''] = listIds
  const focusId = looked === '' ? first : looked
  return {
    say,
    page: null,
    state: {
      shownIds: looked === '' ? listIds : [looked],
      listIds,
      focusId,
      lookedAtIds: [...new Set([focusId, first, ...ids(before).toReversed()])],
      search: { text, productType: null, constraints: [], sort: 'relevance' },
    },
    right: right === '-' ? [] : right.split('|'),
  }
}

function productOf(line: string): Product | null {
  const [id = '', rest = ''] = line.split(' = ')
  const [title = '', shelf = '', description = '', price = ''] = rest.split(' | ')
  if (description === '') return null
  return {
    id,
    title,
    description,
    brand: null,
    categories: [shelf],
    attributes: {},
    images: [],
    url: null,
    rating: null,
    services: [],
    variants: [
      {
        id: `${id}-1`,
        options: {},
        price: { minor: Number(price) * 100, currency: 'EUR' },
        compareAt: null,
        stock: 9,
        image: null,
      },
    ],
  }
}
