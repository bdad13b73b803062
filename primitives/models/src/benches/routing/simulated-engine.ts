import { BlockCache } from './block-cache.ts'
import type { ServiceModel } from './service-model.ts'

/** What is asked of an engine; `tag` is the caller's. */
export interface EngineJob<Tag> {
  promptTokens: number
  outputTokens: number
  blocks: Uint32Array
  tag: Tag
}

export interface EngineEvents<Tag> {
  firstToken(tag: Tag, atMs: number): void
  ended(tag: Tag, atMs: number): void
}

interface Sequence<Tag> extends EngineJob<Tag> {
  prefillLeft: number
  outputLeft: number
  privateBlocks: number
  isCancelled: boolean
}

/** Serves jobs by a `ServiceModel`. It has no clock: whoever drives it ends each step when `stepEndsMs` has come. */
export class SimulatedEngine<Tag> {
  readonly #model: ServiceModel
  readonly #tokensPerBlock: number
  readonly #events: EngineEvents<Tag>
  readonly #cache: BlockCache
  readonly #waiting: Sequence<Tag>[] = []
  #prefilling: Sequence<Tag>[] = []
  #decoding: Sequence<Tag>[] = []
  /** `Infinity` while there is nothing to do. */
  stepEndsMs = Infinity
  promptTokens = 0
  cachedTokens = 0

  constructor(model: ServiceModel, tokensPerBlock: number, events: EngineEvents<Tag>) {
    this.#model = model
    this.#tokensPerBlock = tokensPerBlock
    this.#events = events
    this.#cache = new BlockCache(Math.floor(model.kvTokens / tokensPerBlock))
  }

  /** Prompt tokens that it has yet to prefill; of what waits, what it holds now is taken off. */
  get prefillTokensLeft(): number {
    let tokens = 0
    for (const { prefillLeft } of this.#prefilling) tokens += prefillLeft
    for (const { promptTokens, blocks } of this.#waiting)
      tokens += Math.max(1, promptTokens - this.#cache.match(blocks) * this.#tokensPerBlock)
    return tokens
  }

  /** Prompt tokens of a prompt with these blocks that it holds. */
  cachedTokensOf(blocks: Uint32Array): number {
    return this.#cache.match(blocks) * this.#tokensPerBlock
  }

  submit(job: EngineJob<Tag>, nowMs: number): void {
    const tokens = job.promptTokens + job.outputTokens
    this.#waiting.push({
      ...job,
      prefillLeft: job.promptTokens,
      outputLeft: job.outputTokens,
      privateBlocks: Math.max(0, Math.ceil(tokens / this.#tokensPerBlock) - job.blocks.length),
      isCancelled: false,
    })
    if (this.stepEndsMs === Infinity) this.#beginStep(nowMs)
  }

  /** Gives up the job; its room is free after the step. */
  cancel(tag: Tag): void {
    const waiting = this.#waiting.findIndex((sequence) => sequence.tag === tag)
    if (waiting >= 0) this.#waiting.splice(waiting, 1)
    for (const sequence of [...this.#prefilling, ...this.#decoding]) {
      if (sequence.tag === tag) sequence.isCancelled = true
    }
  }

  /** What the step that ends now has brought, then the next step. */
  finishStep(): void {
    const nowMs = this.stepEndsMs
    const decoding: Sequence<Tag>[] = []
    for (const sequence of this.#decoding) {
      sequence.outputLeft--
      if (this.#isOver(sequence, nowMs)) continue
      decoding.push(sequence)
    }
    const prefilling: Sequence<Tag>[] = []
    for (const sequence of this.#prefilling) {
      if (sequence.prefillLeft > 0 && !sequence.isCancelled) {
        prefilling.push(sequence)
        continue
      }
      if (!sequence.isCancelled) {
        sequence.outputLeft--
        this.#events.firstToken(sequence.tag, nowMs)
      }
      if (!this.#isOver(sequence, nowMs)) decoding.push(sequence)
    }
    this.#decoding = decoding
    this.#prefilling = prefilling
    this.#beginStep(nowMs)
  }

  #isOver(sequence: Sequence<Tag>, nowMs: number): boolean {
    if (sequence.outputLeft > 0 && !sequence.isCancelled) return false
    this.#cache.release(sequence.blocks, sequence.privateBlocks)
    if (!sequence.isCancelled) this.#events.ended(sequence.tag, nowMs)
    return true
  }

  #beginStep(nowMs: number): void {
    this.#admit()
    const { chunkTokens, stepMs, decodeMs, prefillTokensPerSecond } = this.#model
    // A token that is decoded takes a place of the step's as one that is prefilled does.
    const room = Math.max(0, chunkTokens - this.#decoding.length)
    let budget = room
    for (const sequence of this.#prefilling) {
      const tokens = Math.min(budget, sequence.prefillLeft)
      sequence.prefillLeft -= tokens
      budget -= tokens
      if (budget === 0) break
    }
    if (this.#prefilling.length + this.#decoding.length === 0) {
      this.stepEndsMs = Infinity
      return
    }
    const prefillMs = ((room - budget) / prefillTokensPerSecond) * 1000
    this.stepEndsMs = nowMs + stepMs + decodeMs * this.#decoding.length + prefillMs
  }

  /** In the order of arrival, as long as there is room; none passes another. */
  #admit(): void {
    for (;;) {
      const sequence = this.#waiting[0]
      if (sequence === undefined) return
      if (this.#prefilling.length + this.#decoding.length >= this.#model.maxSequences) return
      const cached = this.#cache.match(sequence.blocks) * this.#tokensPerBlock
      if (!this.#cache.take(sequence.blocks, sequence.privateBlocks)) return
      this.#waiting.shift()
      // The last token is always computed: it gives the first of the answer.
      sequence.prefillLeft = Math.max(1, sequence.promptTokens - cached)
      this.promptTokens += sequence.promptTokens
      this.cachedTokens += sequence.promptTokens - sequence.prefillLeft
      this.#prefilling.push(sequence)
    }
  }
}
