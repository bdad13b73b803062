import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeValue, encodeValue } from '../../src/task/value-codec.ts'

const arrays = fc.oneof(
  fc.float64Array(),
  fc.float32Array(),
  fc.int16Array(),
  fc.uint8Array(),
  fc.uint8ClampedArray(),
)
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    arrays,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.string().filter((key) => !key.startsWith('$') && key !== '__proto__'),
      tie('value'),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
}))

test('a value comes back as it was, from one line, which is the same each time', () => {
  fc.assert(
    fc.property(value, (original) => {
      const line = encodeValue(original)
      expect(line).not.toContain('\n')
      const back = decodeValue(line)
      expect(back).toEqual(original)
      expect(encodeValue(back)).toBe(line)
    }),
    { seed: 26, numRuns: 300 },
  )
})

test('a part of a buffer is written, not what is around it', () => {
  const whole = Buffer.from('abcdef')
  expect(decodeValue(encodeValue(whole.subarray(2, 4)))).toEqual(Uint8Array.from(Buffer.from('cd')))
})

test.each([
  [{ $: 1 }],
  [{ a: { $number: 1 } }],
  [1n],
  [() => 1],
  [new DataView(new ArrayBuffer(8))],
  [new BigInt64Array(1)],
])('refuses what would not come back: %o', (bad) => {
  expect(() => encodeValue(bad)).toThrow(expect.objectContaining({ code: 'job-value-invalid' }))
})
