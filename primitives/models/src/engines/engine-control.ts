import { NotFoundError } from '@heavylift/core'
import { findEngine } from '@heavylift/engine/installed'
import { listPulled, writeCurrentModel } from '@heavylift/engine/pulled'
import type { EngineControl } from '../context.ts'
import type { Engines } from './engines.ts'

/** What the management API shows of the local engines and does with them. */
export function engineControl(options: {
  dataDir: string
  engines: Engines
  /** A pulled model was chosen: makes the table anew. */
  onUse: () => Promise<void>
}): EngineControl {
  const { dataDir, engines } = options
  return {
    async overview() {
      const [pulled, installed] = await Promise.all([listPulled(dataDir), findEngine(dataDir)])
      return { isInstalled: installed !== null, engines: engines.list(), pulled }
    },
    async use(model) {
      const pulled = await listPulled(dataDir)
      const known = pulled.find(({ name }) => name === model)
      if (known === undefined) {
        const name = model.slice(0, 64)
        throw new NotFoundError({
          code: 'model-not-pulled',
          message: `There is no model "${name}" on this machine. Fetch it: npx heavylift models pull ${name}`,
        })
      }
      // What embeds texts is served beside the model that answers.
      if (!known.isEmbedder) await writeCurrentModel(dataDir, model)
      await options.onUse()
    },
    async restart(provider) {
      const engine = engines.get(provider)
      if (!engine) {
        throw new NotFoundError({
          code: 'engine-not-found',
          message: `The table has no local engine "${provider.slice(0, 64)}". GET /api/models/engine lists them.`,
        })
      }
      await engine.restart()
    },
  }
}
