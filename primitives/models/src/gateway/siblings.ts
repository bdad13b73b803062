import type { Processes } from '@heavylift/core'
import type { Seen } from '../metering/seen-elsewhere.ts'
import type { Gateway } from './gateway.ts'

const topics = {
  engine: 'models.engine',
  wantEngines: 'models.want-engines',
  apply: 'models.apply',
  drain: 'models.drain',
  clearCache: 'models.clear-cache',
  realCall: 'models.real-call',
  look: 'models.look',
  seen: 'models.seen',
}

/** The others are asked no more often for what they see, */
const lookEveryMs = 900
/** and what they have not said for so long is theirs no more: they may have ended. */
const forgetAfterMs = 3_500

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
  /** What this process sees now. */
  see: () => Seen
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
  /** By number of the process. */
  readonly #seen = new Map<number, { atMs: number; seen: Seen }>()
  #lookedMs = -Infinity

  constructor(processes: Processes | null) {
    this.#processes = processes
    this.isFirst = (processes?.number ?? 1) === 1
  }

  /** Of an engine that the first process runs. */
  addressOf(provider: string): string | null {
    return this.#engines.get(provider) ?? null
  }

  attach({ gateway, apply, see, log }: SiblingHooks): void {
    const processes = this.#processes
    if (processes === null) return
    processes.hear(topics.drain, (data) => {
      const { replicaId, isDraining } = data as { replicaId: string; isDraining: boolean }
      gateway.setDraining(replicaId, isDraining)
    })
    processes.hear(topics.clearCache, () => gateway.cache.clear())
    if (this.isFirst) {
      processes.hear(topics.realCall, () => gateway.onRealCall?.())
      processes.hear(topics.seen, (data) => {
        const { number, seen } = data as { number: number; seen: Seen }
        this.#seen.set(number, { atMs: performance.now(), seen })
      })
      processes.hear(topics.wantEngines, () => {
        for (const [provider, url] of this.#engines) this.#tell(topics.engine, { provider, url })
      })
      return
    }
    gateway.onRealCall = () => {
      gateway.onRealCall = null
      this.#tell(topics.realCall, null)
    }
    processes.hear(topics.look, () => this.#tell(topics.seen, { number: processes.number, seen: see() }))
    processes.hear(topics.engine, (data) => this.#learn(data as EngineNews, gateway))
    processes.hear(topics.apply, () => {
      apply().catch((error: unknown) => log.error({ error }, 'the table could not be put to use'))
    })
    this.#tell(topics.wantEngines, null)
  }

  /** What the others said last of what they see. They are asked again, and have answered when somebody looks for the next time. */
  look(): Seen[] {
    const nowMs = performance.now()
    if (nowMs - this.#lookedMs >= lookEveryMs) {
      this.#lookedMs = nowMs
      this.#tell(topics.look, null)
    }
    for (const [number, { atMs }] of this.#seen) if (nowMs - atMs > forgetAfterMs) this.#seen.delete(number)
    return Array.from(this.#seen.values(), ({ seen }) => seen)
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
