import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startScriptedModelServer } from '@heavylift/models/testing'
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { browserOptions, chromiumPath, startProduct } from './product.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the whole product, without a slash at its end. */
    productAddress: string
    browserAddress: string
    /** The table of models that the product follows. */
    modelsConfigFile: string
  }
}

/**
 * One product and one browser for every file here, since to start them takes longer than what most files look at. Files
 * run two at a time, in any order: each finds the sample catalog, adds what is its own, and takes away what others would trip over.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (chromiumPath === null) return async () => undefined
  const folder = mkdtempSync(join(tmpdir(), 'heavylift-e2e-models-'))
  const words = ['Every ', 'answer ', 'comes ', 'in ', 'pieces.']
  const upstreams = await Promise.all([
    startScriptedModelServer(({ messages }) =>
      messages.at(-1)?.content === 'never end'
        ? { deltas: ['Still '], ending: 'hang' }
        : { deltas: words, delayMs: 20 },
    ),
    startScriptedModelServer(() => ({ deltas: words, ending: 'cut-hard' })),
  ])
  const [whole, cut] = upstreams
  const modelsConfigFile = join(folder, 'models.config.json')
  writeFileSync(
    modelsConfigFile,
    JSON.stringify({
      providers: {
        whole: { kind: 'openai', replicas: [whole?.baseUrl] },
        broken: { kind: 'openai', replicas: [cut?.baseUrl] },
      },
      models: {
        large: { targets: [{ provider: 'whole', model: 'llm-32b' }] },
        frail: { targets: [{ provider: 'broken', model: 'llm-1b' }] },
      },
      prices: { 'llm-32b': { input: 1, output: 2 } },
      tenants: { main: { budgetUsdPerMonth: 20 } },
    }),
  )
  const [product, browser] = await Promise.all([
    startProduct({ HEAVYLIFT_MODELS_CONFIG_FILE: modelsConfigFile }),
    chromium.launchServer(browserOptions),
  ])
  project.provide('productAddress', product.address)
  project.provide('browserAddress', browser.wsEndpoint())
  project.provide('modelsConfigFile', modelsConfigFile)
  return async () => {
    await browser.close()
    await product.stop()
    await Promise.all(upstreams.map((each) => each.close()))
    rmSync(folder, { recursive: true, force: true })
  }
}
