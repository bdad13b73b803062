import type { ProcessorTimer } from './processor.ts'

/** By time, then key, then name: one order, however the timers were set. */
function compareTimers(a: ProcessorTimer, b: ProcessorTimer): number {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return 0
}

/** A binary heap of timers, soonest first. It may hold timers that were moved or cleared since; its owner passes over them. */
export class TimerQueue {
  readonly #heap: ProcessorTimer[] = []

  get size(): number {
    return this.#heap.length
  }

  /** Time of the soonest; Infinity when empty. */
  get nextAtMs(): number {
    return this.#heap.length === 0 ? Infinity : this.#heap[0]!.atMs
  }

  push(timer: ProcessorTimer): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(timer)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (compareTimers(heap[parent]!, timer) <= 0) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = timer
  }

  pop(): ProcessorTimer | undefined {
    const heap = this.#heap
    const top = heap[0]
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return top
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && compareTimers(heap[child + 1]!, heap[child]!) < 0) child++
      if (compareTimers(last, heap[child]!) <= 0) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
    return top
  }

  clear(): void {
    this.#heap.length = 0
  }
}
