import { readFile } from 'node:fs/promises'
import { HeavyliftError } from '@heavylift/core'
import type { Product } from '../../domain/product.ts'
import type { MemoryStore } from '../assistant/memory-store.ts'
import type { Talker } from '../dialogue/talk.ts'

/** A first message that wishes for goods, and the goods that somebody marked as right for it. */
export interface MarkedWish {
  text: string
  /** Ids of goods; empty where the store has none. */
  right: ReadonlySet<string>
}

/**
 * The wishes of `NAME.wishes.tsv`: on each line a message, its words that say what is wanted, and ids or titles of what is right, divided by `|`.
 * Empty where there is no such file. Throws where a line names goods that are not there.
 */
export async function readMarkedWishes(path: string, products: readonly Product[]): Promise<MarkedWish[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const ids = new Map(
    products.flatMap(({ id, title, variants }) =>
      [id, title, ...variants.map((variant) => variant.id)].map((name) => [name.toLowerCase(), id] as const),
    ),
  )
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return []
    const [said = '', , named = ''] = line.split('\t')
    const right = named.split('|').flatMap((each) => {
      const name = each.trim().toLowerCase()
      const id = ids.get(name)
      if (name !== '' && id === undefined)
        throw new HeavyliftError({
          code: 'eval-data-invalid',
          message: `${path}, line ${at + 1}: no goods are called ${each.trim()}.`,
          status: 400,
        })
      return id ?? []
    })
    return [{ text: said.trim(), right: new Set(right) }]
  })
}

/** What came of one wish: the places of the first right one, from 0; -1 where none is there. */
export interface MetWish {
  wish: MarkedWish
  /** What the message was taken for. */
  kind: string
  shown: readonly string[]
  place: number
  /** In a plain search for all words of the message, of as many as the assistant may show. */
  plainPlace: number
}

const mostShown = 6

/** Says each wish as a conversation's first message, and looks for all its words beside. */
export async function meetWishes(
  wishes: readonly MarkedWish[],
  store: MemoryStore,
  talker: Talker,
): Promise<MetWish[]> {
  const met: MetWish[] = []
  for (const wish of wishes) {
    const { answer, outcome } = await talker.say(wish.text, null, {})
    const shown = [...answer.cards, ...(answer.comparison?.products ?? [])].map(({ productId }) => productId)
    const { hits } = await store.search.search({
      text: wish.text,
      constraints: [],
      sort: 'relevance',
      limit: mostShown,
      offset: 0,
    })
    met.push({
      wish,
      kind: outcome.plan.kind,
      shown,
      place: shown.findIndex((id) => wish.right.has(id)),
      plainPlace: hits.findIndex(({ productId }) => wish.right.has(productId)),
    })
  }
  return met
}

/** Of the wishes for what a store has: in which share what is right stands first, and is shown at all, by the assistant and by a plain search. */
export function wishFigures(met: readonly MetWish[]) {
  const sold = met.filter(({ wish }) => wish.right.size > 0)
  const share = (isSo: (one: MetWish) => boolean) =>
    sold.length === 0 ? 0 : sold.filter(isSo).length / sold.length
  return {
    wishes: sold.length,
    wishFirst: share(({ place }) => place === 0),
    wishShown: share(({ place }) => place !== -1),
    plainFirst: share(({ plainPlace }) => plainPlace === 0),
    plainShown: share(({ plainPlace }) => plainPlace !== -1),
  }
}
