import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import { RestartPolicy } from '@heavylift/core/async'
import type { Clock, Logger } from '@heavylift/core'
import type { EngineConfig } from '../config.ts'
import type { EngineMessage, EngineOptions } from '../process/engine-options.ts'
import { askHealth } from './engine-health.ts'
import { EngineProcess } from './engine-process.ts'
import type { EngineState, EngineStatus } from './engine-status.ts'
import { startOptions } from './start-options.ts'

export interface SuperviseOptions {
  config: EngineConfig
  /** Folder of the models system. */
  dataDir: string
  log: Logger
  clock: Clock
  /** Another engine process; for tests. */
  entry?: string
  /** From the first failure to the next start. Default 500. */
  firstRestartDelayMs?: number
}

const healthEveryMs = 5_000
const healthFailures = 3
const loadTimeoutMs = 15 * 60_000
const drainMs = 20_000

/** Starts the engine process for one model and keeps it running. */
export function superviseEngine(options: SuperviseOptions): SupervisedEngine {
  const engine = new SupervisedEngine(options)
  void engine.restart()
  return engine
}

export class SupervisedEngine {
  readonly #options: SuperviseOptions
  readonly #policy: RestartPolicy
  readonly #listeners = new Set<(status: EngineStatus) => void>()
  #config: EngineConfig
  #status: EngineStatus
  #process: EngineProcess | null = null
  #readyAtMs: number | null = null
  #retry: NodeJS.Timeout | null = null
  #health: NodeJS.Timeout | null = null
  /** Counts starts, so that what belongs to an earlier process is told apart. */
  #run = 0
  /** Counts `restart` and `stop`: of several at once the last one decides. */
  #order = 0

