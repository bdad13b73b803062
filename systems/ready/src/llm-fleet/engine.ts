import { DecodeGroup } from './decode-group.ts'
import { leftToPlan } from './sequence.ts'
import type { Sequence } from './sequence.ts'
import { StepPlan } from './step-plan.ts'
import type { StepTimes } from './step-times.ts'

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
  #admitted = 0
  readonly #group: DecodeGroup<Tag>
  /** Whether each sequence that decodes stands for itself: where blocks are short, who gets a token is decided one by one. */
  #isApart = false
  /** What the step that runs now does to each sequence. */
  #current: StepPlan<Tag> | null = null
  #next: StepPlan<Tag> | null = null
  /** The plan of a step that is over, to be used again. */
  #spare: StepPlan<Tag> | null = null

  constructor(times: StepTimes, options: EngineOptions, events: EngineEvents<Tag>) {
    this.#times = times
    this.#options = options
    this.#events = events
    this.#freeBlocks = options.kvBlocks
    this.#group = new DecodeGroup(options.blockSize)
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
      admitted: 0,
      joinedAt: Infinity,
      lastAt: 0,
    })
    if (this.#current === null) this.#begin(atMs)
  }

  /** The running step ends, and with it those that follow it by a time and in which nobody begins or ends. */
  advance(untilMs: number): void {
    this.finishStep()
    if (this.stepEndsMs <= untilMs) this.#skip(untilMs)
  }

  /**
   * Steps in which all that run get one token each and nothing else can happen differ by one token of length: their times follow one from
   * the other without looking at each sequence.
   */
  #skip(untilMs: number): void {
    const { maxNumSeqs, blockSize, isSchedulingAhead } = this.#options
    const n = this.#running.length
    const current = this.#current
    const following = isSchedulingAhead ? this.#next : null
    const latest = following ?? current
    const isAlike = (plan: StepPlan<Tag> | null) => plan?.prefills.length === 0 && plan.together === n
    if (n === 0 || latest === null || !isAlike(current) || (isSchedulingAhead && !isAlike(following))) return
    // The last token of somebody is on its way.
    if (latest.lasts.length > 0) return
    if (this.#waiting.length > 0 && n < maxNumSeqs) return
    // A sequence is planned until its last token is on its way: one step before it comes out, with a step ahead two.
    const most = Math.min(
      this.#group.untilFirstEnd - (isSchedulingAhead ? 2 : 1),
      (Math.floor(this.#freeBlocks / n) - 1) * blockSize,
    )
    if (most < 1) return
    const { steps: done, tookMs } = this.#times.decodeSteps(
      latest.load(),
      following === null ? 1 : 0,
      most,
      untilMs - this.stepEndsMs,
    )
    this.stepEndsMs += tookMs
    this.steps += done
    this.tokens += done * n
    this.#freeBlocks -= this.#group.blocksFor(done)
    this.#group.plan(done, latest.lasts)
    this.#group.over += done
    current?.skip(done)
    following?.skip(done)
  }

  /** The running step ends: tokens come out, and the next step begins. */
  finishStep(): void {
    const nowMs = this.stepEndsMs
    const plan = this.#current
    if (plan === null) return
    this.steps++
    for (const sequence of plan.decodes) this.#emit(sequence, nowMs)
    if (plan.together > 0) {
      this.tokens += plan.together
      this.#group.over++
      for (const sequence of plan.lasts) this.#end(sequence, nowMs)
    }
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

  #run(plan: StepPlan<Tag>, nowMs: number): void {
    this.#current = plan
    this.stepEndsMs = nowMs + this.#times.stepMs(plan.load())
    if (this.#options.isSchedulingAhead) this.#next = this.#plan()
  }

  /** Counts tokens as kept as soon as they are planned: the step after goes on from there. */
  #plan(): StepPlan<Tag> {
    const { maxNumSeqs, maxNumBatchedTokens } = this.#options
    const plan = this.#spare ?? new StepPlan<Tag>()
    this.#spare = null
    const running = this.#running
    let budget = maxNumBatchedTokens
    let at = 0
    this.#bringTogether()
    if (!this.#isApart) {
      const needed = this.#group.blocksFor(1)
      if (this.#group.size > budget || needed > this.#freeBlocks) this.#part(plan)
      else if (this.#group.size > 0) {
        this.#freeBlocks -= needed
        plan.addGroup(this.#group)
        budget -= plan.together
      }
      if (!this.#isApart) at = this.#firstInPrompt()
    }
    for (; at < running.length && budget > 0; at++) {
      const sequence = running[at] as Sequence<Tag>
      const isDecode = sequence.kept >= sequence.prompt
      // With a step ahead, the last token of a sequence may be on its way already.
      if (isDecode && leftToPlan(sequence) <= 0) continue
      const chunk = isDecode ? 1 : Math.min(budget, sequence.prompt - sequence.kept)
      if (!this.#reserve(sequence, chunk)) {
        if (!this.#isApart) this.#part(plan)
        if (running.at(-1) === sequence) continue
        this.#preempt(plan)
        at--
        continue
      }
      this.#give(plan, sequence, chunk, isDecode)
      budget -= chunk
    }
    while (budget > 0 && this.#waiting.length > 0 && running.length < maxNumSeqs) {
      const sequence = this.#waiting[0] as Sequence<Tag>
      const chunk = Math.min(budget, sequence.prompt - sequence.kept)
      if (!this.#reserve(sequence, chunk)) break
      this.#waiting.shift()
      sequence.admitted = ++this.#admitted
      running.push(sequence)
      this.#give(plan, sequence, chunk, false)
      budget -= chunk
    }
    return plan
  }

  #give(plan: StepPlan<Tag>, sequence: Sequence<Tag>, chunk: number, isDecode: boolean): void {
    plan.add(sequence, chunk, isDecode)
    sequence.kept += chunk
    if (!this.#isApart && sequence.kept >= sequence.prompt && leftToPlan(sequence) > 0)
      this.#group.join(sequence)
  }

  /** Those that run in the order of admission, so those in their prompts come after all that decode, but for what a pre-emption left. */
  #firstInPrompt(): number {
    let at = this.#running.length
    while (at > 0 && isInPrompt(this.#running[at - 1] as Sequence<Tag>)) at--
    return at
  }

  #part(plan: StepPlan<Tag>): void {
    this.#current?.part(this.#running)
    plan.part(this.#running)
    this.#group.part(this.#running)
    this.#isApart = true
  }

  /** Ends being apart when there is a block for each that runs. */
  #bringTogether(): void {
    const running = this.#running
    if (!this.#isApart || this.#freeBlocks < running.length) return
    const first = this.#firstInPrompt()
    for (let at = 0; at < first; at++) if (isInPrompt(running[at] as Sequence<Tag>)) return
    this.#isApart = false
    for (let at = 0; at < first; at++) {
      const sequence = running[at] as Sequence<Tag>
      if (leftToPlan(sequence) > 0) this.#group.join(sequence)
    }
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

  #preempt(plan: StepPlan<Tag>): void {
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

const isInPrompt = ({ kept, prompt }: Sequence<unknown>) => kept < prompt
