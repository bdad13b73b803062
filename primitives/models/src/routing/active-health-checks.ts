import type { Dispatcher } from 'undici'

/** One address to ask, for all the replicas that are served from it. */
export interface HealthTarget {
  /** Tells it from others, over changes of the table. */
  id: string
  url: string
  /** For one whose certificate is checked otherwise than usual. */
  dispatcher?: Dispatcher | null
  /** For an address that wants a key. */
  headers?: () => Record<string, string> | Promise<Record<string, string>>
  /** Which statuses say that it is well; 2xx when absent. */
  isWell?: (status: number) => boolean
  /** Told only when it changes; every address counts as well until it was found not to be. */
  report(isHealthy: boolean): void
}

export interface ActiveHealthChecksOptions {
  /** Whether the address answers in time that it is well. Must not reject. */
  check: (target: HealthTarget, timeoutMs: number) => Promise<boolean>
  /** Calls back once after `ms`, unless what it returned was called before. */
  later: (callback: () => void, ms: number) => () => void
  /** In [0, 1). */
  random: () => number
  /** Default 5,000, a fifth more or less each time, so that gateways do not ask in step. */
  intervalMs?: number
  /** Default 2,000. */
  timeoutMs?: number
  /** Failures in a row that mark an address down, default 2. One success brings it back. */
  failures?: number
}

interface Watch {
  target: HealthTarget
  failures: number
  isHealthy: boolean
  cancel: () => void
}

/** Asks each address on its own timer whether it is well. One that is slow to answer is not asked again meanwhile. */
export class ActiveHealthChecks {
  readonly #options: Required<ActiveHealthChecksOptions>
  readonly #watches = new Map<string, Watch>()

  constructor(options: ActiveHealthChecksOptions) {
    this.#options = { intervalMs: 5_000, timeoutMs: 2_000, failures: 2, ...options }
  }

  /**
   * Watches these addresses from now on and no others. An address that stays keeps what was found; since its replicas
   * may be new ones, they are told when it is down.
   */
  watch(targets: readonly HealthTarget[]): void {
    const kept = new Set(targets.map(({ id }) => id))
    for (const [id, watch] of this.#watches) {
      if (kept.has(id)) continue
      watch.cancel()
      this.#watches.delete(id)
    }
    for (const target of targets) {
      const known = this.#watches.get(target.id)
      if (known !== undefined) {
        known.target = target
        if (!known.isHealthy) target.report(false)
        continue
      }
      const watch: Watch = { target, failures: 0, isHealthy: true, cancel: () => {} }
      this.#watches.set(target.id, watch)
      // Spread over the interval from the start.
      this.#schedule(watch, this.#options.intervalMs * this.#options.random())
    }
  }

  stop(): void {
    this.watch([])
  }

  #schedule(watch: Watch, ms: number): void {
    watch.cancel = this.#options.later(() => void this.#ask(watch), ms)
  }

  async #ask(watch: Watch): Promise<void> {
    const { check, timeoutMs, failures, intervalMs, random } = this.#options
    const isWell = await check(watch.target, timeoutMs)
    if (this.#watches.get(watch.target.id) !== watch) return
    watch.failures = isWell ? 0 : watch.failures + 1
    const isHealthy = isWell || (watch.isHealthy && watch.failures < failures)
    if (isHealthy !== watch.isHealthy) {
      watch.isHealthy = isHealthy
      watch.target.report(isHealthy)
    }
    this.#schedule(watch, intervalMs * (0.8 + 0.4 * random()))
  }
}
