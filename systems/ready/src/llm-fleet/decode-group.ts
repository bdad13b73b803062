import { partitionPoint } from '@heavylift/core/math'
import { leftToPlan } from './sequence.ts'
import type { Sequence } from './sequence.ts'

/**
 * Sequences that get a token in every step. They advance by one shared counter: what each keeps, when it needs a block and when it ends follow from the step in which
 * it joined, so a step costs the same however many they are.
 */
export class DecodeGroup<Tag> {
  /** Steps that were planned since the group was last empty of history, and those of them that are over. */
  planned = 0
  over = 0
  readonly #blockSize: number
  /** Who ends first stands last; of those that end together, who was admitted first. */
  readonly #byEnd: Sequence<Tag>[] = []
  /** How many by what they keep, less planned steps, modulo the size of a block. */
  readonly #residues: Int32Array
  /** Over what each keeps, less planned steps. */
  #sum = 0
  #most = -Infinity
  #least = Infinity

  constructor(blockSize: number) {
    this.#blockSize = blockSize
    this.#residues = new Int32Array(blockSize)
  }

  get size(): number {
    return this.#byEnd.length
  }

  /** What they attend to in the step that is planned next. */
  get kvSum(): number {
    return this.#sum + this.size * (this.planned + 1)
  }

  get kvMost(): number {
    return this.#most + this.planned + 1
  }

  get kvLeast(): number {
    return this.#least + this.planned + 1
  }

  /** Steps that end before and with the first that makes somebody's last token. */
  get untilFirstEnd(): number {
    return (this.#byEnd.at(-1)?.lastAt ?? Infinity) - this.over
  }

  /** A sequence whose prompt is planned whole and that has tokens left to plan: the next planned step is its first here. */
  join(sequence: Sequence<Tag>): void {
    sequence.joinedAt = this.planned
    sequence.lastAt = this.planned + leftToPlan(sequence)
    const { lastAt, admitted } = sequence
    const all = this.#byEnd
    const at = partitionPoint(all.length, (index) => {
      const other = all[index] as Sequence<Tag>
      return other.lastAt === lastAt ? other.admitted > admitted : other.lastAt > lastAt
    })
    all.splice(at, 0, sequence)
    const base = sequence.kept - this.planned
    this.#sum += base
    this.#most = Math.max(this.#most, base)
    this.#least = Math.min(this.#least, base)
    ;(this.#residues[this.#residueOf(base)] as number)++
  }

  /** Blocks that the next so many steps take. */
  blocksFor(steps: number): number {
    let blocks = Math.floor(steps / this.#blockSize) * this.size
    for (let step = steps % this.#blockSize; step > 0; step--)
      blocks += this.#residues[this.#residueOf(1 - this.planned - step)] as number
    return blocks
  }

  /** So many steps for all are planned; who gets the last token in the last of them leaves and is put into `lasts`, in the order of admission. */
  plan(steps: number, lasts: Sequence<Tag>[]): void {
    this.planned += steps
    for (let last = this.#byEnd.at(-1); last?.lastAt === this.planned; last = this.#byEnd.at(-1)) {
      this.#byEnd.pop()
      this.#leave(last)
      last.blocks = Math.ceil(this.keptBy(last) / this.#blockSize)
      lasts.push(last)
    }
  }

  /** Tokens whose keys and values are there or planned. */
  keptBy(sequence: Sequence<Tag>): number {
    return sequence.kept + Math.min(this.planned, sequence.lastAt) - sequence.joinedAt
  }

  /** Each of the sequences that ever joined stands for itself again, those that left included. */
  part(sequences: readonly Sequence<Tag>[]): void {
    for (const sequence of sequences) {
      if (sequence.joinedAt === Infinity) continue
      const kept = this.keptBy(sequence)
      sequence.made += Math.max(0, Math.min(this.over, sequence.lastAt) - sequence.joinedAt)
      sequence.kept = kept
      sequence.blocks = Math.ceil(kept / this.#blockSize)
      sequence.joinedAt = Infinity
    }
    this.#byEnd.length = 0
    this.#residues.fill(0)
    this.#sum = 0
    this.#most = -Infinity
    this.#least = Infinity
    this.planned = 0
    this.over = 0
  }

  #leave(sequence: Sequence<Tag>): void {
    const base = sequence.kept - sequence.joinedAt
    this.#sum -= base
    ;(this.#residues[this.#residueOf(base)] as number)--
    if (base < this.#most && base > this.#least) return
    this.#most = -Infinity
    this.#least = Infinity
    for (const { kept, joinedAt } of this.#byEnd) {
      this.#most = Math.max(this.#most, kept - joinedAt)
      this.#least = Math.min(this.#least, kept - joinedAt)
    }
  }

  #residueOf(base: number): number {
    const residue = base % this.#blockSize
    return residue < 0 ? residue + this.#blockSize : residue
  }
}
