import { expect, test } from 'vitest'
import { Pacer } from '../../src/commands/pacer.ts'

test('plays a recording at its speed, and cuts long gaps', () => {
  const pacer = new Pacer(10, 5_000)
  expect(pacer.delayMs(1_000_000, 0)).toBe(0)
  expect(pacer.delayMs(1_002_000, 50)).toBe(150)
  expect(pacer.delayMs(1_002_000, 200)).toBe(0)
  // An hour later, cut to five seconds.
  expect(pacer.delayMs(4_602_000, 200)).toBe(5_000)
})

test('an event behind the one before it is due at once, and does not turn time back', () => {
  const pacer = new Pacer(1, 60_000)
  pacer.delayMs(10_000, 0)
  expect(pacer.delayMs(11_000, 0)).toBe(1_000)
  expect(pacer.delayMs(9_000, 1_000)).toBe(0)
  expect(pacer.delayMs(12_000, 1_000)).toBe(1_000)
})

test('a server that is behind moves the schedule instead of being hurried', () => {
  const pacer = new Pacer(1, 60_000)
  pacer.delayMs(0, 0)
  expect(pacer.delayMs(1_000, 10_000)).toBe(0)
  expect(pacer.delayMs(2_000, 10_000)).toBe(1_000)
})

test('max speed never waits', () => {
  const pacer = new Pacer(Infinity, 5_000)
  pacer.delayMs(0, 0)
  expect(pacer.delayMs(1e9, 0)).toBe(0)
})
