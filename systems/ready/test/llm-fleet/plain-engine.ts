import type { EngineEvents, EngineOptions, SimulatedRequest } from '../../src/llm-fleet/engine.ts'
import type { StepTimes } from '../../src/llm-fleet/step-times.ts'

interface Sequence {
  tag: number
  prompt: number
  output: number
  kept: number
  made: number
  hasBegun: boolean
  blocks: number
}

interface Share {
  sequence: Sequence
  chunk: number
  kept: number
}

/** The same scheduler as `SimulatedLlmEngine`, written plainly: each step looks at each sequence. */
export class PlainEngine {
  stepEndsMs = Infinity
  steps = 0
  preemptions = 0
  tokens = 0
  readonly #times: StepTimes
  readonly #options: EngineOptions
  readonly #events: EngineEvents<number>
  readonly #running: Sequence[] = []
  readonly #waiting: Sequence[] = []
  #freeBlocks: number
  #current: Share[] | null = null
  #next: Share[] | null = null

  constructor(times: StepTimes, options: EngineOptions, events: EngineEvents<number>) {
    this.#times = times
    this.#options = options
    this.#events = events
    this.#freeBlocks = options.kvBlocks
  }

  submit({ promptTokens, outputTokens, cachedTokens = 0 }: SimulatedRequest, tag: number, atMs: number) {
    const kept = Math.min(cachedTokens, promptTokens - 1)
    this.#waiting.push({
      tag,
      prompt: promptTokens,
      output: outputTokens,
      kept,
      made: 0,
      hasBegun: false,
      blocks: 0,
    })
    if (this.#current === null) this.#begin(atMs)
  }

  finishStep(): void {
    const nowMs = this.stepEndsMs
    const plan = this.#current ?? []
    this.steps++
    const gets = plan.filter(({ sequence, chunk, kept }) => kept + chunk >= sequence.prompt)
    const isDecode = ({ sequence, kept }: Share) => kept >= sequence.prompt
    for (const { sequence } of [...gets.filter(isDecode), ...gets.filter((one) => !isDecode(one))]) {
      if (!sequence.hasBegun) this.#events.firstToken(sequence.tag, nowMs)
      sequence.hasBegun = true
      sequence.made++
      this.tokens++
      if (sequence.made < sequence.output) continue
      this.#running.splice(this.#running.indexOf(sequence), 1)
      this.#freeBlocks += sequence.blocks
      this.#events.ended(sequence.tag, nowMs)
    }
    this.#begin(nowMs)
  }

  #begin(nowMs: number): void {
    let plan = this.#next ?? this.#plan()
    this.#next = null
    this.#current = null
    this.stepEndsMs = Infinity
    if (plan.length === 0) plan = this.#plan()
    if (plan.length === 0) return
    this.#current = plan
    const decodes = plan.filter(({ sequence, kept }) => kept >= sequence.prompt)
    const prefills = plan.filter((share) => !decodes.includes(share))
    const kv = decodes.map(({ kept }) => kept + 1)
    this.stepEndsMs =
      nowMs +
      this.#times.stepMs({
        prefills,
        decodes: kv.length,
        kvMean: kv.length === 0 ? 0 : kv.reduce((sum, one) => sum + one, 0) / kv.length,
        kvMax: Math.max(0, ...kv),
        kvMin: kv.length === 0 ? 0 : Math.min(...kv),
        sampled: plan.filter(({ sequence, chunk, kept }) => kept + chunk >= sequence.prompt).length,
      })
    if (this.#options.isSchedulingAhead) this.#next = this.#plan()
  }

  #plan(): Share[] {
    const plan: Share[] = []
    let budget = this.#options.maxNumBatchedTokens
    const give = (sequence: Sequence, chunk: number) => {
      plan.push({ sequence, chunk, kept: sequence.kept })
      sequence.kept += chunk
      budget -= chunk
    }
    for (let at = 0; at < this.#running.length && budget > 0; at++) {
      const sequence = this.#running[at] as Sequence
      const { kept, prompt, output } = sequence
      if (kept >= prompt && kept - prompt + 1 >= output) continue
      const chunk = kept >= prompt ? 1 : Math.min(budget, prompt - kept)
      if (this.#reserve(sequence, chunk)) give(sequence, chunk)
      else if (this.#running.at(-1) !== sequence) {
        this.#preempt(plan)
        at--
      }
    }
    while (budget > 0 && this.#waiting.length > 0 && this.#running.length < this.#options.maxNumSeqs) {
      const sequence = this.#waiting[0] as Sequence
      const chunk = Math.min(budget, sequence.prompt - sequence.kept)
      if (!this.#reserve(sequence, chunk)) break
      this.#waiting.shift()
      this.#running.push(sequence)
      give(sequence, chunk)
    }
    return plan
  }

  #reserve(sequence: Sequence, chunk: number): boolean {
    const needed = Math.max(0, Math.ceil((sequence.kept + chunk) / this.#options.blockSize) - sequence.blocks)
    if (needed > this.#freeBlocks) return false
    this.#freeBlocks -= needed
    sequence.blocks += needed
    return true
  }

  #preempt(plan: Share[]): void {
    const youngest = this.#running.pop() as Sequence
    this.preemptions++
    for (const one of [plan, this.#current ?? []]) {
      const at = one.findIndex(({ sequence }) => sequence === youngest)
      if (at >= 0) one.splice(at, 1)
    }
    this.#freeBlocks += youngest.blocks
    const { prompt, output, made } = youngest
    Object.assign(youngest, { prompt: prompt + made, output: output - made, made: 0, blocks: 0, kept: 0 })
    this.#waiting.unshift(youngest)
  }
}
