import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'

/** Makes unique ids, injected so that tests can fix them. */
export interface Ids {
  /** `prefix_` and 26 characters that sort by creation time (UUIDv7 layout in Crockford base 32). */
  next(prefix: string): string
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

let pool: Uint8Array = new Uint8Array()
let poolAt = 0

/** Random bytes, fetched 4 KiB at a time, since a call to the system for every id costs more than the id. */
function pooledRandom(bytes: number): Uint8Array {
  if (poolAt + bytes > pool.length) {
    pool = randomBytes(Math.max(4096, bytes))
    poolAt = 0
  }
  poolAt += bytes
  return pool.subarray(poolAt - bytes, poolAt)
}

/** 48 bits of milliseconds, then 80 random bits, so ids of one process sort by time. */
export function createIds(clock: Clock, random: (bytes: number) => Uint8Array = pooledRandom): Ids {
  return {
    next(prefix) {
      let time = clock.nowMs()
      let head = ''
      for (let i = 0; i < 10; i++) {
        head = alphabet[time % 32]! + head
        time = Math.floor(time / 32)
      }
      let tail = ''
      for (const byte of random(16)) tail += alphabet[byte & 31]!
      return `${prefix}_${head}${tail}`
    },
  }
}
