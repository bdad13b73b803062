import { defineSystem, HeavyliftError } from '@heavylift/core'
import type { CoreServices, RunningSystem } from '@heavylift/core'
import type { ModelServices } from '@heavylift/models'
import type { StoreServices } from '@heavylift/store'
import { policyEval } from './evals/policy/replay.ts'
import { createAssistant } from './assistant/create-assistant.ts'
import { retrievalEval } from './evals/retrieval.ts'
import { migrations } from './migrations/migrations.ts'
import { createPills } from './pills/create-pills.ts'
import { assistantExperiment } from './routes/experiment.ts'
import { routeGroups } from './routes/route-groups.ts'
import { shopConfig } from './shop-config.ts'
import type { ShopConfig } from './shop-config.ts'
import type { ShopContext } from './shop-context.ts'
import { createCommerce } from './tools/commerce.ts'

type ShopServices = CoreServices & StoreServices & ModelServices

function unavailable(what: string): never {
  throw new HeavyliftError({ code: 'shop-starting', message: `${what} is not ready.`, status: 503 })
}

async function start(services: ShopServices, config: ShopConfig): Promise<RunningSystem> {
  const reads = {
    catalog: (_tenantId: string) => unavailable('The catalog'),
    search: (_tenantId: string) => unavailable('Search'),
  }
  const commerce = createCommerce(services, config, reads)
  const { ready, ...assistant } = createAssistant(services, { ...reads, ...commerce })
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
    experiments: [assistantExperiment(config)],
    tile: () =>
      Promise.resolve({
        state: 'starting',
        headline: 'The catalog is empty.',
        number: { label: 'products', value: 0, unit: 'products' },
        decisionsToday: 0,
      }),
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
  pages: [],
  commands: [],
  evals: [policyEval, retrievalEval],
  benches: [],
  start,
})
