import { wordHash } from '../facts/code-mark.ts'

export const nil = wordHash('null')
/** What a method is called of. */
export const own = wordHash('this')
export const word = wordHash

/** A number of 48 bits for a thing that has parts, in their order. */
export function digest(what: string, ...parts: readonly number[]): number {
  const head = wordHash(what)
  let low = head | 0
  let high = Math.floor(head / 2 ** 32)
  for (const part of parts) {
    low = Math.imul(low ^ (part | 0), 0x85ebca6b)
    low ^= low >>> 15
    high = Math.imul(high ^ Math.floor(part / 2 ** 32) ^ low, 0xc2b2ae35)
    high ^= high >>> 13
    low = (low + Math.imul(high, 5)) | 0
  }
  return (high & 0xffff) * 2 ** 32 + (low >>> 0)
}
