import type { StepLoad, StepTimes } from './step-times.ts'

/** How an engine makes its batches; names are those of vLLM's options. */
export interface EngineOptions {
  maxNumSeqs: number
  maxNumBatchedTokens: number
  kvBlocks: number
  blockSize: number
  /** The next step is put together while one runs, so what arrives meanwhile waits for the step after (vLLM's async scheduling). */
  isSchedulingAhead: boolean
}

export interface SimulatedRequest {
  promptTokens: number
  outputTokens: number
  /** Leading prompt tokens that are kept already. */
  cachedTokens?: number
}

interface Sequence<Tag> {
  tag: Tag
  prompt: number
  output: number
  /** Tokens whose keys and values are there. */
  kept: number
  /** Since it began, or began anew. */
  made: number
  /** Whether its first token is out. */
  hasBegun: boolean
  blocks: number
}

export interface EngineEvents<Tag> {
  firstToken(tag: Tag, atMs: number): void
  ended(tag: Tag, atMs: number): void
}

/**
 * One engine with continuous batching as vLLM's V1 scheduler has it: sequences that run come first, each decode one token, then chunks
 * of prompts in the order of arrival as far as the token budget goes; when blocks run out, the youngest is pre-empted and starts anew.
 */
export class SimulatedLlmEngine<Tag> {
  stepEndsMs = Infinity
  steps = 0
  preemptions = 0
  /** Tokens that came out. */
  tokens = 0
  readonly #times: StepTimes
  readonly #options: EngineOptions
  readonly #events: EngineEvents<Tag>
  #running: Sequence<Tag>[] = []
  #waiting: Sequence<Tag>[] = []
  #freeBlocks: number
  /** What the step that runs now does to each sequence. */
  #current: Plan<Tag> | null = null
  #next: Plan<Tag> | null = null
  /** The plan of a step that is over, to be used again. */
  #spare: Plan<Tag> | null = null

  constructor(times: StepTimes, options: EngineOptions, events: EngineEvents<Tag>) {
    this.#times = times
    this.#options = options
    this.#events = events
    this.#freeBlocks = options.kvBlocks
  }

  submit(request: SimulatedRequest, tag: Tag, atMs: number): void {
    this.#waiting.push({
      tag,
      prompt: request.promptTokens,
      output: Math.max(1, request.outputTokens),
      kept: Math.min(request.cachedTokens ?? 0, request.promptTokens - 1),
      made: 0,
      hasBegun: false,
      blocks: 0,
    })
    if (this.#current === null) this.#begin(atMs)
  }

  /** Runs all steps that end at or before a time. */
  runUntil(untilMs: number): void {
    while (this.stepEndsMs <= untilMs) {
      this.finishStep()
      if (this.stepEndsMs <= untilMs) this.#skip(untilMs)
    }
  }

  /**
   * Steps in which all that run get one token each and nothing else can happen differ by one token of length: their times follow one from
   * the other without looking at each sequence.
   */
  #skip(untilMs: number): void {
    const { maxNumSeqs, blockSize, isSchedulingAhead } = this.#options
    const running = this.#running
    const n = running.length
    const current = this.#current
    const following = isSchedulingAhead ? this.#next : null
    if (n === 0 || current === null || current.prefills.length > 0 || current.decodes.length !== n) return
    if (
      isSchedulingAhead &&
      (following === null || following.prefills.length > 0 || following.decodes.length !== n)
    )
      return
    if (this.#waiting.length > 0 && n < maxNumSeqs) return
    let left = Infinity
    for (const { output, made } of running) if (output - made < left) left = output - made
    // A sequence is planned until its last token is on its way: one step before it comes out, with a step ahead two.
    const most = Math.min(
      left - (isSchedulingAhead ? 2 : 1),
      (Math.floor(this.#freeBlocks / n) - 1) * blockSize,
    )
    if (most < 1) return
    const { steps: done, tookMs } = this.#times.decodeSteps(
      (following ?? current).load(),
      following === null ? 1 : 0,
      most,
      untilMs - this.stepEndsMs,
    )
    this.stepEndsMs += tookMs
    this.steps += done
    this.tokens += done * n
    for (const sequence of running) {
      sequence.made += done
      sequence.kept += done
      this.#reserve(sequence, 0)
    }
    current.shift += done
    if (following !== null) following.shift += done
  }

  /** The running step ends: tokens come out, and the next step begins. */
  finishStep(): void {
    const nowMs = this.stepEndsMs
    const plan = this.#current
    if (plan === null) return
    this.steps++
    for (let at = 0; at < plan.decodes.length; at++) this.#emit(plan.decodes[at] as Sequence<Tag>, nowMs)
    for (const { sequence, chunk, kept } of plan.prefills)
      if (kept + chunk >= sequence.prompt) this.#emit(sequence, nowMs)
    this.#begin(nowMs)
    plan.clear()
    this.#spare = plan
  }

  #emit(sequence: Sequence<Tag>, nowMs: number): void {
    if (!sequence.hasBegun) this.#events.firstToken(sequence.tag, nowMs)
    sequence.hasBegun = true
    sequence.made++
    this.tokens++
    if (sequence.made >= sequence.output) this.#end(sequence, nowMs)
  }

  #end(sequence: Sequence<Tag>, nowMs: number): void {
    this.#running.splice(this.#running.indexOf(sequence), 1)
    this.#freeBlocks += sequence.blocks
    this.#next?.drop(sequence)
    this.#events.ended(sequence.tag, nowMs)
  }

  #begin(nowMs: number): void {
    const { isSchedulingAhead } = this.#options
    const plan = this.#next ?? this.#plan()
    this.#next = null
    if (plan.isEmpty) {
      this.#current = null
      this.stepEndsMs = Infinity
      // What was planned ahead may have been nothing for want of blocks that are free now.
      const late = isSchedulingAhead ? this.#plan() : plan
      if (!late.isEmpty) this.#run(late, nowMs)
      return
    }
    this.#run(plan, nowMs)
  }

  #run(plan: Plan<Tag>, nowMs: number): void {
    this.#current = plan
    this.stepEndsMs = nowMs + this.#times.stepMs(plan.load())
    if (this.#options.isSchedulingAhead) this.#next = this.#plan()
  }

  /** Counts tokens as kept as soon as they are planned: the step after goes on from there. */
  #plan(): Plan<Tag> {
    const { maxNumSeqs, maxNumBatchedTokens } = this.#options
    const plan = this.#spare ?? new Plan<Tag>()
    this.#spare = null
    let budget = maxNumBatchedTokens
    for (let at = 0; at < this.#running.length && budget > 0; at++) {
      const sequence = this.#running[at] as Sequence<Tag>
      const isDecode = sequence.kept >= sequence.prompt
      // With a step ahead, the last token of a sequence may be on its way already.
      if (isDecode && sequence.kept - sequence.prompt + 1 >= sequence.output) continue
      const chunk = isDecode ? 1 : Math.min(budget, sequence.prompt - sequence.kept)
      if (!this.#reserve(sequence, chunk)) {
        if (this.#running.at(-1) === sequence) continue
        this.#preempt(plan)
        at--
        continue
      }
      plan.add(sequence, chunk, isDecode)
      sequence.kept += chunk
      budget -= chunk
    }
    while (budget > 0 && this.#waiting.length > 0 && this.#running.length < maxNumSeqs) {
      const sequence = this.#waiting[0] as Sequence<Tag>
      const chunk = Math.min(budget, sequence.prompt - sequence.kept)
      if (!this.#reserve(sequence, chunk)) break
      this.#waiting.shift()
      this.#running.push(sequence)
      plan.add(sequence, chunk, false)
      sequence.kept += chunk
      budget -= chunk
    }
    return plan
  }

  #reserve(sequence: Sequence<Tag>, chunk: number): boolean {
    const { blockSize } = this.#options
    const tokens = sequence.kept + chunk
    if (tokens <= sequence.blocks * blockSize) return true
    const needed = Math.ceil(tokens / blockSize) - sequence.blocks
    if (needed > this.#freeBlocks) return false
    this.#freeBlocks -= needed
    sequence.blocks += needed
    return true
  }

  #preempt(plan: Plan<Tag>): void {
    const youngest = this.#running.pop()
    if (youngest === undefined) return
    this.preemptions++
    plan.drop(youngest)
    this.#current?.drop(youngest)
    this.#freeBlocks += youngest.blocks
    // What it has made counts as prompt from now on: all of it is computed anew.
    youngest.prompt += youngest.made
    youngest.output -= youngest.made
    youngest.made = 0
    youngest.blocks = 0
    youngest.kept = 0
    this.#waiting.unshift(youngest)
  }
}

