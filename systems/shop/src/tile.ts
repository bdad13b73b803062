import type { Tile } from '@heavylift/core'
import type { ShopContext } from './shop-context.ts'

const dayMs = 86_400_000

/** What the shop's tile on the home page says. */
export async function createTile(shop: ShopContext, tenantId: string): Promise<Tile> {
  const { products, reviews, sampleProducts } = await shop.live.read(tenantId)
  const [latest] = await shop.imports.list(tenantId, 1)
  const isImporting = latest !== undefined && latest.finishedAtMs === null
  const sinceMs = Math.floor(shop.clock.nowMs() / dayMs) * dayMs
  const decisions = await shop.store.ledger.summary(tenantId, 'shop', sinceMs)
  const catalog =
    products === 0
      ? 'The catalog is empty. Import a feed to begin.'
      : `${products.toLocaleString('en')} products and ${reviews.toLocaleString('en')} reviews are live${sampleProducts === products ? ', a sample catalog' : ''}.`
  return {
    state: isImporting && products === 0 ? 'starting' : 'running',
    headline: isImporting ? `Importing ${latest.name}. ${catalog}` : catalog,
    number: { label: 'products', value: products, unit: 'products' },
    decisionsToday: decisions.count,
    picture: { products, reviews, sampleProducts, importing: isImporting ? latest.progress : null },
  }
}
