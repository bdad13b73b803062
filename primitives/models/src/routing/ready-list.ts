import type { CallTraits } from './balancer.ts'
import type { Policy } from './policies/policy.ts'
import type { PrefixHolders } from './prefix-holders.ts'
import type { ReadyTotals } from './ready-totals.ts'
import type { Slot } from './slot.ts'

/** Up to so many replicas are all looked at; of more, those that the policy can only mean. */
const FEW = 32
/** The first of the heap, its least among them: for the least alone, and for a policy that weighs more. */
const LEAST = 3
const SOME_OF_THE_LEAST = 5
const BY_CHANCE = 2
/** Of thousands, so many are looked at again at a time. */
const AT_ONCE = 256
const noTotals: ReadyTotals = { replicas: 0, inFlight: 0, weight: 0, waiting: 0, tokensPerSecond: 0 }

/**
 * The replicas of a tier that may take a request now, kept as requests start and end, so that a choice among thousands
 * looks at a few: a heap by the policy's `key`. Breakers and pauses that end with time are looked at when the first is
 * due, and what fades with time when `look` says so; what grows with time, when it comes to the top.
 */
export class ReadyList {
  readonly #all: readonly Slot[]
  readonly #policy: Policy
  readonly #holders: PrefixHolders
  readonly #random: () => number
  /** A heap: the children of `i` are at `2 i + 1` and `2 i + 2`. */
  readonly #heap: Slot[] = []
  /** By place in the tier, a bit each. */
  readonly #bits: Uint32Array
  readonly #probes = new Set<Slot>()
  readonly #candidates: Slot[] = []
  readonly #totals: ReadyTotals = { ...noTotals }
  #nextWakeMs = -Infinity
  #lookedAt = 0
  /** Place of the last that was chosen. */
  #last = -1

  constructor(all: readonly Slot[], policy: Policy, holders: PrefixHolders, random: () => number) {
    this.#all = all
    this.#policy = policy
    this.#holders = holders
    this.#random = random
    this.#bits = new Uint32Array(Math.ceil(all.length / 32))
    all.forEach((slot, place) => {
      slot.place = place
      slot.heapAt = -1
      slot.counted = { ...noTotals }
      slot.onChange = (nowMs) => this.refresh(slot, nowMs)
    })
  }

