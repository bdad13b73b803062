import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PrefixIndex } from '../../src/routing/prefix-index.ts'

/** Chained hashes of a prompt, as a gateway makes them. */
function chain(blocks: number[]): Uint32Array {
  let hash = 17
  return Uint32Array.from(blocks, (block) => (hash = (Math.imul(hash, 31) + block * 7919 + 1) >>> 0))
}

const prompt = fc.array(fc.nat(2), { maxLength: 12 }).map(chain)

describe('PrefixIndex', () => {
  test('finds what a least-recently-used list finds, and stays in its bounds [MODELS-ROUTE-03]', () => {
    fc.assert(
      fc.property(fc.array(prompt, { maxLength: 60 }), fc.nat(20), (prompts, capacity) => {
        const index = new PrefixIndex(capacity)
        let model: number[] = []
        for (const blocks of prompts) {
          let known = 0
          while (known < blocks.length && model.includes(blocks[known] ?? -1)) known++
          expect(index.match(blocks)).toBe(known)
          index.touch(blocks)
          const newest = [...blocks.subarray(0, capacity)]
          model = [...newest, ...model.filter((hash) => !newest.includes(hash))].slice(0, capacity)
          expect(index.size).toBe(model.length)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('survives collisions of places: many blocks in a full table', () => {
    const index = new PrefixIndex(1000)
    for (let round = 0; round < 20_000; round++) index.touch(Uint32Array.of(round << 7))
    let held = 0
    for (let round = 0; round < 20_000; round++) held += index.match(Uint32Array.of(round << 7))
    expect(held).toBe(1000)
    expect(index.match(Uint32Array.of(19_000 << 7))).toBe(1)
    expect(index.match(Uint32Array.of(18_999 << 7))).toBe(0)
  })
})
