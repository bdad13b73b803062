import type { Tile } from '@heavylift/core'
import { experimentReport } from './experiment.ts'
import type { ShopContext } from '../context.ts'

const dayMs = 86_400_000

/** What the shop's tile on the home page says. */
export async function createTile(shop: ShopContext, tenantId: string): Promise<Tile> {
  const { products, reviews, sampleProducts } = await shop.live.read(tenantId)
  const [latest] = await shop.imports.list(tenantId, 1)
  const isImporting = latest !== undefined && latest.finishedAtMs === null
  const sinceMs = Math.floor(shop.clock.nowMs() / dayMs) * dayMs
  const decisions = await shop.store.ledger.summary(tenantId, { system: 'shop', fromMs: sinceMs })
  const catalog =
    products === 0
      ? isImporting
        ? 'Nothing is live until then.'
        : 'The catalog is empty. Import a feed to begin.'
      : `${products.toLocaleString('en')} products and ${reviews.toLocaleString('en')} reviews are live${sampleProducts === products ? ', a sample catalog' : ''}.`
  return {
    state: isImporting && products === 0 ? 'starting' : 'running',
    headline: isImporting ? `Importing ${latest.name}. ${catalog}` : catalog,
    number: await headlineNumber(shop, tenantId, decisions.durationMs?.p50 ?? null),
    decisionsToday: decisions.count,
    picture: { products, reviews, sampleProducts, importing: isImporting ? latest.progress : null },
  }
}

/** Uplift of purchases once the experiment can state it; until then how fast answers are. */
async function headlineNumber(
  shop: ShopContext,
  tenantId: string,
  medianMs: number | null,
): Promise<Tile['number']> {
  const { uplift } = await experimentReport(shop, tenantId)
  if (uplift !== null) {
    const percent = Math.round(uplift.estimate * 1000) / 10
    return { label: 'Uplift of purchases', value: percent, unit: '%', goal: { atLeast: 60 } }
  }
  const value = medianMs === null ? null : Math.round(medianMs)
  return { label: 'Half of today’s answers took less than', value, unit: 'ms', goal: { atMost: 1000 } }
}
