import { isDeepStrictEqual } from 'node:util'
import type { CoreServices } from '@heavylift/core'
import type { GatewayConfig } from '../config/gateway-config.ts'
import { superviseEngine } from '../engine/supervisor.ts'
import type { EngineConfig, EngineStatus, SupervisedEngine } from '../engine/supervisor.ts'

/** The local engines of the table: one process for each provider of kind `engine`. */
export class Engines {
  readonly #services: Pick<CoreServices, 'log' | 'clock' | 'dataDir'>
  readonly #onChange: (provider: string, status: EngineStatus) => void
  readonly #running = new Map<string, { config: EngineConfig; engine: SupervisedEngine }>()

  constructor(
    services: Pick<CoreServices, 'log' | 'clock' | 'dataDir'>,
    onChange: (provider: string, status: EngineStatus) => void,
  ) {
    this.#services = services
    this.#onChange = onChange
  }

  /** Starts engines that the table now has, restarts those whose options changed, and stops the rest once they are idle. */
  reconcile(table: GatewayConfig): void {
    for (const [provider, options] of Object.entries(table.providers)) {
      if (options.kind !== 'engine') continue
      const { kind: _kind, ...config } = options
      const known = this.#running.get(provider)
      if (!known) this.#start(provider, config)
      else if (!isDeepStrictEqual(known.config, config)) {
        known.config = config
        void known.engine.restart(config)
      }
    }
    for (const [provider, { engine }] of this.#running) {
      if (table.providers[provider]?.kind === 'engine') continue
      this.#running.delete(provider)
      void engine.stop()
    }
  }

  get(provider: string): SupervisedEngine | null {
    return this.#running.get(provider)?.engine ?? null
  }

  list(): ({ provider: string } & EngineStatus)[] {
    return Array.from(this.#running, ([provider, { engine }]) => ({ provider, ...engine.status }))
  }

  /** Base address with `/v1`, or null while it does not serve. */
  addressOf(provider: string): string | null {
    return this.get(provider)?.url ?? null
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ engine }) => engine.stop()))
  }

  #start(provider: string, config: EngineConfig): void {
    const { log, clock, dataDir } = this.#services
    const engine = superviseEngine({ config, dataDir, log, clock })
    this.#running.set(provider, { config, engine })
    engine.onChange((status) => {
      if (this.get(provider) === engine) this.#onChange(provider, status)
    })
  }
}
