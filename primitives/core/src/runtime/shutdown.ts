import type { Logger } from '../log.ts'
import { withTimeout } from '../async/with-timeout.ts'

/** The part of `process` that shutdown needs; tests hand in their own. */
export interface ProcessLike {
  on(event: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown
  off(event: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown
  exit(code: number): void
}

export interface ShutdownOptions {
  log: Logger
  /** All hooks together get this long; then the process exits with 1 and says which hook hung. Default 10 s. */
  timeoutMs?: number
  process?: ProcessLike
  /** Monotonic milliseconds. */
  nowMs?: () => number
  /** Told once when stopping begins, e.g. to print "stopping". */
  onStop?: (reason: string) => void
}

const sameKeyPressMs = 500

/**
 * Orderly shutdown. States: running → stopping → stopped. The first SIGINT or SIGTERM (or `stop()`) aborts `signal` and runs
 * the hooks, last added first, one after the other; a second signal while stopping exits at once with 130.
 * A signal within half a second of the first is the same Ctrl-C: the terminal sends it to the whole group, and npm once more.
 */
export class Shutdown {
  /** Aborts when stopping begins. */
  readonly signal: AbortSignal
  readonly #controller = new AbortController()
  readonly #hooks: { name: string; stop: () => Promise<void> | void }[] = []
  readonly #log: Logger
  readonly #timeoutMs: number
  readonly #process: ProcessLike
  readonly #onStop: (reason: string) => void
  readonly #nowMs: () => number
  #stopping: Promise<boolean> | null = null
  #stoppingSinceMs = 0

  constructor(options: ShutdownOptions) {
    this.signal = this.#controller.signal
    this.#log = options.log
    this.#timeoutMs = options.timeoutMs ?? 10_000
    this.#process = options.process ?? process
    this.#onStop = options.onStop ?? (() => {})
    this.#nowMs = options.nowMs ?? (() => performance.now())
  }

  /** Runs before every hook that was added earlier: what was started last stops first. */
  add(name: string, stop: () => Promise<void> | void): void {
    this.#hooks.push({ name, stop })
  }

  /** Stops on SIGINT, SIGTERM and SIGHUP, then exits: 0 when every hook succeeded, else 1. */
  listen(): void {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      this.#process.on(name, () => {
        if (this.#stopping !== null) {
          if (this.#nowMs() - this.#stoppingSinceMs > sameKeyPressMs) this.#process.exit(130)
          return
        }
        void this.stop(name).then((isClean) => this.#process.exit(isClean ? 0 : 1))
      })
    }
  }

  /** Runs the hooks once, however often it is called. Resolves to false when a hook failed or the time ran out. */
  stop(reason: string): Promise<boolean> {
    if (this.#stopping === null) {
      this.#stoppingSinceMs = this.#nowMs()
      this.#stopping = this.#run(reason)
    }
    return this.#stopping
  }

  async #run(reason: string): Promise<boolean> {
    this.#onStop(reason)
    this.#log.info({ reason }, 'stopping')
    this.#controller.abort()
    let current = ''
    const all = async (): Promise<boolean> => {
      let isClean = true
      for (const hook of this.#hooks.toReversed()) {
        current = hook.name
        try {
          await hook.stop()
        } catch (error) {
          isClean = false
          this.#log.error({ err: error, hook: hook.name }, 'could not stop cleanly')
        }
      }
      return isClean
    }
    const result = await withTimeout(all(), this.#timeoutMs, () => null)
    if (result === null) {
      this.#log.error({ hook: current, timeoutMs: this.#timeoutMs }, 'a stop hook took too long')
      return false
    }
    this.#log.info({ reason }, 'stopped')
    return result
  }
}
