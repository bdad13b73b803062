import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LogEvent } from '../../../src/index.ts'
import {
  BlockWriter,
  isBlockWhole,
  readBlockHeader,
  RecordReader,
} from '../../../src/log/disk/block-codec.ts'

const seed = 19

const anyEvent: fc.Arbitrary<LogEvent> = fc.record({
  id: fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }),
  key: fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }),
  eventTimeMs: fc.double({ noNaN: true, noDefaultInfinity: true }),
  schemaVersion: fc.integer({ min: 1, max: 65_535 }),
  payload: fc.uint8Array({ maxLength: 3000 }),
})
const anyBatch = fc.array(anyEvent, { minLength: 1, maxLength: 20 })

function encode(batch: readonly LogEvent[], firstOffset: number): Buffer {
  const writer = new BlockWriter(100)
  for (const event of batch) writer.add(event)
  return Buffer.from(writer.seal(firstOffset, 1234.5))
}

test('a block holds its events as they were, from any offset', () => {
  fc.assert(
    fc.property(
      anyBatch,
      fc.integer({ min: 1, max: 2 ** 50 }),
      fc.nat(25),
      fc.nat(50),
      (batch, first, skip, padding) => {
        const buffer = Buffer.concat([Buffer.alloc(padding), encode(batch, first), Buffer.alloc(7)])
        const header = readBlockHeader(buffer, padding)!
        expect(header).toEqual({
          bytes: buffer.length - padding - 7,
          firstOffset: first,
          appendedAtMs: 1234.5,
          records: batch.length,
        })
        expect(isBlockWhole(buffer, padding, header)).toBe(true)
        const records = new RecordReader(buffer, padding, header)
        records.skipTo(first + skip)
        for (let i = skip; i < batch.length; i++) {
          const { payload, ...rest } = records.next()
          const { payload: wrote, ...expected } = batch[i]!
          expect(rest).toEqual({ ...expected, offset: first + i, appendedAtMs: 1234.5 })
          expect(Buffer.compare(payload, wrote)).toBe(0)
        }
        expect(records.left).toBe(0)
      },
    ),
    { seed, numRuns: 200 },
  )
})

test('a block that was cut anywhere, or changed in any bit, is not taken for a whole one [STREAMS-DISK-02]', () => {
  fc.assert(
    fc.property(anyBatch, fc.nat(), fc.nat(7), fc.nat(), (batch, cut, bit, at) => {
      const whole = encode(batch, 1)
      expect(isSound(whole.subarray(0, cut % whole.length))).toBe(false)
      const changed = Buffer.from(whole)
      changed[at % changed.length]! ^= 1 << bit
      expect(isSound(changed)).toBe(false)
    }),
    { seed, numRuns: 500 },
  )
})

function isSound(buffer: Buffer): boolean {
  const header = readBlockHeader(buffer, 0)
  return header !== null && isBlockWhole(buffer, 0, header)
}
