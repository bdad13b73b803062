import { expect, test } from 'vitest'
import { IdWindow } from '../../../src/log/disk/id-window.ts'

test('knows at least the last ids of its size, and never more than twice as many', () => {
  const ids = new IdWindow(10)
  for (let n = 1; n <= 95; n++) {
    ids.add(`id-${n}`, n)
    const known = Array.from({ length: n }, (_, i) => ids.offsetOf(`id-${i + 1}`)).filter(
      (of) => of !== undefined,
    )
    expect(known.slice(-10)).toEqual(
      Array.from({ length: Math.min(n, 10) }, (_, i) => Math.max(0, n - 10) + i + 1),
    )
    expect(known.length).toBeLessThanOrEqual(20)
  }
})

test('forgets ids from an offset on', () => {
  const ids = new IdWindow(3)
  for (let n = 1; n <= 5; n++) ids.add(`id-${n}`, n)
  ids.dropFrom(3)
  expect([1, 2, 3, 4, 5].map((n) => ids.offsetOf(`id-${n}`))).toEqual([1, 2, undefined, undefined, undefined])
})
