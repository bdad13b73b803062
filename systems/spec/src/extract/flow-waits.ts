import type { Module } from '../parse/ir.ts'
import { digest } from './flow-digest.ts'

/**
 * What is waited for, and what is not. A function of the repository that is to be waited for gives what it comes back with once it is.
 */
export class FlowWaits {
  readonly #outside = new Set<number>()
  readonly #waited = new Map<number, number>()
  readonly #pending = new Map<number, number>()

  /** What a call of something outside gives. */
  outside(value: number): void {
    this.#outside.add(value)
  }

  pending(value: number): number {
    const found = digest('pending', value)
    this.#pending.set(found, value)
    return found
  }

  waited(value: number): number {
    const inner = this.#pending.get(value) ?? value
    if (!this.#outside.has(inner)) return inner
    const found = digest('await', inner)
    this.#waited.set(found, inner)
    return found
  }

  // JavaScript's functions that are to be waited for wait for what they return; Python's do not.
  returned(value: number, { language }: Module): number {
    if (language !== 'javascript') return value
    return this.#waited.get(value) ?? this.#pending.get(value) ?? value
  }

  isWaited(value: number): boolean {
    return this.#waited.has(value)
  }

  /** Whether something is said by it where nobody takes what it gives: it is waited for outside, or it is to be waited for. */
  isSaid(value: number): boolean {
    return this.#waited.has(value) || this.#pending.has(value)
  }
}
