import type { DecodeGroup } from './decode-group.ts'
import type { Sequence } from './sequence.ts'
import type { StepLoad } from './step-times.ts'

/** The sequences of one step. Lists side by side, so that a step makes nothing that must be collected. */
export class StepPlan<Tag> {
  readonly prefills: { sequence: Sequence<Tag>; chunk: number; kept: number }[] = []
  /** Each gets a token; those of the group are only counted. */
  readonly decodes: Sequence<Tag>[] = []
  /** How many of the group get a token. */
  together = 0
  /** Those of the group that get their last one, in the order of admission. */
  readonly lasts: Sequence<Tag>[] = []
  /** Which planned step of the group it is. */
  number = 0
  /** What each of `decodes` attends to, less `shift`. */
  readonly #kv: number[] = []
  #kvSum = 0
  #kvMost = 0
  #kvLeast = Infinity
  #shift = 0
  readonly #load: StepLoad = {
    prefills: this.prefills,
    decodes: 0,
    kvMean: 0,
    kvMax: 0,
    kvMin: 0,
    sampled: 0,
  }

  get isEmpty(): boolean {
    return this.prefills.length === 0 && this.decodes.length === 0 && this.together === 0
  }

  clear(): void {
    this.prefills.length = 0
    this.decodes.length = 0
    this.together = 0
    this.lasts.length = 0
    this.number = 0
    this.#kv.length = 0
    this.#shift = 0
  }

  add(sequence: Sequence<Tag>, chunk: number, isDecode: boolean): void {
    if (isDecode) {
      this.decodes.push(sequence)
      this.#kv.push(sequence.kept + 1)
    } else this.prefills.push({ sequence, chunk, kept: sequence.kept })
  }

  addGroup(group: DecodeGroup<Tag>): void {
    this.together = group.size
    this.#kvSum = group.kvSum
    this.#kvMost = group.kvMost
    this.#kvLeast = group.kvLeast
    group.plan(1, this.lasts)
    this.number = group.planned
  }

  /** The step is put off by so many others like it. */
  skip(steps: number): void {
    this.#shift += steps
    this.number += steps
  }

  /** The group parts: who of it gets a token is in a list from now on, in the order of those that run. */
  part(running: readonly Sequence<Tag>[]): void {
    if (this.together === 0) return
    for (const sequence of running) {
      const { joinedAt, lastAt, kept } = sequence
      if (joinedAt >= this.number || lastAt < this.number) continue
      this.decodes.push(sequence)
      this.#kv.push(kept + this.number - joinedAt - this.#shift)
    }
    this.together = 0
    this.lasts.length = 0
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
    const load = this.#load
    let sum = this.#kvSum
    let most = this.#kvMost
    let least = this.#kvLeast
    let decodes = this.together
    if (decodes === 0) {
      decodes = this.decodes.length
      sum = 0
      most = 0
      least = Infinity
      for (const one of this.#kv) {
        sum += one
        most = Math.max(most, one)
        least = Math.min(least, one)
      }
    }
    let sampled = decodes
    for (const { sequence, chunk, kept } of this.prefills) if (kept + chunk >= sequence.prompt) sampled++
    load.decodes = decodes
    load.kvMean = decodes === 0 ? 0 : sum / decodes + this.#shift
    load.kvMax = most + this.#shift
    load.kvMin = decodes === 0 ? 0 : least + this.#shift
    load.sampled = sampled
    return load
  }
}
