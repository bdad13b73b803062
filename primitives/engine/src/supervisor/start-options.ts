import { availableParallelism } from 'node:os'
import { HeavyliftError } from '@heavylift/core'
import type { EngineConfig } from '../config.ts'
import { findEngine } from '../install/find-engine.ts'
import type { EngineOptions } from '../process/engine-options.ts'
import { resolveModelFile } from '../pull/pulled-models.ts'

const maxWaiting = 256

/**
 * What an engine process of this configuration is started with. Throws `engine-not-installed` and `model-not-pulled`,
 * which a second try would not change.
 */
export async function startOptions(
  config: EngineConfig,
  dataDir: string,
  cacheDir: string,
): Promise<EngineOptions> {
  const { model, threads, ...rest } = config
  const engineDir = await findEngine(dataDir)
  if (engineDir === null) {
    throw new HeavyliftError({
      code: 'engine-not-installed',
      message:
        'The local engine is not installed. Install it and a model with: heavylift models pull smollm2',
      status: 503,
    })
  }
  const { name, path } = await resolveModelFile(dataDir, model)
  return {
    ...rest,
    engineDir,
    modelPath: path,
    modelName: name,
    threads: threads ?? Math.max(1, availableParallelism() - 1),
    cacheDir,
    maxWaiting,
  }
}
