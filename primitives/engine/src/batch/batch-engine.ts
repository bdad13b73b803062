import { HeavyliftError } from '@heavylift/core'
import type { Clock } from '@heavylift/core'
import { Wakeup } from '@heavylift/core/async'
import { evaluateOptions } from './generation.ts'
import type { GenerationRequest, GenerationResult } from './generation.ts'
import { planStep } from './plan-step.ts'
import { SequenceSlots } from './sequence-slots.ts'
import type { RunningPrompt, Slot, SlotOptions } from './sequence-slots.ts'

/**
 * While some sequences generate, the prompts of others are read in portions that take about so long, but never in so
 * few tokens that the decode around them costs more than they do.
 */
const mixedStepMs = 250
const leastMixedTokens = 64
/** Steps with fewer prompt tokens say little about how fast prompts are read. */
const leastMeasuredTokens = 16

/** More requests wait than may. 429. */
export class EngineBusyError extends HeavyliftError {
  constructor(waiting: number) {
    super({
      code: 'engine-busy',
      message: `All sequences are busy and ${waiting} requests wait. Try again in a moment.`,
      status: 429,
      isRetryable: true,
    })
  }
}

export interface BatchEngineOptions extends SlotOptions {
  /** Of each sequence. */
  contextTokens: number
  /** Most tokens of one step. */
  batchTokens: number
  /** Requests that may wait for a sequence. */
  maxWaiting: number
  isEnd(token: number): boolean
  clock: Clock
}

interface Job {
  readonly request: GenerationRequest
  readonly result: PromiseWithResolvers<GenerationResult>
  slot: Slot | null
  cachedTokens: number
  generated: number[]
  generator: AsyncGenerator<number, void, number | undefined> | null
  isPaused: boolean
}

/**
 * Continuous batching. Time goes in steps; one step is one decode of the model over all running sequences: a token for
 * each that generates, and a portion of the prompt of each that does not yet. Requests join and leave between steps.
 * States are saved, loaded and cut only between steps, when the context is free.
 */
export class BatchEngine {
  readonly #options: BatchEngineOptions
  readonly #slots: SequenceSlots
  /** In order of arrival. */
  readonly #waiting: Job[] = []
  #running: Job[] = []
  #isRunning = false
  readonly #changed = new Wakeup()
  /** Measured on prompt-only steps. */
  #promptTokensPerMs = 0

  constructor(options: BatchEngineOptions) {
    this.#options = options
    this.#slots = new SequenceSlots(options)
  }

