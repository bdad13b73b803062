/** Buckets that features are hashed into: a power of two. */
export const bucketCount = 1 << 18

/** FNV-1a over UTF-16 units, then mixed (murmur3's last step) and cut to a bucket. */
export function bucketOf(feature: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < feature.length; at++) {
    hash ^= feature.charCodeAt(at)
    hash = Math.imul(hash, 0x01000193)
  }
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  return hash & (bucketCount - 1)
}

/** Buckets of features, each once and in rising order. */
export function bucketsOf(features: Iterable<string>): Uint32Array {
  const buckets = new Set<number>()
  for (const feature of features) buckets.add(bucketOf(feature))
  return Uint32Array.from(buckets).sort()
}
