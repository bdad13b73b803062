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
const nowMs = 1_800_000_000_000
const token = (shopperId: string) => ({ shopperId, issuedAtMs: nowMs, expiresAtMs: nowMs + 1_000 })

test('a token names its shopper to the tenant that signed it and to nobody else, while its time lasts [SHOP-MEMORY-03]', () => {
  fc.assert(
    fc.property(id, secretOf, secretOf, (shopperId, secret, other) => {
      const signed = signShopperToken(token(shopperId), secret)
      expect(readShopperToken(signed, [secret], nowMs)).toEqual(token(shopperId))
      expect(readShopperToken(signed, [other, secret], nowMs)?.shopperId).toBe(shopperId)
      expect(readShopperToken(signed, [secret], nowMs + 1_000)).toBeNull()
      if (other !== secret) expect(readShopperToken(signed, [other], nowMs)).toBeNull()
    }),
  )
})

test('a changed or made-up token names nobody [SHOP-MEMORY-03]', () => {
  const signed = signShopperToken(token('shopper_a'), 'secret')
  const later = (nowMs + 99_999_999).toString(36)
  for (const changed of [
    signed.replace('shopper_a', 'shopper_b'),
    signed.replace((nowMs + 1_000).toString(36), later),
    signed.replace(nowMs.toString(36), later),
    signed.replace('hls2', 'hls1'),
  ])
    expect(readShopperToken(changed, ['secret'], nowMs)).toBeNull()
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readShopperToken(text, ['secret'], nowMs)).toBeNull()
    }),
  )
})

test('a proof of identity holds for its customer and its time only, and is no shopper token', () => {
  const expiresAtMs = nowMs + 60_000
  const proof = identityProof('customer-1', expiresAtMs, 'secret')
  const other = proof.replace(String(expiresAtMs), String(expiresAtMs + 1))
  expect(isIdentityProof('customer-1', proof, ['new', 'secret'], nowMs)).toBe(true)
  expect(isIdentityProof('customer-2', proof, ['secret'], nowMs)).toBe(false)
  expect(isIdentityProof('customer-1', other, ['secret'], nowMs)).toBe(false)
  expect(isIdentityProof('customer-1', proof, ['secret'], expiresAtMs)).toBe(false)
  expect(readShopperToken(`hls2.customer-1.0.zzzzzzzz.${proof}`, ['secret'], nowMs)).toBeNull()
})
