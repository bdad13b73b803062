import { HeavyliftError } from '@heavylift/core'
import type { Clock } from '@heavylift/core'
import type { LlamaSequence } from '../llama-binding.ts'
import { evaluateOptions } from './generation.ts'
import type { GenerationRequest, GenerationResult } from './generation.ts'
import { planStep } from './plan-step.ts'
import type { PrefixCache } from './prefix-cache.ts'
import { commonPrefix } from './token-prefix.ts'

/** Fewer shared tokens than this are read again rather than copied. */
const worthCopying = 32
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

export interface BatchEngineOptions {
  sequences: readonly LlamaSequence[]
  /** Of each sequence. */
  contextTokens: number
  /** Most tokens of one step. */
  batchTokens: number
  /** Requests that may wait for a sequence. */
  maxWaiting: number
  cache: PrefixCache
  /** False for recurrent models, whose state cannot be cut back to a prefix. */
  canCut: boolean
  isEnd(token: number): boolean
  clock: Clock
}

interface Slot {
  readonly sequence: LlamaSequence
  /** What the sequence holds. */
  tokens: number[]
  job: Job | null
  lastUsed: number
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
  readonly #slots: Slot[]
  /** In order of arrival. */
  readonly #waiting: Job[] = []
  #running: Job[] = []
  #isRunning = false
  #wake: PromiseWithResolvers<void> | null = null
  /** Something changed since the loop last looked. */
  #isPoked = false
  #uses = 0
  /** Measured on prompt-only steps. */
  #promptTokensPerMs = 0

  constructor(options: BatchEngineOptions) {
    this.#options = options
    this.#slots = options.sequences.map((sequence) => ({ sequence, tokens: [], job: null, lastUsed: 0 }))
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
    if (this.#waiting.length >= this.#options.maxWaiting + this.#idleSlots().length) {
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
      this.#poke()
    })
    request.signal.addEventListener('abort', () => this.#poke(), { once: true })
    this.#waiting.push(job)
    this.#poke()
    if (!this.#isRunning) void this.#run()
    return job.result.promise
  }

  #poke(): void {
    this.#isPoked = true
    this.#wake?.resolve()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#running.length + this.#waiting.length > 0) {
      this.#isPoked = false
      await this.#dropAborted()
      await this.#admit()
      if (!(await this.#step())) await this.#sleep()
      // Lets sockets be written and read, and the library give its context free.
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.#isRunning = false
  }

  /** Everything that runs is paused: until one goes on, ends or comes. */
  async #sleep(): Promise<void> {
    if (this.#isPoked || this.#running.length + this.#waiting.length === 0) return
    this.#wake = Promise.withResolvers<void>()
    await this.#wake.promise
    this.#wake = null
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
    if (job.slot) {
      job.slot.job = null
      job.slot.lastUsed = ++this.#uses
    }
    settle()
  }

  #idleSlots(): Slot[] {
    return this.#slots.filter((slot) => slot.job === null)
  }

  /** Gives free sequences to those that wait, in order of arrival; one that had better wait for a prefix is passed over. */
  async #admit(): Promise<void> {
    for (const job of this.#waiting.slice()) {
      const idle = this.#idleSlots()
      if (idle.length === 0) return
      try {
        const slot = await this.#prepareSlot(job, idle)
        if (slot === null) continue
        slot.job = job
        job.slot = slot
        job.cachedTokens = slot.tokens.length
        this.#waiting.splice(this.#waiting.indexOf(job), 1)
        this.#running.push(job)
      } catch (error) {
        await this.#end(job, () => job.result.reject(error))
      }
    }
  }

  /**
   * A free sequence that holds as much of the prompt as can be had: what it holds by itself, a saved state, or a copy from
   * a sequence that runs. Null when one that runs is just reading more of the same: then that is read once, for both.
   */
  async #prepareSlot(job: Job, idle: readonly Slot[]): Promise<Slot | null> {
    const { cache, canCut } = this.#options
    // The last token is always read, since the first choice is made from it.
    const prompt = job.request.prompt.slice(0, -1)
    const held = best(idle, (slot) => {
      const length = commonPrefix(slot.tokens, prompt)
      return canCut || length === slot.tokens.length ? length : 0
    })
    if (!canCut) return this.#cut(held.item ?? leastRecent(idle), held.score)
    const saved = cache.longest(prompt)
    const ready = Math.max(held.score, saved?.length ?? 0)
    const shared = best(this.#running, (other) => commonPrefix(other.request.prompt, prompt))
    if (cache.isOn && shared.item?.slot && shared.score >= ready + worthCopying) {
      const done = commonPrefix(shared.item.slot.tokens, prompt)
      if (done < shared.score) return null
      await cache.save(shared.item.slot.tokens, shared.item.slot.sequence)
      const copy = cache.longest(prompt)
      if (copy && copy.length >= ready + worthCopying) return this.#load(copy, leastRecent(idle))
    }
    if (held.item && held.score > 0 && held.score + worthCopying > (saved?.length ?? 0)) {
      await this.#keep(held.item, held.score)
      return this.#cut(held.item, held.score)
    }
    const slot = leastRecent(idle)
    if (saved && saved.length >= worthCopying) return this.#load(saved, slot)
    await this.#keep(slot, 0)
    return this.#cut(slot, 0)
  }

  async #load({ entry, length }: NonNullable<ReturnType<PrefixCache['longest']>>, slot: Slot): Promise<Slot> {
    const { cache } = this.#options
    // Loaded before saving what the sequence held, since that could push the entry out.
    const lost = slot.tokens
    if (lost.length >= worthCopying) await cache.save(lost, slot.sequence)
    const still = cache.longest(entry.tokens)
    if (still?.entry !== entry) return this.#cut(slot, 0)
    await cache.load(entry, slot.sequence)
    slot.tokens = Array.from(entry.tokens)
    return this.#cut(slot, length)
  }

  /** Saves what cutting a sequence back to `length` would lose, if that is much. */
  async #keep(slot: Slot, length: number): Promise<void> {
    if (slot.tokens.length - length >= worthCopying) {
      await this.#options.cache.save(slot.tokens, slot.sequence)
    }
  }

  async #cut(slot: Slot, length: number): Promise<Slot> {
    if (length === 0 && slot.tokens.length > 0) await slot.sequence.clearHistory()
    else if (length < slot.tokens.length) {
      await slot.sequence.eraseContextTokenRanges([{ start: length, end: slot.tokens.length }])
    }
    slot.tokens.length = length
    // The library drops a whole state that it cannot cut (a window that has moved on).
    if (slot.sequence.nextTokenIndex !== length) {
      await slot.sequence.clearHistory()
      slot.tokens.length = 0
    }
    return slot
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

function best<T>(items: readonly T[], score: (item: T) => number): { item: T | null; score: number } {
  let found: T | null = null
  let most = 0
  for (const item of items) {
    const value = score(item)
    if (value <= most) continue
    found = item
    most = value
  }
  return { item: found, score: most }
}

/** An empty one, else the one that was used longest ago. */
function leastRecent(idle: readonly Slot[]): Slot {
  const [first, ...rest] = idle
  if (first === undefined) throw new Error('No sequence is free.')
  return rest.reduce((a, b) => {
    if ((a.tokens.length === 0) !== (b.tokens.length === 0)) return a.tokens.length === 0 ? a : b
    return b.lastUsed < a.lastUsed ? b : a
  }, first)
}
