import { ConflictError, HeavyliftError, InvalidInputError, NotFoundError } from '@heavylift/core'
import type { Clock, Logger, ReportProgress } from '@heavylift/core'
import { Wakeup } from '@heavylift/core/async'
import { catalogue } from '@heavylift/engine/catalogue'
import { z } from 'zod'

/**
 * One pull of a model. `running` → `done` (fetched, checked, and served where that was asked) | `failed` (`error` says why
 * and what to do) | `cancelled`. What was fetched before a failure or a cancel is kept, and the next pull goes on there.
 */
export const pullSchema = z.object({
  name: z.string().describe('Of the catalogue, or the address that was given.'),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  stage: z.string().describe('What is done now, e.g. downloading.'),
  done: z.number(),
  total: z.number().nullable().describe('Null while it is not known.'),
  unit: z.string(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  startedAtMs: z.number(),
})
export type Pull = z.output<typeof pullSchema>

interface Tracked {
  pull: Pull
  abort: AbortController
  over: Promise<void>
}

/** Fetches a model and the engine that serves it; returns the name that it has on this machine. */
export type FetchModel = (source: string, report: ReportProgress, signal: AbortSignal) => Promise<string>

/** How many that are over stay in the list. */
const mostOver = 8

/** Pulls that the console asked for: one for each name at a time, in the background of the server. */
export class Pulls {
  /** Something changed in `list`. */
  readonly changed = new Wakeup()
  readonly #tracked = new Map<string, Tracked>()
  readonly #clock: Clock
  readonly #log: Logger
  readonly #fetch: FetchModel
  readonly #onDone: (model: string) => Promise<void>

  /** `onDone`: a model is on this machine. */
  constructor(options: {
    clock: Clock
    log: Logger
    fetch: FetchModel
    onDone: (model: string) => Promise<void>
  }) {
    this.#clock = options.clock
    this.#log = options.log
    this.#fetch = options.fetch
    this.#onDone = options.onDone
  }

  /** Newest first. */
  list(): Pull[] {
    return Array.from(this.#tracked.values(), ({ pull }) => pull).toReversed()
  }

  /**
   * Starts a pull of a name of the catalogue, of `hf:owner/repo/file.gguf`, or of an https address, and returns at once.
   * Throws ConflictError `pull-running`, and InvalidInputError `pull-source-refused` for what only the command line may
   * read: files of the server's machine.
   */
  start(name: string): Pull {
    if (!catalogue.some((entry) => entry.name === name) && !/^(hf:|https:\/\/)/.test(name)) {
      throw new InvalidInputError({
        code: 'pull-source-refused',
        message: `Give ${catalogue.map((entry) => entry.name).join(', ')}, hf:owner/repo/file.gguf or an https address. A file of the server's own machine is pulled there: npx heavylift models pull ./model.gguf`,
      })
    }
    if (this.#tracked.get(name)?.pull.state === 'running') {
      throw new ConflictError({ code: 'pull-running', message: `"${name}" is being pulled already.` })
    }
    const abort = new AbortController()
    const pull: Pull = {
      name,
      state: 'running',
      stage: 'starting',
      done: 0,
      total: null,
      unit: 'bytes',
      error: null,
      startedAtMs: this.#clock.nowMs(),
    }
    this.#tracked.delete(name)
    this.#forgetOldest()
    this.#tracked.set(name, { pull, abort, over: this.#run(name, pull, abort) })
    this.changed.wake()
    return pull
  }

  /** Resolves when it has stopped. Does nothing to one that is over. Throws NotFoundError `pull-not-found`. */
  async cancel(name: string): Promise<void> {
    const tracked = this.#tracked.get(name)
    if (!tracked) {
      throw new NotFoundError({
        code: 'pull-not-found',
        message: `Nothing of the name "${name.slice(0, 100)}" is being pulled.`,
      })
    }
    tracked.abort.abort(new DOMException('The pull was cancelled.', 'AbortError'))
    await tracked.over
  }

  /** Cancels all; what they fetched stays for the next time. */
  async close(): Promise<void> {
    for (const { abort } of this.#tracked.values()) {
      abort.abort(new DOMException('The server is stopping.', 'AbortError'))
    }
    await Promise.all(Array.from(this.#tracked.values(), ({ over }) => over))
  }

  async #run(name: string, pull: Pull, { signal }: AbortController): Promise<void> {
    // After `start` has returned, so that whoever asked sees it running.
    await Promise.resolve()
    try {
      signal.throwIfAborted()
      const model = await this.#fetch(name, (update) => this.#heard(pull, update), signal)
      signal.throwIfAborted()
      await this.#onDone(model)
      Object.assign(pull, { state: 'done', stage: 'done', done: pull.total ?? pull.done })
    } catch (error) {
      if (signal.aborted) Object.assign(pull, { state: 'cancelled', stage: 'cancelled' })
      else {
        if (!HeavyliftError.isInstance(error)) this.#log.error({ error, name }, 'a model could not be pulled')
        Object.assign(pull, { state: 'failed', stage: 'failed', error: said(error) })
      }
    }
    this.changed.wake()
  }

  #heard(pull: Pull, { stage, done, total, unit }: Parameters<ReportProgress>[0]): void {
    Object.assign(pull, { stage, done, total: total ?? null, unit })
    this.changed.wake()
  }

  #forgetOldest(): void {
    const over = [...this.#tracked].filter(([, { pull }]) => pull.state !== 'running')
    for (const [name] of over.slice(0, Math.max(0, over.length - mostOver))) this.#tracked.delete(name)
  }
}

function said(error: unknown): { code: string; message: string } {
  return HeavyliftError.isInstance(error)
    ? { code: error.code, message: error.message }
    : {
        code: 'internal',
        message: 'The pull failed; the server’s log says why. Pull it again, or see its log.',
      }
}
