import { addressKey } from './token-buckets.ts'

export interface ShareLimits {
  /** Places for everyone together. */
  total: number
  /** Places of one address. */
  perAddress: number
  /** Places beyond `total` that only health and administrators are answered on. */
  reserved: number
}

/** What one client holds: a connection, or behind trusted proxies a request. */
export interface Place {
  /** In the reserve. One moves out of it when a request begins and there is room. */
  readonly isReserved: boolean
  /** A request begins on it; call what comes back once the request is over. A place is idle between requests. */
  begin(): () => void
  release(): void
}

class Holder {
  /** Both in order of time: who has been idle, or at work, for longest comes first. */
  readonly idle = new Set<Held>()
  readonly busy = new Set<Held>()
  get size(): number {
    return this.idle.size + this.busy.size
  }
}

class Held implements Place {
  readonly #shares: ConnectionShares
  readonly address: string
  readonly cutOff: () => void
  requests = 0
  holder: Holder | null = null

  constructor(shares: ConnectionShares, address: string, cutOff: () => void) {
    this.#shares = shares
    this.address = address
    this.cutOff = cutOff
  }

  get isReserved(): boolean {
    return this.holder === this.#shares.reserve
  }

  begin(): () => void {
    this.#shares.leaveReserve(this)
    this.requests++
    this.#settle()
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.requests--
      this.#settle()
    }
  }

  release(): void {
    this.#shares.release(this)
  }

  /** Goes to the end of the idle or of the busy. */
  #settle(): void {
    const { holder } = this
    if (holder === null) return
    holder.idle.delete(this)
    holder.busy.delete(this)
    ;(this.requests > 0 ? holder.busy : holder.idle).add(this)
  }
}

/**
 * Shares a bounded number of connections out, so that nobody is kept out by one who holds many. Who comes takes the place of what has
 * been idle for longest: among its own address's once that has its share, among those of whoever holds most once all are
 * taken, where that one may lose a busy one as well. Where nothing can give way there is the reserve. An IPv6 /64 is one address.
 */
export class ConnectionShares {
  readonly #limits: ShareLimits
  readonly #holders = new Map<string, Holder>()
  #held = 0
  readonly reserve = new Holder()

  constructor(limits: ShareLimits) {
    this.#limits = limits
  }

  /** A place for `ip`; null when even the reserve is at work. `cutOff` ends what holds it, for another's sake. */
  take(ip: string, cutOff: () => void): Place | null {
    const place = new Held(this, addressKey(ip), cutOff)
    if (this.#makeRoom(place.address)) this.#seat(place)
    else {
      if (this.reserve.size >= this.#limits.reserved && !this.#cutOffOldest(this.reserve.idle)) return null
      place.holder = this.reserve
      this.reserve.idle.add(place)
    }
    return place
  }

  get held(): number {
    return this.#held + this.reserve.size
  }

  leaveReserve(place: Held): void {
    if (!place.isReserved || !this.#makeRoom(place.address)) return
    this.release(place)
    this.#seat(place)
  }

  release(place: Held): void {
    const { holder } = place
    if (holder === null) return
    holder.idle.delete(place)
    holder.busy.delete(place)
    place.holder = null
    if (holder === this.reserve) return
    this.#held--
    if (holder.size === 0) this.#holders.delete(place.address)
  }

  #seat(place: Held): void {
    const holder = this.#holders.get(place.address) ?? new Holder()
    this.#holders.set(place.address, holder)
    holder.idle.add(place)
    place.holder = holder
    this.#held++
  }

  #makeRoom(address: string): boolean {
    const own = this.#holders.get(address)
    if (own !== undefined && own.size >= this.#limits.perAddress) return this.#cutOffOldest(own.idle)
    if (this.#held < this.#limits.total) return true
    let most: Holder | undefined
    for (const holder of this.#holders.values()) if (holder.size > (most?.size ?? 0)) most = holder
    if (most === undefined) return false
    // Equal shares stay as they are: two who hold as many would otherwise cut each other off for ever.
    const isUnfair = most.size > (own?.size ?? 0) + 1
    if (!isUnfair) return own !== undefined && this.#cutOffOldest(own.idle)
    return this.#cutOffOldest(most.idle) || this.#cutOffOldest(most.busy)
  }

  #cutOffOldest(places: Set<Held>): boolean {
    const [oldest] = places
    if (oldest === undefined) return false
    this.release(oldest)
    oldest.cutOff()
    return true
  }
}
