import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { LlamaSequence } from '../process/llama-binding.ts'
import { commonPrefix } from './token-prefix.ts'

/** A saved state: the attention keys and values of these tokens. */
export interface PrefixEntry {
  tokens: Uint32Array
  path: string
  bytes: number
}

/**
 * States of sequences, saved as files, found again by the longest common beginning. A state serves every prefix of its
 * tokens, since its end can be cut off after loading; so a few whole conversations hold all their system prompts. The
 * least recently used ones go when the budget is used up.
 */
export class PrefixCache {
  readonly #dir: string
  readonly #maxBytes: number
  /** In order of use, the latest last. */
  #entries: PrefixEntry[] = []
  #bytes = 0
  #bytesPerToken = 0
  #nextId = 0

  constructor(options: { dir: string; maxBytes: number }) {
    this.#dir = options.dir
    this.#maxBytes = options.maxBytes
    if (options.maxBytes > 0) mkdirSync(options.dir, { recursive: true })
  }

  get isOn(): boolean {
    return this.#maxBytes > 0
  }

  get bytes(): number {
    return this.#bytes
  }

  get size(): number {
    return this.#entries.length
  }

  /** The entry that shares the longest beginning with the prompt, and its length. */
  longest(prompt: ArrayLike<number>): { entry: PrefixEntry; length: number } | null {
    let best: { entry: PrefixEntry; length: number } | null = null
    for (const entry of this.#entries) {
      const length = commonPrefix(entry.tokens, prompt)
      if (length > (best?.length ?? 0)) best = { entry, length }
    }
    return best
  }

  /** Saves what a sequence holds, unless an entry holds it already or it does not fit. Entries that it contains go. */
  async save(tokens: readonly number[], sequence: LlamaSequence): Promise<void> {
    if (this.#maxBytes === 0 || tokens.length * this.#bytesPerToken > this.#maxBytes) return
    const best = this.longest(tokens)
    if (best?.length === tokens.length) return this.#touch(best.entry)
    const path = join(this.#dir, `${this.#nextId++}.state`)
    const { fileSize } = await sequence.saveStateToFile(path)
    this.#bytesPerToken = fileSize / tokens.length
    const entry = { tokens: Uint32Array.from(tokens), path, bytes: fileSize }
    const contained = this.#entries.filter(
      (other) => commonPrefix(other.tokens, entry.tokens) === other.tokens.length,
    )
    this.#entries.push(entry)
    this.#bytes += fileSize
    for (const other of contained) await this.#drop(other)
    while (this.#bytes > this.#maxBytes && this.#entries[0]) await this.#drop(this.#entries[0])
  }

  /** Loads an entry into a sequence, whatever that held. */
  async load(entry: PrefixEntry, sequence: LlamaSequence): Promise<void> {
    await sequence.loadStateFromFile(entry.path, { acceptRisk: true })
    this.#touch(entry)
  }

  #touch(entry: PrefixEntry): void {
    this.#entries = this.#entries.filter((other) => other !== entry)
    this.#entries.push(entry)
  }

  async #drop(entry: PrefixEntry): Promise<void> {
    this.#entries = this.#entries.filter((other) => other !== entry)
    this.#bytes -= entry.bytes
    await rm(entry.path, { force: true })
  }
}
