import { defineSystem } from '@heavylift/core'
import type { CoreServices, RunningSystem } from '@heavylift/core'
import type { ModelServices } from '@heavylift/models'
import type { StoreServices } from '@heavylift/store'
import { groundingEval } from './evals/grounding.ts'
import { wordingEval } from './evals/wording.ts'
import { constraintsEval } from './evals/constraints.ts'
import { latencyEval } from './evals/latency.ts'
import { policyEval } from './evals/policy/replay.ts'
import { searchBench } from './benches/search.ts'
import { createAssistant } from './assistant/create-assistant.ts'
import { retrievalEval } from './evals/retrieval.ts'
import { crashBench } from './benches/crash/crash-bench.ts'
import { importBench } from './benches/import-bench.ts'
import { memoryBench } from './benches/memory.ts'
import { createCatalog } from './import/create-catalog.ts'
import { importCommand } from './commands/import.ts'
import { sampleCommand } from './commands/sample.ts'
import { migrations } from './migrations/migrations.ts'
import { createPills } from './assistant/pills/create-pills.ts'
import { assistantExperiment } from './routes/experiment.ts'
import { routeGroups } from './routes/route-groups.ts'
import { loadSample } from '../samples/load-sample.ts'
import { shopConfig } from './config.ts'
import type { ShopConfig } from './config.ts'
import type { ShopContext } from './context.ts'
import { createTile } from './routes/tile.ts'
import { shopPages, storefrontFiles } from './routes/storefront-files.ts'
import { createBrandPages } from './tools/brand-pages.ts'
import { createCommerce } from './tools/commerce.ts'

type ShopServices = CoreServices & StoreServices & ModelServices

async function start(services: ShopServices, config: ShopConfig): Promise<RunningSystem> {
  const reads = createCatalog(services, async (tenantId) => {
    await shop.pills.build(tenantId)
    await shop.checkWatches(tenantId)
  })
  const commerce = createCommerce(services, config, reads)
  const { ready, ...assistant } = createAssistant(services, {
    ...reads,
    ...commerce,
    brandPages: createBrandPages(services, config.brandPages),
  })
  const shop: ShopContext = {
    ...services,
    config,
    ...reads,
    ...commerce,
    ...assistant,
    ...createPills(services, config, reads),
  }
  await ready
  return {
    routes: routeGroups.flatMap((group) => group(shop)),
    static: storefrontFiles,
    experiments: [assistantExperiment(config)],
    tile: (tenantId) => createTile(shop, tenantId),
    loadSample: (tenantId, report) =>
      loadSample({ ...shop, tenantId, nowMs: services.clock.nowMs(), report }),
    stop: () => shop.assistant.stop(),
  }
}

export const shop = defineSystem<ShopServices, ShopConfig>({
  name: 'shop',
  title: 'Shop',
  summary: 'A shopping assistant for a store’s own catalog.',
  layer: 'system',
  config: shopConfig,
  migrations,
  pages: shopPages,
  evals: [constraintsEval, groundingEval, latencyEval, policyEval, retrievalEval, wordingEval],
  commands: [importCommand, sampleCommand],
  benches: [crashBench, importBench, memoryBench, searchBench],
  start,
})
