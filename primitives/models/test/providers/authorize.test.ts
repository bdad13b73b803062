import { afterEach, expect, test, vi } from 'vitest'
import { anthropicAuthorizer, bearerAuthorizer } from '../../src/providers/authorize.ts'
import { secretReader } from '../../src/secret.ts'

const readSecret = secretReader({ secretsDir: '/nowhere' })
const request = { method: 'POST', url: 'http://a.example/', headers: {}, body: Buffer.alloc(0) }

afterEach(() => vi.unstubAllEnvs())

test('a key is read by reference once and is there at once afterwards [MODELS-PROVIDER-05]', async () => {
  vi.stubEnv('HEAVYLIFT_SECRET_KEY', 'k1')
  const bearer = bearerAuthorizer('env:HEAVYLIFT_SECRET_KEY', readSecret)
  expect(await bearer(request)).toEqual({ authorization: 'Bearer k1' })
  expect(bearer(request)).toEqual({ authorization: 'Bearer k1' })
  expect(bearerAuthorizer(null, readSecret)(request)).toEqual({})
})

test('a missing key is told by its reference, and found once it is there', async () => {
  const bearer = bearerAuthorizer('env:HEAVYLIFT_SECRET_ABSENT', readSecret)
  await expect(bearer(request)).rejects.toMatchObject({ code: 'secret-missing' })
  vi.stubEnv('HEAVYLIFT_SECRET_ABSENT', 'k2')
  expect(await bearer(request)).toEqual({ authorization: 'Bearer k2' })
})

test('Anthropic gets its own headers; a client that says its version keeps it', async () => {
  vi.stubEnv('HEAVYLIFT_SECRET_KEY', 'k3')
  const anthropic = anthropicAuthorizer('env:HEAVYLIFT_SECRET_KEY', '2023-06-01', readSecret)
  expect(await anthropic(request)).toEqual({ 'x-api-key': 'k3', 'anthropic-version': '2023-06-01' })
  const versioned = { ...request, headers: { 'anthropic-version': '2030-01-01' } }
  expect(anthropic(versioned)).toEqual({ 'x-api-key': 'k3' })
})
