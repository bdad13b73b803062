/** Bytes of something that is not whole yet, kept in one buffer that grows by doubling. */
export class ByteCarry {
  #buffer = Buffer.alloc(0)
  #length = 0

  get length(): number {
    return this.#length
  }

  append(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(1024, needed, this.#buffer.length * 2))
      this.#buffer.copy(grown, 0, 0, this.#length)
      this.#buffer = grown
    }
    this.#buffer.set(bytes, this.#length)
    this.#length = needed
  }

  /** What is kept. Valid until the next call. */
  view(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }

  /** Forgets all but the last `bytes`. */
  keepLast(bytes: number): void {
    if (bytes >= this.#length) return
    this.#buffer.copyWithin(0, this.#length - bytes, this.#length)
    this.#length = bytes
  }

  /** Gives what is kept away and starts anew. */
  take(): Buffer {
    const taken = this.view()
    this.#buffer = Buffer.alloc(0)
    this.#length = 0
    return taken
  }

  clear(): void {
    this.#length = 0
  }
}
