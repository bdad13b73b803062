/**
 * Lets so many at once do work that keeps the processor busy; the others wait in order. Few at once keep the event loop
 * free, so that a new message is recorded and greeted at once however many answers are being made.
 */
export class Slots {
  readonly #size: number
  #used = 0
  readonly #waiting: (() => void)[] = []

  constructor(size: number) {
    this.#size = size
  }

  /** Resolves when there is room; call what it gives exactly once when done (again does nothing). */
  async take(): Promise<() => void> {
    if (this.#used < this.#size) this.#used++
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      const next = this.#waiting.shift()
      // The slot passes on without becoming free, so nobody can slip in between.
      if (next) next()
      else this.#used--
    }
  }
}
