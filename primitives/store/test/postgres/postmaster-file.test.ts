import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePostmasterFile } from '../../src/postgres/postmaster-file.ts'

const whole = '4711\n/data/pg\n1700000000\n41000\n\n127.0.0.1\n  12345   6\nready   \n'

test('reads a running server', () => {
  expect(parsePostmasterFile(whole)).toEqual({
    pid: 4711,
    dataDir: '/data/pg',
    port: 41_000,
    status: 'ready',
  })
})

test('a file cut off anywhere is either refused or names the same process', () => {
  fc.assert(
    fc.property(fc.nat(whole.length), (length) => {
      const parsed = parsePostmasterFile(whole.slice(0, length))
      if (parsed !== null) expect(parsed.pid).toBe(4711)
    }),
  )
})

test('nonsense never yields a process id', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parsed = parsePostmasterFile(text)
      expect(parsed === null || parsed.pid > 0).toBe(true)
    }),
  )
})
