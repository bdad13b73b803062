import type { Socket } from 'node:net'

/** What is held back is bounded: the sender waits when there is more. */
const mostHeldBytes = 256 * 1024
/** Timers are a millisecond coarse; the last of a wait is spent between turns of the loop. */
const spinMs = 1.5

/** One direction of a connection: pieces go on in their order, each not before it is due. */
export class ProxyPipe {
  readonly #from: Socket
  readonly #to: Socket
  readonly #held: { bytes: Buffer; dueMs: number }[] = []
  #heldBytes = 0
  #isWaiting = false
  #endsAtMs: number | null = null

  constructor(from: Socket, to: Socket) {
    this.#from = from
    this.#to = to
  }

  /** @param dueMs by `performance.now()`; a piece behind another never overtakes it */
  pass(bytes: Buffer, dueMs = 0): void {
    if (this.#held.length === 0 && dueMs <= performance.now()) {
      this.#write(bytes)
      return
    }
    this.#held.push({ bytes, dueMs })
    this.#heldBytes += bytes.length
    if (this.#heldBytes > mostHeldBytes) this.#from.pause()
    this.#wait()
  }

  end(dueMs = 0): void {
    if (this.#held.length === 0 && dueMs <= performance.now()) {
      this.#to.end()
      return
    }
    this.#endsAtMs = dueMs
    this.#wait()
  }

  /** All that is held goes at once. */
  release(): void {
    for (const piece of this.#held) piece.dueMs = 0
    if (this.#endsAtMs !== null) this.#endsAtMs = 0
    this.#go()
  }

  #wait(): void {
    if (this.#isWaiting || this.#to.destroyed) return
    const dueMs = this.#held[0]?.dueMs ?? this.#endsAtMs
    if (dueMs === null) return
    this.#isWaiting = true
    const restMs = dueMs - performance.now()
    const next = () => {
      this.#isWaiting = false
      this.#go()
    }
    if (restMs > spinMs) setTimeout(next, restMs - spinMs)
    else setImmediate(next)
  }

  #go(): void {
    const nowMs = performance.now()
    for (let piece = this.#held[0]; piece !== undefined && piece.dueMs <= nowMs; piece = this.#held[0]) {
      this.#held.shift()
      this.#heldBytes -= piece.bytes.length
      this.#write(piece.bytes)
    }
    if (this.#held.length === 0 && this.#endsAtMs !== null && this.#endsAtMs <= nowMs) {
      this.#endsAtMs = null
      this.#to.end()
    }
    if (this.#heldBytes <= mostHeldBytes / 2 && this.#from.isPaused() && !this.#to.writableNeedDrain)
      this.#from.resume()
    this.#wait()
  }

  #write(bytes: Buffer): void {
    if (this.#to.destroyed || this.#to.writableEnded || this.#to.write(bytes)) return
    this.#from.pause()
    this.#to.once('drain', () => this.#from.resume())
  }
}
