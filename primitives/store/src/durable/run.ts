import { ConflictError, HeavyliftError } from '@heavylift/core'
import { withTimeout } from '@heavylift/core/async'
import type { DurableRun } from '../durable.ts'
import { getDbos } from './dbos.ts'

/**
 * What the runs of one executor share. Running → stopping (once): from then on no step begins, and a step that fails,
 * perhaps because its signal fired, never settles. So nothing false is recorded, and the next process goes on from there.
 */
export class RunContext {
  readonly #stopping = new AbortController()
  /** One for each step that may still be recorded. */
  readonly #active = new Set<Promise<void>>()
  readonly #cancellations = new Map<string, AbortController>()

  /** `key` names the run to `cancel`; `id` is what its code sees. */
  async run<T>(key: string, id: string, body: (run: DurableRun) => Promise<T>): Promise<T> {
    const cancellation = new AbortController()
    this.#cancellations.set(key, cancellation)
    try {
      return await body(this.#createRun(id, cancellation.signal))
    } catch (error) {
      // A body that failed for want of its process has not failed.
      await this.#hangWhileStopping()
      throw error
    } finally {
      if (this.#cancellations.get(key) === cancellation) this.#cancellations.delete(key)
    }
  }

  /** Fires the signal of a run in this process at once; in others DBOS does within about a second. */
  cancel(key: string): void {
    this.#cancellations
      .get(key)
      ?.abort(new ConflictError({ code: 'run-cancelled', message: 'The run was cancelled.' }))
  }

  #createRun(id: string, cancelled: AbortSignal): DurableRun {
    return {
      id,
      step: async (name, action, options) => {
        await this.#hangWhileStopping()
        const retries = options?.retries ?? 0
        const active = Promise.withResolvers<void>()
        this.#active.add(active.promise)
        const settle = (): void => {
          this.#active.delete(active.promise)
          active.resolve()
        }
        try {
          return await getDbos().DBOS.runStep(() => this.#act(action, cancelled, settle), {
            name,
            retriesAllowed: retries > 0,
            maxAttempts: retries + 1,
            intervalSeconds: 0.5,
            // An error that says it is final is believed.
            shouldRetry: (error) => !HeavyliftError.isInstance(error) || error.isRetryable,
          })
        } finally {
          settle()
        }
      },
      sleep: async (ms) => {
        await this.#hangWhileStopping()
        await getDbos().DBOS.sleep(ms)
      },
    }
  }

  async #act<T>(
    action: (signal: AbortSignal) => Promise<T>,
    cancelled: AbortSignal,
    settle: () => void,
  ): Promise<T> {
    const signals = [this.#stopping.signal, cancelled]
    const elsewhere = getDbos().DBOS.stepStatus?.cancelSignal
    if (elsewhere) signals.push(elsewhere)
    try {
      return await action(AbortSignal.any(signals))
    } catch (error) {
      if (this.#stopping.signal.aborted) settle()
      await this.#hangWhileStopping()
      throw error
    }
  }

  /** Never resolves while stopping; at once otherwise. */
  async #hangWhileStopping(): Promise<void> {
    if (this.#stopping.signal.aborted) await new Promise<never>(() => undefined)
  }

  /** Tells steps to end and waits until those that succeed are recorded, at most `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort(
      new HeavyliftError({
        code: 'shutting-down',
        message: 'The process stops; the run goes on after the next start.',
      }),
    )
    await withTimeout(Promise.all(this.#active), graceMs, () => undefined)
  }
}
