import { expect, test } from 'vitest'
import { viewedText, viewedVariant } from '../../src/shoppers/viewed.ts'
import { product, swift } from '../assistant/fixture.ts'

test('remembers which variant was looked at, in words that the shopper reads', () => {
  const [first, second] = swift.variants
  expect(viewedText('Saw', swift, second?.id ?? null)).toBe('Saw Swift FG Kids Football Boots Red (EU 34)')
  for (const variant of [first, second])
    expect(viewedVariant(swift, viewedText('Looked at', swift, variant?.id ?? null))).toBe(variant?.id)
})

test('names no variant where there is one, none was chosen, or the words were changed', () => {
  const single = product('single')
  expect(viewedText('Saw', single, 'single-v1')).toBe('Saw Product single')
  expect(viewedText('Saw', swift, null)).toBe(`Saw ${swift.title}`)
  expect(viewedVariant(swift, 'the boots for Tim')).toBeNull()
})
