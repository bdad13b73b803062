import { describe, expect, test } from 'vitest'
import { noGoodsYet } from '../../src/assistant/no-goods-yet.ts'
import { languageCodes } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'

describe.each(languageCodes)('in %s', (code) => {
  test('a store that is being read in says so, and an empty one that it is empty [SHOP-STOREFRONT-04]', () => {
    const lexicon = lexiconOf(code)
    const [reading, empty] = (['reading', 'empty'] as const).map((first) =>
      noGoodsYet(first, 'T-shirt', lexicon),
    )
    expect(reading).toEqual(expect.any(String))
    expect(empty).toEqual(expect.any(String))
    expect(reading).not.toBe(empty)
    if (code !== 'en') expect(reading).not.toBe(noGoodsYet('reading', 'T-shirt', lexiconOf('en')))
  })
})

test('a cry for help and a greeting are answered without goods [SHOP-STOREFRONT-04]', () => {
  expect(noGoodsYet('reading', 'my son swallowed a battery', lexiconOf('en'))).toBeNull()
  expect(noGoodsYet('reading', 'hello', lexiconOf('en'))).toBeNull()
})
