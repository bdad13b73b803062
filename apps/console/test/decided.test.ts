import { expect, test } from 'vitest'
import { decided } from '../src/pages/ledger/decided.ts'

test('says a decision in one line, without what is not there', () => {
  expect(decided({ intent: 'search', products: ['a', 'b'], dropped: 0, model: null })).toBe(
    'intent search, products 2',
  )
  expect(decided('bought')).toBe('bought')
  expect(decided({ estimate: { low: 1 }, headline: 'About 2 s left' })).toBe('About 2 s left')
  expect(decided({ verdict: 'not cleared', reason: 'one blocker' })).toBe('one blocker (verdict not cleared)')
  expect(decided({ note: 'x'.repeat(300) })).toHaveLength(161)
})
