import type { ScannedBody } from './scan-body.ts'

/**
 * Writes one hash for each full block of the prompt into `into` and returns how many. Each hash covers everything before
 * it too, so that two requests share their first k hashes just when their first k blocks are the same bytes (but for
 * collisions of 32 bits). A last block that is not full has none. `blockBytes` is a multiple of 4; stops when `into` is full.
 */
export function prefixHashes(
  bytes: Buffer,
  body: ScannedBody,
  blockBytes: number,
  into: Uint32Array,
): number {
  let hash = 0x9747b28c
  let written = 0
  for (const span of body.prompt) {
    let at = span.start
    for (; at + blockBytes <= span.end; at += blockBytes) {
      if (written === into.length) return written
      hash = mixWords(hash, bytes, at, at + blockBytes)
      into[written++] = finish(hash, blockBytes)
    }
    // What is left of, say, the system prompt goes into the hashes of the messages after it.
    for (; at < span.end; at++) hash = mix(hash, bytes[at]!)
    hash = mix(hash, 0x100)
  }
  return written
}

/** MurmurHash3 (x86, 32 bits), its loop over words. */
function mixWords(seed: number, bytes: Buffer, start: number, end: number): number {
  let hash = seed
  for (let at = start; at < end; at += 4) {
    hash = mix(hash, bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24))
  }
  return hash
}

function mix(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51)
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593)
  const h = hash ^ k
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
}

/** MurmurHash3's last step, so that similar blocks get unlike hashes. */
function finish(hash: number, length: number): number {
  let h = hash ^ length
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