  get running(): number {
    return this.#running.length
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** Most tokens that a prompt may have. */
  get maxPromptTokens(): number {
    return this.#options.contextTokens - 2
  }

  /**
   * Generates. Rejects with `EngineBusyError` when too many wait, with the signal's reason when it aborts, and with what
   * the native library throws.
   */
  generate(request: GenerationRequest): Promise<GenerationResult> {
    request.signal.throwIfAborted()
    if (this.#waiting.length >= this.#options.maxWaiting + this.#slots.idle().length) {
      throw new EngineBusyError(this.#waiting.length)
    }
    const job: Job = {
      request,
      result: Promise.withResolvers<GenerationResult>(),
      slot: null,
      cachedTokens: 0,
      generated: [],
      generator: null,
      isPaused: false,
    }
    request.onStart?.(() => {
      job.isPaused = false
      this.#changed.wake()
    })
    request.signal.addEventListener('abort', () => this.#changed.wake(), { once: true })
    this.#waiting.push(job)
    this.#changed.wake()
    if (!this.#isRunning) void this.#run()
    return job.result.promise
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#running.length + this.#waiting.length > 0) {
      const since = this.#changed.count
      await this.#dropAborted()
      await this.#admit()
      if (!(await this.#step())) await this.#sleep(since)
      // Lets sockets be written and read, and the library give its context free.
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.#isRunning = false
  }

  /** Everything that runs is paused: until one goes on, ends or comes. */
  async #sleep(since: number): Promise<void> {
    if (this.#running.length + this.#waiting.length > 0) await this.#changed.wait({ since })
  }

  async #dropAborted(): Promise<void> {
    for (const job of [...this.#waiting, ...this.#running]) {
      if (job.request.signal.aborted) await this.#end(job, () => job.result.reject(job.request.signal.reason))
    }
  }

  async #end(job: Job, settle: () => void): Promise<void> {
    const waitingAt = this.#waiting.indexOf(job)
    if (waitingAt >= 0) this.#waiting.splice(waitingAt, 1)
    this.#running = this.#running.filter((other) => other !== job)
    await job.generator?.return()
    if (job.slot) this.#slots.release(job.slot)
    settle()
  }

  /** Gives free sequences to those that wait, in order of arrival; one that had better wait for a prefix is passed over. */
  async #admit(): Promise<void> {
    for (const job of this.#waiting.slice()) {
      if (this.#slots.idle().length === 0) return
      try {
        const slot = await this.#slots.prepare(job.request.prompt, this.#running.map(promptOf))
        if (slot === null) continue
        slot.isTaken = true
        job.slot = slot
        job.cachedTokens = slot.tokens.length
        this.#waiting.splice(this.#waiting.indexOf(job), 1)
        this.#running.push(job)
      } catch (error) {
        await this.#end(job, () => job.result.reject(error))
      }
    }
  }

  /** Runs one decode; false when there is nothing to decode. */
  async #step(): Promise<boolean> {
    const generating = this.#running.filter((job) => job.generator !== null && !job.isPaused)
    const reading = this.#running.filter((job) => job.generator === null)
    const chunks = planStep({
      remaining: reading.map((job) => job.request.prompt.length - (job.slot?.tokens.length ?? 0)),
      generating: generating.length,
      batchTokens: this.#options.batchTokens,
      mixedTokens: Math.max(leastMixedTokens, Math.floor(this.#promptTokensPerMs * mixedStepMs)),
    })
    const promptTokens = chunks.reduce((sum, chunk) => sum + chunk, 0)
    if (generating.length + promptTokens === 0) return false
    const startMs = this.#options.clock.monotonicMs()
    await Promise.all([
      ...generating.map((job) => this.#generate(job)),
      ...reading.flatMap((job, index) => {
        const chunk = chunks[index] ?? 0
        return chunk > 0 ? [this.#read(job, chunk)] : []
      }),
    ])
    const elapsedMs = this.#options.clock.monotonicMs() - startMs
    if (promptTokens >= leastMeasuredTokens && elapsedMs > 0) {
      const rate = (promptTokens + generating.length) / elapsedMs
      this.#promptTokensPerMs =
        this.#promptTokensPerMs === 0 ? rate : this.#promptTokensPerMs * 0.7 + rate * 0.3
    }
    return true
  }

  async #read(job: Job, chunk: number): Promise<void> {
    const { slot, request } = job
    if (slot === null) return
    const tokens = request.prompt.slice(slot.tokens.length, slot.tokens.length + chunk)
    try {
      if (slot.tokens.length + chunk < request.prompt.length) {
        await slot.sequence.evaluateWithoutGeneratingNewTokens(tokens)
        slot.tokens.push(...tokens)
        return
      }
      job.generator = slot.sequence.evaluate(tokens, evaluateOptions(request, job.generated))
      const next = await job.generator.next()
      slot.tokens.push(...tokens)
      await this.#take(job, next)
    } catch (error) {
      await this.#fail(job, error)
    }
  }

  async #generate(job: Job): Promise<void> {
    const { generator, slot } = job
    if (generator === null || slot === null) return
    try {
      const next = await generator.next()
      const previous = job.generated.at(-1)
      if (previous !== undefined) slot.tokens.push(previous)
      await this.#take(job, next)
    } catch (error) {
      await this.#fail(job, error)
    }
  }

  async #take(job: Job, next: IteratorResult<number, void>): Promise<void> {
    if (next.done === true || this.#options.isEnd(next.value)) return this.#finish(job, 'stop')
    job.generated.push(next.value)
    const verdict = job.request.signal.aborted ? 'go' : job.request.onToken(next.value)
    if (verdict === 'stop') return this.#finish(job, 'stop')
    if (job.generated.length >= job.request.maxTokens) return this.#finish(job, 'length')
    job.isPaused = verdict === 'pause'
  }

  async #finish(job: Job, finishReason: GenerationResult['finishReason']): Promise<void> {
    const { cachedTokens, generated } = job
    await this.#end(job, () =>
      job.result.resolve({ finishReason, cachedTokens, completionTokens: generated.length }),
    )
  }

  /** What the sequence holds after an error is not known, so it is emptied. */
  async #fail(job: Job, error: unknown): Promise<void> {
    const { slot } = job
    await this.#end(job, () => job.result.reject(error))
    if (slot === null) return
    slot.tokens.length = 0
    await slot.sequence.clearHistory()
  }
}

function promptOf({ request, slot }: Job): RunningPrompt {
  return { prompt: request.prompt, slot }
}