  /** Hears of its replicas no more: those that stay are another list's, and requests still in flight at the rest must not order them here. */
  end(): void {
    for (const slot of this.#all) slot.onChange = () => undefined
  }

  hasRoom(nowMs: number): boolean {
    this.#wake(nowMs)
    return this.#heap.length > 0 || this.#probes.size > 0
  }

  /**
   * One that may take the request, counted as chosen; null when there is none. A replica that could never be probed
   * would never come back, so the next request probes it, whatever the policy thinks; not a retry, though, which had its
   * misfortune.
   */
  choose(request: CallTraits, nowMs: number, excluded: readonly Slot[]): Slot | null {
    this.#wake(nowMs)
    for (const slot of excluded) if (this.#all[slot.place] === slot && slot.heapAt >= 0) this.#remove(slot)
    const chosen = this.#probe(excluded) ?? this.#pick(request, nowMs)
    for (const slot of excluded) this.refresh(slot, nowMs)
    return chosen
  }

  /** Something of the slot changed. */
  refresh(slot: Slot, nowMs: number): void {
    // Another tier's.
    if (this.#all[slot.place] !== slot) return
    const hasRoom = slot.hasRoom(nowMs)
    const { health } = slot
    slot.replica.state = health.state
    if (hasRoom && !health.isProbing) {
      this.#probes.delete(slot)
      slot.weigh(nowMs)
      slot.key = this.#policy.key?.(slot) ?? 0
      if (slot.heapAt < 0) this.#add(slot)
      else this.#count(slot)
      this.#sift(slot)
      return
    }
    if (slot.heapAt >= 0) this.#remove(slot)
    if (hasRoom) this.#probes.add(slot)
    else {
      this.#probes.delete(slot)
      const blockedMs = health.blockedMs(nowMs)
      if (blockedMs > 0) this.#nextWakeMs = Math.min(this.#nextWakeMs, nowMs + blockedMs)
    }
  }

  /** What fades with time is less now, and rounding must not add up. */
  look(nowMs: number): void {
    const end = Math.min(this.#all.length, this.#lookedAt + AT_ONCE)
    for (let place = this.#lookedAt; place < end; place++) {
      const slot = this.#all[place] as Slot
      if (slot.heapAt >= 0 && slot.isUnsteady) this.refresh(slot, nowMs)
    }
    this.#lookedAt = end
    if (end < this.#all.length) return
    this.#lookedAt = 0
    Object.assign(this.#totals, noTotals)
    for (const { heapAt, counted } of this.#all) if (heapAt >= 0) this.#addTotals(counted, 1)
  }

  #wake(nowMs: number): void {
    if (nowMs < this.#nextWakeMs) return
    this.#nextWakeMs = Infinity
    for (const slot of this.#all) if (slot.heapAt < 0) this.refresh(slot, nowMs)
  }

  #probe(excluded: readonly Slot[]): Slot | null {
    if (this.#probes.size === 0 || (excluded.length > 0 && this.#heap.length > 0)) return null
    let chosen: Slot | null = null
    for (const slot of this.#probes) {
      if (excluded.includes(slot) || (chosen !== null && chosen.place > slot.place)) continue
      chosen = slot
    }
    if (chosen !== null) chosen.cachedTokens = 0
    return chosen
  }

  #pick(request: CallTraits, nowMs: number): Slot | null {
    if (this.#heap.length === 0) return null
    const { reach, usesPrefix } = this.#policy
    const candidates = this.#candidates
    candidates.length = 0
    if (reach === 'next') candidates.push(this.#next())
    else if (this.#heap.length <= FEW || reach === 'all') candidates.push(...this.#heap)
    else if (reach === 'two') this.#addByChance(2)
    else {
      this.#settleTop(nowMs)
      const least = reach === 'prefix' ? SOME_OF_THE_LEAST : LEAST
      for (let at = 0; at < least; at++) candidates.push(this.#heap[at] as Slot)
      if (reach === 'prefix') {
        this.#addByChance(BY_CHANCE)
        for (const slot of this.#holders.find(request)) {
          if (slot.heapAt >= 0 && this.#all[slot.place] === slot && !candidates.includes(slot))
            candidates.push(slot)
        }
      }
    }
    for (const slot of candidates) {
      slot.weigh(nowMs)
      if (usesPrefix) slot.lookUp(request)
    }
    const chosen = this.#policy.choose(candidates, candidates.length, request, nowMs, this.#totals)
    this.#last = chosen.place
    return chosen
  }

  /** The first ready one after the last that was chosen, in the order of the table. */
  #next(): Slot {
    const bits = this.#bits
    const from = this.#last + 1
    for (let step = 0, word = from >>> 5, mask = -1 << (from & 31); step <= bits.length; step++) {
      const found = (bits[word] ?? 0) & mask
      if (found !== 0) return this.#all[word * 32 + 31 - Math.clz32(found & -found)] as Slot
      word = word + 1 >= bits.length ? 0 : word + 1
      mask = -1
    }
    return this.#heap[0] as Slot
  }

  #addByChance(count: number): void {
    const start = this.#candidates.length
    for (let tries = 0; tries < 2 * count && this.#candidates.length < start + count; tries++) {
      const slot = this.#heap[Math.floor(this.#random() * this.#heap.length)] as Slot
      if (!this.#candidates.includes(slot)) this.#candidates.push(slot)
    }
  }

  /** Silence makes a replica worse without anything happening: the first is the least only by what it is now. */
  #settleTop(nowMs: number): void {
    for (let tries = 0; tries < this.#heap.length; tries++) {
      const top = this.#heap[0] as Slot
      const { key } = top
      this.refresh(top, nowMs)
      if (top.key <= key) return
    }
  }

  #add(slot: Slot): void {
    slot.heapAt = this.#heap.length
    this.#heap.push(slot)
    const word = slot.place >>> 5
    this.#bits[word] = (this.#bits[word] ?? 0) | (1 << (slot.place & 31))
    this.#count(slot)
  }

  #remove(slot: Slot): void {
    const at = slot.heapAt
    slot.heapAt = -1
    const word = slot.place >>> 5
    this.#bits[word] = (this.#bits[word] ?? 0) & ~(1 << (slot.place & 31))
    this.#discount(slot)
    const last = this.#heap.pop() as Slot
    if (last === slot) return
    this.#heap[at] = last
    last.heapAt = at
    this.#sift(last)
  }

  /** Takes what was counted of it out, and puts what it is now in. */
  #count(slot: Slot): void {
    this.#discount(slot)
    const { counted } = slot
    counted.replicas = 1
    counted.inFlight = slot.replica.requestsInFlight + slot.ofOthers
    counted.weight = slot.weight
    counted.waiting = slot.waiting
    counted.tokensPerSecond = slot.prefillRate.tokensPerSecond
    this.#addTotals(counted, 1)
  }

  #discount({ counted }: Slot): void {
    this.#addTotals(counted, -1)
    Object.assign(counted, noTotals)
  }

  #addTotals({ replicas, inFlight, weight, waiting, tokensPerSecond }: ReadyTotals, sign: 1 | -1): void {
    const totals = this.#totals
    totals.replicas += sign * replicas
    totals.inFlight += sign * inFlight
    totals.weight += sign * weight
    totals.waiting += sign * waiting
    totals.tokensPerSecond += sign * tokensPerSecond
  }

  #sift(slot: Slot): void {
    const heap = this.#heap
    let at = slot.heapAt
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = heap[above] as Slot
      if (parent.key <= slot.key) break
      heap[at] = parent
      parent.heapAt = at
      at = above
    }
    for (;;) {
      let below = 2 * at + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && (heap[below + 1] as Slot).key < (heap[below] as Slot).key) below++
      const child = heap[below] as Slot
      if (child.key >= slot.key) break
      heap[at] = child
      child.heapAt = at
      at = below
    }
    heap[at] = slot
    slot.heapAt = at
  }
}
