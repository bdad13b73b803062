/** A stream of pseudo-random numbers that depends on its key alone. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform integer from `low` to `high`, both included. */
  int(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** `count` different items (all of them when there are fewer), in random order. */
  sample<T>(items: readonly T[], count: number): T[]
  /** Standard normal (Box–Muller). */
  normal(): number
  /** How many events fall into a span in which `mean` are expected (Knuth, volume 2, 3.4.1; as many draws as events, and one). */
  poisson(mean: number): number
}

const meanAtOnce = 500

/** FNV-1a over UTF-16 units, 32 bits. */
function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  return hash >>> 0
}

/**
 * Mulberry32 (Ettinger 2017): the same key gives the same numbers on every machine. A text is hashed, a number is the 32-bit seed
 * itself. Not for secrets.
 */
export function createRandom(key: string | number): Random {
  let state = typeof key === 'string' ? hashText(key) : key >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(next() * items.length)]
    if (item === undefined) throw new RangeError('Nothing to pick from.')
    return item
  }
  const sample = <T>(items: readonly T[], count: number): T[] => {
    const pool = [...items]
    const out: T[] = []
    while (out.length < count && pool.length > 0) out.push(...pool.splice(int(0, pool.length - 1), 1))
    return out
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  const poisson = (mean: number) => {
    let events = 0
    // In parts, as e^-mean is 0 from 746 on.
    for (let rest = mean; rest > 0; rest -= meanAtOnce) {
      const limit = Math.exp(-Math.min(rest, meanAtOnce))
      for (let product = next(); product > limit; product *= next()) events++
    }
    return events
  }
  return { next, int, chance: (probability) => next() < probability, pick, sample, normal, poisson }
}
