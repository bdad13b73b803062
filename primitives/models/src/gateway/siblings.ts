import type { Processes } from '@heavylift/core'
import type { Gateway } from './gateway.ts'

const topics = {
  engine: 'models.engine',
  wantEngines: 'models.want-engines',
  apply: 'models.apply',
  drain: 'models.drain',
  clearCache: 'models.clear-cache',
  realCall: 'models.real-call',
}

interface EngineNews {
  provider: string
  /** Null while it does not serve. */
  url: string | null
}

/** What a gateway does when another process of its server says so. */
export interface SiblingHooks {
  gateway: Gateway
  /** Makes the table anew. */
  apply: () => Promise<void>
  log: { error(fields: object, text: string): void }
}

/**
 * The gateways in the processes of one server. The first runs the engines of this machine, pulls models, shows the sample and
 * answers the pages; the others route to those engines and do what was asked of the first.
 */
export class Siblings {
  /** Also where there is one process only. */
  readonly isFirst: boolean
  readonly #processes: Processes | null
  readonly #engines = new Map<string, string>()

  constructor(processes: Processes | null) {
    this.#processes = processes
    this.isFirst = (processes?.number ?? 1) === 1
  }

  /** Of an engine that the first process runs. */
  addressOf(provider: string): string | null {
    return this.#engines.get(provider) ?? null
  }

  attach({ gateway, apply, log }: SiblingHooks): void {
    const processes = this.#processes
    if (processes === null) return
    processes.hear(topics.drain, (data) => {
      const { replicaId, isDraining } = data as { replicaId: string; isDraining: boolean }
      gateway.setDraining(replicaId, isDraining)
    })
    processes.hear(topics.clearCache, () => gateway.cache.clear())
    if (this.isFirst) {
      processes.hear(topics.realCall, () => gateway.onRealCall?.())
      processes.hear(topics.wantEngines, () => {
        for (const [provider, url] of this.#engines) this.#tell(topics.engine, { provider, url })
      })
      return
    }
    gateway.onRealCall = () => {
      gateway.onRealCall = null
      this.#tell(topics.realCall, null)
    }
    processes.hear(topics.engine, (data) => this.#learn(data as EngineNews, gateway))
    processes.hear(topics.apply, () => {
      apply().catch((error: unknown) => log.error({ error }, 'the table could not be put to use'))
    })
    this.#tell(topics.wantEngines, null)
  }

  engineChanged(provider: string, url: string | null): void {
    if (url === null) this.#engines.delete(provider)
    else this.#engines.set(provider, url)
    this.#tell(topics.engine, { provider, url })
  }

  tableChanged(): void {
    this.#tell(topics.apply, null)
  }

  drained(replicaId: string, isDraining: boolean): void {
    this.#tell(topics.drain, { replicaId, isDraining })
  }

  cacheCleared(): void {
    this.#tell(topics.clearCache, null)
  }

  #learn({ provider, url }: EngineNews, gateway: Gateway): void {
    if (url === null) this.#engines.delete(provider)
    else this.#engines.set(provider, url)
    gateway.setHealth((replica) => replica.provider === provider, url !== null)
  }

  #tell(topic: string, data: unknown): void {
    this.#processes?.tell(topic, data)
  }
}
