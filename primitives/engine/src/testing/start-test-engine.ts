import { fileURLToPath } from 'node:url'
import { silentLogger, systemClock } from '@heavylift/core'
import { installEngine } from '../install/install-engine.ts'
import { pullModel } from '../pull/pull-model.ts'
import { SupervisedEngine } from '../supervisor/supervised-engine.ts'
import type { EngineConfig } from '../config.ts'

const testModel = 'smollm2'

/** Shared by all test runs of a checkout. */
const cacheDir = fileURLToPath(new URL('../../../../.heavylift/test-cache/models', import.meta.url))

export interface TestEngine {
  /** Base address up to and with `/v1`. */
  url: string
  model: string
  engine: SupervisedEngine
  /** Folder of a models system with the engine and the model in it. */
  dataDir: string
  stop(): Promise<void>
}

/**
 * Folder with the engine and a model of the catalogue (by default the small one that answers), fetched at the first use (180 MB, some seconds) and kept. Rejects when it
 * cannot be fetched; see `testEngineMissing`.
 */
export async function provideTestEngine(model = testModel): Promise<string> {
  const signal = AbortSignal.timeout(100_000)
  const report = () => {}
  await pullModel({ source: model, dataDir: cacheDir, report, signal })
  await installEngine({ dataDir: cacheDir, report, signal })
  return cacheDir
}

/** Why tests with real weights cannot run here (offline), or null when they can. */
export async function testEngineMissing(): Promise<string | null> {
  try {
    await provideTestEngine()
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The local engine with real weights on one thread, so that it shares a small machine with other tests. */
export async function startTestEngine(change: Partial<EngineConfig> = {}): Promise<TestEngine> {
  const model = change.model ?? testModel
  const dataDir = await provideTestEngine(model)
  const engine = new SupervisedEngine({
    dataDir,
    log: silentLogger,
    clock: systemClock,
    config: {
      model: testModel,
      sequences: 4,
      contextTokens: 1024,
      threads: 1,
      gpu: 'off',
      prefixCacheMb: 64,
      ...change,
    },
  })
  await engine.restart()
  const { url } = await engine.ready()
  return { url: url ?? '', model, engine, dataDir, stop: () => engine.stop() }
}