  constructor(options: SuperviseOptions) {
    this.#options = options
    this.#config = options.config
    this.#policy = new RestartPolicy(options.firstRestartDelayMs)
    this.#status = {
      state: 'starting',
      url: null,
      model: options.config.model,
      progress: 0,
      reason: null,
      gpu: null,
      pid: null,
      restarts: 0,
    }
  }

  get status(): EngineStatus {
    return this.#status
  }

  get state(): EngineState {
    return this.#status.state
  }

  get url(): string | null {
    return this.#status.url
  }

  /** Calls on every change of the status; returns the function that stops that. */
  onChange(listener: (status: EngineStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Resolves when it serves; rejects with the reason when it gave up or was stopped. */
  ready(): Promise<EngineStatus> {
    return new Promise((resolve, reject) => {
      const look = (status: EngineStatus) => {
        if (status.state === 'ready') resolve(status)
        else if (status.state === 'failed' || status.state === 'stopped') {
          reject(
            new HeavyliftError({
              code: 'engine-failed',
              message: `The local engine does not run: ${status.reason ?? 'it was stopped'}`,
              status: 503,
            }),
          )
        } else return
        leave()
      }
      const leave = this.onChange(look)
      look(this.#status)
    })
  }

  /** Ends the process and starts it again, with another configuration if one is given. Requests in flight are cut. */
  async restart(change: Partial<EngineConfig> = {}): Promise<void> {
    this.#config = { ...this.#config, ...change }
    this.#policy.reset()
    const order = ++this.#order
    await this.#end()
    if (order === this.#order) await this.#start('starting')
  }

  /** Takes no more requests from the gateway's point of view, and waits until what runs is done (at most 20 s). */
  async drain(): Promise<void> {
    if (this.state !== 'ready') return
    const run = this.#run
    this.#set({ state: 'draining' })
    const deadlineMs = this.#options.clock.monotonicMs() + drainMs
    while (this.#run === run && this.#options.clock.monotonicMs() < deadlineMs) {
      const health = await askHealth(this.url)
      if (health === null || health.running + health.waiting === 0) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  /** Drains, then ends the process. Resolves when it is gone. */
  async stop(): Promise<void> {
    const order = ++this.#order
    await this.drain()
    await this.#end()
    if (order === this.#order) this.#set({ state: 'stopped', url: null, pid: null })
  }

  async #end(): Promise<void> {
    this.#run++
    this.#clearTimers()
    const running = this.#process
    this.#process = null
    await running?.kill()
  }

  #clearTimers(): void {
    if (this.#retry) clearTimeout(this.#retry)
    if (this.#health) clearTimeout(this.#health)
    this.#retry = null
    this.#health = null
  }

  async #start(state: 'starting' | 'restarting'): Promise<void> {
    const run = ++this.#run
    this.#readyAtMs = null
    this.#set({ state, url: null, progress: 0, pid: null, gpu: null, model: this.#config.model })
    let cacheDir: string | null = null
    try {
      cacheDir = await mkdtemp(join(tmpdir(), 'heavylift-engine-'))
      const options = await startOptions(this.#config, this.#options.dataDir, cacheDir)
      if (run !== this.#run) return await removeDir(cacheDir)
      this.#set({ model: options.modelName })
      this.#launch(run, options)
    } catch (error) {
      if (cacheDir !== null) await removeDir(cacheDir)
      if (run !== this.#run) return
      // Nothing that a second try would change: the engine or the model is not there.
      this.#set({ state: 'failed', reason: error instanceof Error ? error.message : String(error) })
    }
  }

  #launch(run: number, options: EngineOptions): void {
    const { log, entry } = this.#options
    let failure: string | null = null
    const isCurrent = () => run === this.#run
    const engine = new EngineProcess(
      options,
      {
        onLine: (line) => log.debug({ line }, 'engine'),
        onMessage: (message) => {
          if (message.type === 'failed') failure = message.message
          if (isCurrent()) this.#hear(run, message)
        },
        onExit: ({ code, signal, reason }) => {
          void removeDir(options.cacheDir)
          if (!isCurrent()) return
          this.#process = null
          const how = signal === null ? `with code ${code ?? 'none'}` : `by ${signal}`
          this.#failed(
            failure ?? (reason === '' ? `The engine ended ${how}.` : `The engine ended ${how}: ${reason}`),
          )
        },
      },
      entry,
    )
    this.#process = engine
    this.#set({ pid: engine.pid ?? null })
    this.#health = setTimeout(() => void this.#giveUpOn('The model did not load in time.'), loadTimeoutMs)
    this.#health.unref()
  }

  #hear(run: number, message: EngineMessage): void {
    if (message.type === 'loading') this.#set({ progress: message.fraction })
    if (message.type !== 'ready') return
    this.#readyAtMs = this.#options.clock.monotonicMs()
    this.#clearTimers()
    this.#set({
      state: 'ready',
      url: `http://127.0.0.1:${message.port}/v1`,
      progress: 1,
      reason: null,
      gpu: message.gpu,
    })
    this.#watch(run, 0)
  }

  #watch(run: number, failures: number): void {
    this.#health = setTimeout(() => {
      void askHealth(this.url).then((health) => {
        if (run !== this.#run) return
        if (health !== null) return this.#watch(run, 0)
        if (failures + 1 < healthFailures) return this.#watch(run, failures + 1)
        void this.#giveUpOn('The engine no longer answers.')
      })
    }, healthEveryMs)
    this.#health.unref()
  }

  async #giveUpOn(reason: string): Promise<void> {
    const order = this.#order
    await this.#end()
    if (order === this.#order) this.#failed(reason)
  }

  #failed(reason: string): void {
    const { clock, log } = this.#options
    this.#clearTimers()
    const servedMs = this.#readyAtMs === null ? 0 : clock.monotonicMs() - this.#readyAtMs
    const delayMs = this.#policy.afterFailure(servedMs)
    const wasDraining = this.state === 'draining'
    const gone = { url: null, pid: null, reason }
    if (delayMs === null || wasDraining) {
      log.error({ reason }, 'The local engine failed and is not started again')
      return this.#set({ ...gone, state: 'failed' })
    }
    log.warn({ reason, delayMs }, 'The local engine failed and is started again')
    this.#set({ ...gone, state: 'restarting', restarts: this.#status.restarts + 1 })
    this.#retry = setTimeout(() => void this.#start('restarting'), delayMs)
    this.#retry.unref()
  }

  #set(change: Partial<EngineStatus>): void {
    this.#status = { ...this.#status, ...change }
    for (const listener of this.#listeners) listener(this.#status)
  }
}

async function removeDir(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true }).catch(() => {})
}
