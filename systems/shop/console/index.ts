import { getJson, query } from '@heavylift/console'
import type { ConsoleSystem, SearchHit } from '@heavylift/console'
import type { ConversationsAnswer, ProductsAnswer } from './shapes.ts'

async function search(text: string, signal: AbortSignal): Promise<{ group: string; hits: SearchHit[] }[]> {
  const [products, conversations] = await Promise.allSettled([
    getJson<ProductsAnswer>(`/api/shop/products${query({ text, limit: 6 })}`, { signal }),
    getJson<ConversationsAnswer>(`/api/shop/conversations${query({ text, limit: 4 })}`, { signal }),
  ])
  return [
    {
      group: 'Products',
      hits:
        products.status === 'fulfilled'
          ? products.value.products.map((product) => ({
              label: product.title,
              detail: product.categories.at(-1) ?? product.id,
              to: `/shop/catalog/${encodeURIComponent(product.id)}`,
            }))
          : [],
    },
    {
      group: 'Conversations',
      hits:
        conversations.status === 'fulfilled'
          ? conversations.value.conversations.map((each) => ({
              label: each.firstMessage,
              detail: each.turns === 1 ? '1 turn' : `${each.turns} turns`,
              to: `/shop/conversations/${encodeURIComponent(each.conversationId)}`,
            }))
          : [],
    },
  ]
}

export const shopConsole: ConsoleSystem = {
  name: 'shop',
  routes: [],
  loadMiniature: () => import('./miniature/miniature.tsx'),
  tryIt: { label: 'Try it in the demo store', href: '/store/' },
  useYourData: { label: 'Use your data', to: '/shop/import' },
  search,
}
