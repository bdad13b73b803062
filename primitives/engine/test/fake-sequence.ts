import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EvaluateOptions, LlamaSequence } from '../src/process/llama-binding.ts'

/** What all fake sequences of one context have been asked to decode, by event-loop turn. */
export interface FakeContext {
  /** Tokens of each decode, by sequence number. */
  steps: Map<number, number>[]
  states: Map<string, number[]>
}

export const endToken = 0

/**
 * A sequence of a model that answers each token with the sum of all before, modulo 97, plus one; it ends after
 * `answerLength` tokens. Decodes asked for in one turn of the event loop count as one step.
 */
export class FakeSequence implements LlamaSequence {
  readonly #context: FakeContext
  readonly #id: number
  readonly #answerLength: number
  tokens: number[] = []

  constructor(context: FakeContext, id: number, answerLength = 8) {
    this.#context = context
    this.#id = id
    this.#answerLength = answerLength
  }

  get nextTokenIndex(): number {
    return this.tokens.length
  }

  clearHistory(): Promise<void> {
    this.tokens = []
    return Promise.resolve()
  }

  eraseContextTokenRanges([range]: { start: number; end: number }[]): Promise<void> {
    this.tokens = this.tokens.slice(0, range?.start)
    return Promise.resolve()
  }

  async evaluateWithoutGeneratingNewTokens(tokens: number[]): Promise<void> {
    await this.#decode(tokens)
  }

  async *evaluate(tokens: number[], _options: EvaluateOptions): AsyncGenerator<number, void, undefined> {
    let next = tokens
    for (let count = 0; count < this.#answerLength; count++) {
      await this.#decode(next)
      const token = nextToken(this.tokens)
      yield token
      next = [token]
    }
    await this.#decode(next)
    yield endToken
  }

  saveStateToFile(path: string): Promise<{ fileSize: number }> {
    this.#context.states.set(path, [...this.tokens])
    return Promise.resolve({ fileSize: this.tokens.length * 10 })
  }

  loadStateFromFile(path: string): Promise<void> {
    this.tokens = [...(this.#context.states.get(path) ?? [])]
    return Promise.resolve()
  }

  async #decode(tokens: number[]): Promise<void> {
    const { steps } = this.#context
    let step = steps.at(-1)
    if (step === undefined || (step as { isOver?: boolean }).isOver === true) {
      step = new Map()
      steps.push(step)
    }
    step.set(this.#id, tokens.length)
    await nextTurn()
    Object.assign(step, { isOver: true })
    this.tokens.push(...tokens)
  }
}

export function nextToken(tokens: readonly number[]): number {
  return (tokens.reduce((sum, token) => sum + token, 0) % 97) + 1
}
