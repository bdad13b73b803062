/** 32 bits of a number and a key, well mixed (the finaliser of MurmurHash3). */
export function mix(value: number, key: number): number {
  let hash = (value ^ Math.imul(key, 0x9e3779b1)) >>> 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const rounds = 4

/**
 * Where `index` (0…count−1) goes in a shuffle of 0…count−1 that depends on `key` alone, without a table: a Feistel network over the next even
 * power of two, walked until it falls inside (Black and Rogaway 2002, "Ciphers with arbitrary finite domains").
 */
export function permuted(index: number, count: number, key: number): number {
  let halfBits = 1
  while (4 ** halfBits < count) halfBits++
  const mask = 2 ** halfBits - 1
  let at = index
  do {
    let left = Math.floor(at / (mask + 1))
    let right = at & mask
    for (let round = 0; round < rounds; round++) {
      const next = (left ^ mix(right, key + round * 0x3c6ef372)) & mask
      left = right
      right = next
    }
    at = left * (mask + 1) + right
  } while (at >= count)
  return at
}
