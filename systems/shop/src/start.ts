import { join } from 'node:path'
import type { CoreServices, Route, RunningSystem } from '@heavylift/core'
import type { ModelServices } from '@heavylift/models'
import type { StoreServices } from '@heavylift/store'
import { removeSampleStore } from '../samples/remove-sample-store.ts'
import { loadSample } from '../samples/load-sample.ts'
import { createAssistant } from './assistant/create-assistant.ts'
import { createPills } from './assistant/pills/create-pills.ts'
import type { ShopConfig } from './config.ts'
import type { ShopContext } from './context.ts'
import { createCatalog } from './import/create-catalog.ts'
import { PictureCache } from './pictures/picture-cache.ts'
import { assistantExperiment } from './routes/experiment.ts'
import { routeGroups } from './routes/route-groups.ts'
import { storefrontFiles } from './routes/storefront-files.ts'
import { createTile } from './routes/tile.ts'
import { createBrandPages } from './tools/brand-pages.ts'
import { createCommerce } from './tools/commerce.ts'

export type ShopServices = CoreServices & StoreServices & ModelServices

/** Builds what the rooms share, and starts answering. */
export async function startShop(services: ShopServices, config: ShopConfig): Promise<RunningSystem> {
  const reads = createCatalog(services, config, async (tenantId) => {
    // "Instead of the sample": with its last product go its rules, customers and orders.
    if ((await shop.live.read(tenantId)).sampleProducts === 0)
      await removeSampleStore(shop.commerceDb, tenantId)
    await shop.pills.build(tenantId)
    await shop.checkWatches(tenantId)
  })
  const commerce = createCommerce(services, config, reads)
  const { ready, ...assistant } = createAssistant(services, {
    ...reads,
    ...commerce,
    brandPages: createBrandPages(services, config.brandPages),
    config,
  })
  const shop: ShopContext = {
    ...services,
    config,
    ...reads,
    ...commerce,
    ...assistant,
    ...createPills(services, config, reads),
    pictureCache: new PictureCache({
      dir: join(services.dataDir, 'pictures'),
      maxBytes: config.pictureCacheMb * 1024 * 1024,
      clock: services.clock,
      log: services.log,
    }),
  }
  await ready
  return {
    routes: routeGroups.flatMap<Route>((group) => group(shop)),
    static: storefrontFiles,
    experiments: [assistantExperiment(config)],
    tile: (tenantId) => createTile(shop, tenantId),
    loadSample: async (tenantId, report) => {
      shop.awaited.add(tenantId)
      try {
        await loadSample({ ...shop, tenantId, nowMs: services.clock.nowMs(), report })
      } finally {
        shop.awaited.delete(tenantId)
      }
    },
    stop: () => shop.assistant.stop(),
  }
}
