import { LinkedList } from './linked-list.ts'
import type { ListNode } from './linked-list.ts'

/** What one tenant has waiting in a class. */
interface Flow<Item> {
  readonly tenantId: string
  readonly items: LinkedList<Entry<Item>>
  weight: number
  /** Virtual time at which its oldest item may begin, and at which its last served one was finished. */
  startTag: number
  finishTag: number
  /** Orders flows of the same tag by who came first. */
  order: number
  /** Place in the heap; -1 while nothing of it waits. */
  heapIndex: number
}

/** An item that waits; what `add` returns and `remove` takes. */
export interface Entry<Item> {
  readonly item: Item
  readonly size: number
  readonly weight: number
  flow: Flow<Item>
  arrival: ListNode<Entry<Item>>
  turn: ListNode<Entry<Item>>
}

/** Flows without waiting items that are remembered at least; beyond, those that lost their claim are forgotten. */
const rememberedFlows = 1024

/**
 * Who is next in one priority class: start-time fair queueing (Goyal, Vin, Cheng 1996) over tenants, with the request's
 * tokens as size. A tenant that always has work gets tokens in proportion to its weight, whatever the sizes of its
 * requests; over any stretch two such tenants differ by at most one request of each (in tokens by weight). Within a
 * tenant: first come, first served. Choosing costs the logarithm of the number of tenants that wait.
 */
export class FairClass<Item> {
  readonly #flows = new Map<string, Flow<Item>>()
  readonly #heap: Flow<Item>[] = []
  /** All that wait, oldest first. */
  readonly #arrivals = new LinkedList<Entry<Item>>()
  #virtualTime = 0
  #order = 0

  get size(): number {
    return this.#arrivals.size
  }

  oldest(): Entry<Item> | null {
    return this.#arrivals.first?.value ?? null
  }

  newest(): Entry<Item> | null {
    return this.#arrivals.last?.value ?? null
  }

  /** Whose turn it is; it stays until `serve` or `remove`. */
  next(): Entry<Item> | null {
    return this.#heap[0]?.items.first?.value ?? null
  }

  add(tenantId: string, item: Item, size: number, weight: number): Entry<Item> {
    let flow = this.#flows.get(tenantId)
    if (!flow) {
      this.#forget()
      const items = new LinkedList<Entry<Item>>()
      flow = { tenantId, items, weight, startTag: 0, finishTag: 0, order: 0, heapIndex: -1 }
      this.#flows.set(tenantId, flow)
    }
    flow.weight = weight
    const entry = { item, size, weight, flow } as Entry<Item>
    entry.arrival = this.#arrivals.append(entry)
    entry.turn = flow.items.append(entry)
    if (flow.heapIndex < 0) {
      flow.startTag = Math.max(this.#virtualTime, flow.finishTag)
      flow.order = this.#order++
      this.#push(flow)
    }
    return entry
  }

  /** Takes `entry`, which was `next()`, and charges its tenant for it. */
  serve(entry: Entry<Item>): void {
    const { flow } = entry
    this.#virtualTime = flow.startTag
    flow.finishTag = flow.startTag + entry.size / entry.weight
    flow.startTag = flow.finishTag
    flow.order = this.#order++
    this.#unlink(entry)
    if (flow.heapIndex >= 0) this.#siftDown(flow)
  }

  /** Takes `entry` out unserved: its tenant is not charged. */
  remove(entry: Entry<Item>): void {
    this.#unlink(entry)
  }

  /**
   * The newest item of the tenant that holds most of the waiting room for its weight, if that is more than
   * `tenantId` would hold with one more; else null.
   */
  hoarded(tenantId: string, weight: number): Entry<Item> | null {
    let most: Flow<Item> | null = null
    for (const flow of this.#heap) {
      if (!most || flow.items.size / flow.weight > most.items.size / most.weight) most = flow
    }
    if (!most || most.tenantId === tenantId) return null
    const own = this.#flows.get(tenantId)?.items.size ?? 0
    return most.items.size / most.weight > (own + 1) / weight ? (most.items.last?.value ?? null) : null
  }

  #unlink(entry: Entry<Item>): void {
    const { flow } = entry
    this.#arrivals.remove(entry.arrival)
    flow.items.remove(entry.turn)
    if (flow.items.size === 0) this.#take(flow)
    if (this.#arrivals.size > 0) return
    // Nobody waits: the busy period is over and nobody owes anything.
    this.#flows.clear()
    this.#virtualTime = 0
  }

  /** Keeps the memory of tenants that have nothing waiting bounded while the class never runs empty. */
  #forget(): void {
    if (this.#flows.size < this.#heap.length * 2 + rememberedFlows) return
    for (const flow of this.#flows.values()) {
      if (flow.heapIndex < 0 && flow.finishTag <= this.#virtualTime) this.#flows.delete(flow.tenantId)
    }
    // Those that served ahead of their share are forgiven, oldest first, when they alone are too many.
    for (const flow of this.#flows.values()) {
      if (this.#flows.size < this.#heap.length * 2 + rememberedFlows) return
      if (flow.heapIndex < 0) this.#flows.delete(flow.tenantId)
    }
  }

  #push(flow: Flow<Item>): void {
    flow.heapIndex = this.#heap.length
    this.#heap.push(flow)
    this.#siftUp(flow)
  }

  #take(flow: Flow<Item>): void {
    const last = this.#heap.pop()!
    const index = flow.heapIndex
    flow.heapIndex = -1
    if (last === flow) return
    this.#place(last, index)
    this.#siftUp(last)
    this.#siftDown(last)
  }

  #siftUp(flow: Flow<Item>): void {
    let index = flow.heapIndex
    while (index > 0) {
      const parent = this.#heap[(index - 1) >> 1]!
      if (!isBefore(flow, parent)) break
      this.#place(parent, index)
      index = (index - 1) >> 1
    }
    this.#place(flow, index)
  }

  #siftDown(flow: Flow<Item>): void {
    let index = flow.heapIndex
    for (;;) {
      const left = this.#heap[index * 2 + 1]
      const right = this.#heap[index * 2 + 2]
      const child = right && left && isBefore(right, left) ? right : left
      if (!child || !isBefore(child, flow)) break
      const below = child.heapIndex
      this.#place(child, index)
      index = below
    }
    this.#place(flow, index)
  }

  #place(flow: Flow<Item>, index: number): void {
    this.#heap[index] = flow
    flow.heapIndex = index
  }
}

function isBefore(one: Flow<unknown>, other: Flow<unknown>): boolean {
  return one.startTag === other.startTag ? one.order < other.order : one.startTag < other.startTag
}
