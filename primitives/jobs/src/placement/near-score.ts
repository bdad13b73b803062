/** Which keys a place (a thread, a node) has read lately, the newest last; at most `capacity` of them. */
export class KeyCache {
  readonly #keys = new Set<string>()
  readonly #capacity: number

  constructor(capacity = 1000) {
    this.#capacity = capacity
  }

  add(keys: readonly string[]): void {
    for (const key of keys) {
      this.#keys.delete(key)
      this.#keys.add(key)
    }
    for (const oldest of this.#keys) {
      if (this.#keys.size <= this.#capacity) return
      this.#keys.delete(oldest)
    }
  }

  has(key: string): boolean {
    return this.#keys.has(key)
  }
}

/** The share of `near` that the place holds, 0 to 1; 0 when nothing is wanted near. */
export function nearScore(near: readonly string[], cache: KeyCache): number {
  if (near.length === 0) return 0
  let held = 0
  for (const key of near) if (cache.has(key)) held++
  return held / near.length
}

/** The place in `candidates` of the one with the best score for this cache; of equals the first. -1 for none. */
export function pickNearest(candidates: readonly (readonly string[])[], cache: KeyCache): number {
  let best = candidates.length === 0 ? -1 : 0
  let bestScore = 0
  for (const [i, near] of candidates.entries()) {
    const score = nearScore(near, cache)
    if (score > bestScore) {
      best = i
      bestScore = score
    }
  }
  return best
}
