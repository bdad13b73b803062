import type { ConsoleSystem, SearchHit } from '@heavylift/ui'
import { api } from './api.ts'

async function search(text: string, signal: AbortSignal): Promise<{ group: string; hits: SearchHit[] }[]> {
  const [products, conversations] = await Promise.allSettled([
    api.get('/products', { query: { text, limit: 6 }, signal }),
    api.get('/conversations', { query: { limit: 100 }, signal }),
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
          ? conversations.value.conversations
              .filter((each) => each.firstMessage?.toLowerCase().includes(text.toLowerCase()))
              .slice(0, 4)
              .map((each) => ({
                label: each.firstMessage ?? each.id,
                detail: each.turns === 1 ? '1 turn' : `${each.turns} turns`,
                to: `/shop/conversations/${encodeURIComponent(each.id)}`,
              }))
          : [],
    },
  ]
}

export const shopConsole: ConsoleSystem = {
  name: 'shop',
  routes: [
    { path: '/catalog', load: () => import('./catalog/catalog.tsx') },
    { path: '/catalog/$productId', load: () => import('./catalog/product.tsx') },
    { path: '/import', load: () => import('./import/imports.tsx') },
    { path: '/import/$importId', load: () => import('./import/import-report.tsx') },
    { path: '/search-lab', load: () => import('./search-lab/search-lab.tsx') },
    { path: '/merchandising', load: () => import('./merchandising/merchandising.tsx') },
    { path: '/synonyms', load: () => import('./synonyms/synonyms.tsx') },
    { path: '/conversations', load: () => import('./conversations/conversations.tsx') },
    { path: '/conversations/$conversationId', load: () => import('./conversations/conversation.tsx') },
    { path: '/pills', load: () => import('./pills/pills.tsx') },
    { path: '/memory', load: () => import('./memory/memory.tsx') },
    { path: '/experiment', load: () => import('./experiment/experiment.tsx') },
  ],
  loadMiniature: () => import('./miniature/miniature.tsx'),
  tryIt: { label: 'Try it in the demo store', href: '/store/' },
  useYourData: { label: 'Use your data', to: '/shop/import' },
  search,
}
