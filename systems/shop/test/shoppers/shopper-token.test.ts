import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  identityProof,
  isIdentityProof,
  readShopperToken,
  signShopperToken,
} from '../../src/shoppers/shopper-token.ts'

const id = fc.stringMatching(/^shopper_[a-z0-9]{1,30}$/)

const secretOf = fc.stringMatching(/^[A-Za-z0-9_-]{43}$/)

test('a token names its shopper to the tenant that signed it and to nobody else [SHOP-MEMORY-03]', () => {
  fc.assert(
    fc.property(id, secretOf, secretOf, (shopperId, secret, other) => {
      const token = signShopperToken(shopperId, secret)
      expect(readShopperToken(token, secret)).toBe(shopperId)
      if (other !== secret) expect(readShopperToken(token, other)).toBeNull()
    }),
  )
})

test('a changed or made-up token names nobody [SHOP-MEMORY-03]', () => {
  const token = signShopperToken('shopper_a', 'secret')
  expect(readShopperToken(token.replace('shopper_a', 'shopper_b'), 'secret')).toBeNull()
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readShopperToken(text, 'secret')).toBeNull()
    }),
  )
})

test('a proof of identity holds for its customer only, and is no shopper token', () => {
  const proof = identityProof('customer-1', 'secret')
  expect(isIdentityProof('customer-1', proof, 'secret')).toBe(true)
  expect(isIdentityProof('customer-2', proof, 'secret')).toBe(false)
  expect(readShopperToken(`hls1.customer-1.${proof}`, 'secret')).toBeNull()
})
