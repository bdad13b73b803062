import { expect, test } from 'vitest'
import { createIds } from '../src/index.ts'

test('ids sort by the time they were made and carry their prefix [CORE-IDS-01]', () => {
  let now = 1_700_000_000_000
  const ids = createIds({ nowMs: () => now, monotonicMs: () => 0 })
  const first = ids.next('cart')
  now += 1
  const second = ids.next('cart')
  expect(first).toMatch(/^cart_[0-9a-hjkmnp-tv-z]{26}$/)
  expect(first < second).toBe(true)
})