/** The sequences of one step. Lists side by side, so that a step makes nothing that must be collected. */
class Plan<Tag> {
  readonly prefills: { sequence: Sequence<Tag>; chunk: number; kept: number }[] = []
  /** Each gets a token. */
  readonly decodes: Sequence<Tag>[] = []
  /** What each of them attends to, less `shift`. */
  readonly #kv: number[] = []
  shift = 0
  readonly #load: StepLoad = {
    prefills: this.prefills,
    decodes: 0,
    kvMean: 0,
    kvMax: 0,
    kvMin: 0,
    sampled: 0,
  }

  get isEmpty(): boolean {
    return this.prefills.length === 0 && this.decodes.length === 0
  }

  clear(): void {
    this.prefills.length = 0
    this.decodes.length = 0
    this.#kv.length = 0
    this.shift = 0
  }

  add(sequence: Sequence<Tag>, chunk: number, isDecode: boolean): void {
    if (isDecode) {
      this.decodes.push(sequence)
      this.#kv.push(sequence.kept + 1)
    } else this.prefills.push({ sequence, chunk, kept: sequence.kept })
  }

  drop(sequence: Sequence<Tag>): void {
    const at = this.decodes.indexOf(sequence)
    if (at >= 0) {
      this.decodes.splice(at, 1)
      this.#kv.splice(at, 1)
    }
    const prefill = this.prefills.findIndex((one) => one.sequence === sequence)
    if (prefill >= 0) this.prefills.splice(prefill, 1)
  }

  /** What the step has in it; the same object at each call. */
  load(): StepLoad {
    const kv = this.#kv
    const decodes = kv.length
    let sum = 0
    let most = 0
    let least = Infinity
    for (let at = 0; at < decodes; at++) {
      const one = kv[at] as number
      sum += one
      if (one > most) most = one
      if (one < least) least = one
    }
    let sampled = decodes
    for (const { sequence, chunk, kept } of this.prefills) if (kept + chunk >= sequence.prompt) sampled++
    const load = this.#load
    load.decodes = decodes
    load.kvMean = decodes === 0 ? 0 : sum / decodes + this.shift
    load.kvMax = most + this.shift
    load.kvMin = decodes === 0 ? 0 : least + this.shift
    load.sampled = sampled
    return load
  }
}
