import { isDeepStrictEqual } from 'node:util'
import type { CoreServices } from '@heavylift/core'
import type { GatewayConfig } from '../table/gateway-config.ts'
import type { EngineStatus, superviseEngine, SupervisedEngine } from '@heavylift/engine'
import type { EngineConfig } from '@heavylift/engine/config'

/** The local engines of the table: one process for each provider of kind `engine`. */
export class Engines {
  readonly #services: Pick<CoreServices, 'log' | 'clock' | 'dataDir'>
  readonly #onChange: (provider: string, status: EngineStatus) => void
  readonly #running = new Map<string, { config: EngineConfig; engine: SupervisedEngine }>()
  /** The one that counts when several wait for the engine's code. */
  #table: GatewayConfig | null = null
  #isStopped = false

  constructor(
    services: Pick<CoreServices, 'log' | 'clock' | 'dataDir'>,
    onChange: (provider: string, status: EngineStatus) => void,
  ) {
    this.#services = services
    this.#onChange = onChange
  }

  /**
   * Starts engines that the table now has, restarts those whose options changed, and stops the rest once they are idle.
   * The engine's code is loaded for the first that there is: a gateway without one never pays for it.
   */
  async reconcile(table: GatewayConfig): Promise<void> {
    this.#table = table
    const isWanted = Object.values(table.providers).some(({ kind }) => kind === 'engine')
    if (!isWanted) return this.#follow(table, null)
    const { superviseEngine } = await import('@heavylift/engine')
    if (this.#table === table && !this.#isStopped) this.#follow(table, superviseEngine)
  }

  #follow(table: GatewayConfig, supervise: typeof superviseEngine | null): void {
    for (const [provider, options] of Object.entries(table.providers)) {
      if (options.kind !== 'engine') continue
      const { kind: _kind, ...config } = options
      const known = this.#running.get(provider)
      if (!known && supervise) this.#start(provider, config, supervise)
      else if (known && !isDeepStrictEqual(known.config, config)) {
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
    this.#isStopped = true
    await Promise.all([...this.#running.values()].map(({ engine }) => engine.stop()))
  }

  #start(provider: string, config: EngineConfig, supervise: typeof superviseEngine): void {
    const { log, clock, dataDir } = this.#services
    const engine = supervise({ config, dataDir, log, clock })
    this.#running.set(provider, { config, engine })
    engine.onChange((status) => {
      if (this.get(provider) === engine) this.#onChange(provider, status)
    })
  }
}
