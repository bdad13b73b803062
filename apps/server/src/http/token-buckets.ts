import type { Clock } from '@heavylift/core'

export interface BucketSize {
  /** Tokens of a full bucket. */
  burst: number
  /** Tokens that come back each second. */
  perSecond: number
}

interface Bucket {
  tokens: number
  atMs: number
}

/**
 * A token bucket for each key. A bucket that is full again is forgotten, and at most `maxKeys` are kept, so that many
 * addresses cannot fill the memory: beyond that the longest unused goes first.
 */
export class TokenBuckets {
  readonly #size: BucketSize
  readonly #clock: Clock
  readonly #maxKeys: number
  /** In order of last use. */
  readonly #buckets = new Map<string, Bucket>()

  constructor(size: BucketSize, clock: Clock, maxKeys = 50_000) {
    this.#size = size
    this.#clock = clock
    this.#maxKeys = maxKeys
  }

  /** Takes one token. Returns 0 when there was one, else the seconds (rounded up) until there is. */
  take(key: string): number {
    const now = this.#clock.monotonicMs()
    const { burst, perSecond } = this.#size
    const bucket = this.#buckets.get(key) ?? { tokens: burst, atMs: now }
    this.#buckets.delete(key)
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.atMs) / 1000) * perSecond)
    bucket.atMs = now
    const allowed = bucket.tokens >= 1
    if (allowed) bucket.tokens -= 1
    this.#buckets.set(key, bucket)
    if (this.#buckets.size > this.#maxKeys) {
      const [oldest] = this.#buckets.keys()
      if (oldest !== undefined) this.#buckets.delete(oldest)
    }
    return allowed ? 0 : Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond))
  }

  get size(): number {
    return this.#buckets.size
  }
}

/** The bucket of an address: one for each IPv4 address, one for each IPv6 /64, which one client holds whole. */
export function addressKey(ip: string): string {
  if (!ip.includes(':')) return ip
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped?.[1]) return mapped[1]
  const [head = '', tail] = ip.split('::')
  const left = head === '' ? [] : head.split(':')
  if (tail === undefined) return left.slice(0, 4).join(':')
  const right = tail === '' ? [] : tail.split(':')
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return groups.slice(0, 4).join(':')
}
