import type { LlamaSequence } from '../process/llama-binding.ts'
import type { PrefixCache } from './prefix-cache.ts'
import { commonPrefix } from './token-prefix.ts'

/** Fewer shared tokens than this are read again rather than copied. */
const worthCopying = 32
/** A sequence of the context, and who has it. */
export interface Slot {
  readonly sequence: LlamaSequence
  /** What the sequence holds. */
  tokens: number[]
  isTaken: boolean
  lastUsed: number
}

/** A request that has a sequence: its prompt may be read once for others too. */
export interface RunningPrompt {
  readonly prompt: readonly number[]
  readonly slot: Slot | null
}

export interface SlotOptions {
  sequences: readonly LlamaSequence[]
  cache: PrefixCache
  /** False for recurrent models, whose state cannot be cut back to a prefix. */
  canCut: boolean
}

/**
 * The sequences of one context. A slot is free (it keeps what it held last, for whoever asks on) or taken. Called only
 * between steps, when the context is free.
 */
export class SequenceSlots {
  readonly #slots: Slot[]
  readonly #cache: PrefixCache
  readonly #canCut: boolean
  #uses = 0

  constructor({ sequences, cache, canCut }: SlotOptions) {
    this.#slots = sequences.map((sequence) => ({ sequence, tokens: [], isTaken: false, lastUsed: 0 }))
    this.#cache = cache
    this.#canCut = canCut
  }

  idle(): Slot[] {
    return this.#slots.filter(({ isTaken }) => !isTaken)
  }

  release(slot: Slot): void {
    slot.isTaken = false
    slot.lastUsed = ++this.#uses
  }

  /**
   * A free sequence that holds as much of the prompt as can be had: what it holds by itself, a saved state, or a copy from
   * a sequence that runs. Null when one that runs is just reading more of the same: then that is read once, for both.
   */
  async prepare(wanted: readonly number[], running: readonly RunningPrompt[]): Promise<Slot | null> {
    const cache = this.#cache
    const canCut = this.#canCut
    const idle = this.idle()
    // The last token is always read, since the first choice is made from it.
    const prompt = wanted.slice(0, -1)
    const held = best(idle, (slot) => {
      const length = commonPrefix(slot.tokens, prompt)
      return canCut || length === slot.tokens.length ? length : 0
    })
    if (!canCut) return this.#cut(held.item ?? leastRecent(idle), held.score)
    const saved = cache.longest(prompt)
    const ready = Math.max(held.score, saved?.length ?? 0)
    const shared = best(running, (other) => commonPrefix(other.prompt, prompt))
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
    const cache = this.#cache
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
      await this.#cache.save(slot.tokens, slot.sequence)
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
