import type { Clock } from '@heavylift/core'
import { describe, expect, it } from 'vitest'
import { json, testApp } from './support/test-app.ts'
import { testToken } from './support/test-token.ts'

const codeOf = async (response: Response): Promise<[number, string]> => [
  response.status,
  ((await response.json()) as { error: { code: string } }).error.code,
]
const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` })

describe('opened to this machine by the configuration', () => {
  it.each(['localhost', 'localhost:9', '127.0.0.1:4280', '[::1]:4280', 'shop.localhost:4280'])(
    'answers to the host %s',
    async (host) => {
      const { send } = await testApp()
      expect((await send('/api/notes/notes', { headers: { host } })).status).toBe(200)
    },
  )

  it.each(['evil.example', 'evil.example:4280', '127.0.0.1.evil.example', 'localhost.evil.example', ''])(
    'refuses the host "%s", which DNS may have pointed here',
    async (host) => {
      const { send } = await testApp()
      expect(await codeOf(await send('/api/notes/notes', { headers: { host } }))).toEqual([
        421,
        'host-not-allowed',
      ])
    },
  )

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:3000' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('refuses a page of another origin: %o', async (headers) => {
    const { send, notes } = await testApp()
    const response = await send('/api/notes/notes', json('POST', { text: 'x' }, headers))
    expect(await codeOf(response)).toEqual([403, 'origin-not-allowed'])
    expect(notes.notes.get('main')?.size ?? 0).toBe(0)
  })

  it('allows our own pages and what is no browser [SERVER-LOOPBACK-01]', async () => {
    const { send } = await testApp()
    const own = { origin: 'http://localhost:4280', 'sec-fetch-site': 'same-origin' }
    expect((await send('/api/notes/notes', { headers: own })).status).toBe(200)
    expect((await send('/api/notes/notes')).status).toBe(200)
  })

  it('allows an origin from the configuration and lets it read the answer', async () => {
    const origin = 'http://localhost:3000'
    const { send } = await testApp({ config: { allowedOrigins: [origin] } })
    const response = await send('/api/notes/notes', { headers: { origin, 'sec-fetch-site': 'same-site' } })
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, origin])
  })

  it('refuses what a proxy forwards, since everyone behind it would be an administrator [SERVER-LOOPBACK-01]', async () => {
    const { send } = await testApp()
    const response = await send('/api/notes/notes', { headers: { 'x-forwarded-for': '203.0.113.9' } })
    expect(await codeOf(response)).toEqual([403, 'proxy-needs-keys'])
  })

  it('still refuses a key that is not ours', async () => {
    const { send } = await testApp()
    expect(await codeOf(await send('/api/notes/notes', { headers: bearer('hl_sk_nonsense') }))).toEqual([
      401,
      'key-invalid',
    ])
  })
})

describe('without a key, as the server is set up', () => {
  it.each([
    {},
    { host: '127.0.0.1:4280' },
    { host: 'localhost:4280', origin: 'http://localhost:4280', 'sec-fetch-site': 'same-origin' },
    { 'x-forwarded-for': '203.0.113.9' },
  ])(
    'nobody is an administrator, as through a proxy that adds no header: %o [SERVER-SIGNIN-01]',
    async (headers) => {
      const { send } = await testApp({ open: false })
      for (const path of ['/api/heavylift/keys', '/api/notes/notes']) {
        expect(await codeOf(await send(path, { headers }))).toEqual([401, 'key-missing'])
      }
      const made = await send('/api/heavylift/keys', json('POST', { name: 'x', scope: 'admin' }, headers))
      expect(await codeOf(made)).toEqual([401, 'key-missing'])
      const ticket = await send('/api/heavylift/session/tickets', json('POST', {}, headers))
      expect(await codeOf(ticket)).toEqual([401, 'key-missing'])
    },
  )
})

describe('the installation token', () => {
  it('administers, and nothing near it does [SERVER-SIGNIN-02]', async () => {
    const { send } = await testApp({ open: false })
    expect((await send('/api/heavylift/keys', { headers: bearer(testToken) })).status).toBe(200)
    for (const wrong of [testToken.slice(0, -1), `${testToken}t`, testToken.replace('t', 'u'), 'hl_it_']) {
      expect(await codeOf(await send('/api/heavylift/keys', { headers: bearer(wrong) }))).toEqual([
        401,
        'key-invalid',
      ])
    }
    const foreign = { ...bearer(testToken), origin: 'https://evil.example' }
    expect(await codeOf(await send('/api/notes/notes', { headers: foreign }))).toEqual([
      403,
      'origin-not-allowed',
    ])
  })
})

describe('signing in', () => {
  const signIn = async (send: Awaited<ReturnType<typeof testApp>>['send']) => {
    const made = await send('/api/heavylift/session/tickets', json('POST', {}, bearer(testToken)))
    const { ticket } = (await made.json()) as { ticket: string }
    const answer = await send('/api/heavylift/session', json('POST', { ticket }))
    const cookie = answer.headers.get('set-cookie') ?? ''
    return { ticket, answer, cookie, value: cookie.split(';')[0] ?? '' }
  }

  it('works once with a ticket, and keeps the session where no script reads it [SERVER-SIGNIN-03]', async () => {
    const { send } = await testApp({ open: false })
    const { ticket, answer, cookie, value } = await signIn(send)
    expect(answer.status).toBe(200)
    expect(cookie).toMatch(/^heavylift_session_4280=\S+; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/)
    expect((await send('/api/heavylift/keys', { headers: { cookie: `a=b; ${value}; c=d` } })).status).toBe(
      200,
    )
    const again = await send('/api/heavylift/session', json('POST', { ticket }))
    expect(await codeOf(again)).toEqual([400, 'ticket-invalid'])
    const out = await send('/api/heavylift/session', { method: 'DELETE', headers: { cookie: value } })
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0')
  })

  it('does not help pages of other origins, nor who changes the cookie [SERVER-SIGNIN-03]', async () => {
    const { send } = await testApp({ open: false })
    const { value } = await signIn(send)
    for (const facts of [
      { origin: 'http://localhost:3000' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'null' },
    ]) {
      const answer = await send(
        '/api/heavylift/keys',
        json('POST', { name: 'x' }, { cookie: value, ...facts }),
      )
      expect(await codeOf(answer)).toEqual([403, 'origin-not-allowed'])
    }
    const longer = value.replace(/=(\d+)\./, (_, until: string) => `=${Number(until) * 2}.`)
    for (const cookie of [
      longer,
      value.slice(0, -1),
      'heavylift_session_4280=',
      'heavylift_session_4280=..',
    ]) {
      expect(await codeOf(await send('/api/heavylift/keys', { headers: { cookie } }))).toEqual([
        401,
        'key-missing',
      ])
    }
  })

  it('ends after a week, and a ticket after an hour [SERVER-SIGNIN-03]', async () => {
    let nowMs = 1_000_000
    const clock: Clock = { nowMs: () => nowMs, monotonicMs: () => nowMs }
    const { send } = await testApp({ open: false, clock })
    const { value } = await signIn(send)
    nowMs += 7 * 24 * 3_600_000 - 1
    expect((await send('/api/heavylift/keys', { headers: { cookie: value } })).status).toBe(200)
    nowMs += 2
    expect((await send('/api/heavylift/keys', { headers: { cookie: value } })).status).toBe(401)
    const made = await send('/api/heavylift/session/tickets', json('POST', {}, bearer(testToken)))
    const { ticket } = (await made.json()) as { ticket: string }
    nowMs += 3_600_000
    expect((await send('/api/heavylift/session', json('POST', { ticket }))).status).toBe(400)
  })
})

describe('with keys', () => {
  it('asks for a key, and for one that reaches far enough', async () => {
    const { send, makeKey } = await testApp({ open: false })
    const none = await send('/api/notes/notes')
    expect(none.headers.get('www-authenticate')).toContain('Bearer')
    expect(await codeOf(none)).toEqual([401, 'key-missing'])
    const headers = bearer(await makeKey('operator'))
    expect((await send('/api/notes/notes', { headers })).status).toBe(200)
    expect(await codeOf(await send('/api/notes/notes', { method: 'DELETE', headers }))).toEqual([
      403,
      'scope-too-low',
    ])
  })

  it("hides another tenant's things as unknown [SERVER-TENANT-01]", async () => {
    const { send, makeKey } = await testApp({ open: false })
    const mine = bearer(await makeKey('operator'))
    const theirs = bearer(await makeKey('operator', 'other'))
    const created = await send('/api/notes/notes', json('POST', { text: 'mine' }, mine))
    const { noteId } = (await created.json()) as { noteId: string }
    expect((await send(`/api/notes/notes/${noteId}`, { headers: mine })).status).toBe(200)
    const foreign = await codeOf(await send(`/api/notes/notes/${noteId}`, { headers: theirs }))
    const unknown = await codeOf(await send('/api/notes/notes/never', { headers: theirs }))
    expect(foreign).toEqual([404, 'note-unknown'])
    expect(unknown).toEqual(foreign)
  })

  it('serves public routes to everyone', async () => {
    const { send } = await testApp({ open: false })
    expect((await send('/api/notes/script.js')).status).toBe(200)
  })

  it('creates, lists and revokes keys, showing the secret once [SERVER-KEYS-01]', async () => {
    const { send, makeKey, keyStore } = await testApp({ open: false })
    const admin = bearer(await makeKey('admin'))
    const created = await send('/api/heavylift/keys', json('POST', { name: 'till' }, admin))
    const { key, secret } = (await created.json()) as {
      key: { keyId: string; scope: string }
      secret: string
    }
    expect(key.scope).toBe('operator')
    expect((await send('/api/notes/notes', { headers: bearer(secret) })).status).toBe(200)
    const listed = await (await send('/api/heavylift/keys', { headers: admin })).text()
    expect(listed).toContain(key.keyId)
    expect(listed).not.toContain(secret)
    expect(JSON.stringify(keyStore.keys)).not.toContain(secret)
    const revoked = await send(`/api/heavylift/keys/${key.keyId}`, { method: 'DELETE', headers: admin })
    expect(revoked.status).toBe(200)
    expect(await codeOf(await send('/api/notes/notes', { headers: bearer(secret) }))).toEqual([
      401,
      'key-invalid',
    ])
  })

  it('refuses every change of a key by a single character [SERVER-KEYS-02]', async () => {
    const { keys, makeKey } = await testApp({ open: false })
    const key = await makeKey('admin')
    expect(await keys.verify(key)).not.toBeNull()
    for (let i = 0; i < key.length; i++) {
      const changed = key.slice(0, i) + (key[i] === 'a' ? 'b' : 'a') + key.slice(i + 1)
      expect(await keys.verify(changed)).toBeNull()
    }
  })

  it("keeps one tenant's administrator from another tenant's keys and from tenants [SERVER-TENANT-01]", async () => {
    const { send, makeKey, keyStore } = await testApp({ open: false })
    await makeKey('admin')
    const theirs = bearer(await makeKey('admin', 'other'))
    const mine = keyStore.keys.find(({ tenantId }) => tenantId === 'main')
    const revoke = await send(`/api/heavylift/keys/${mine?.id}`, { method: 'DELETE', headers: theirs })
    expect(await codeOf(revoke)).toEqual([404, 'key-unknown'])
    const tenant = { tenantId: 'third', name: 'Third' }
    expect(await codeOf(await send('/api/heavylift/tenants', json('POST', tenant, theirs)))).toEqual([
      403,
      'main-tenant-only',
    ])
    expect(
      await codeOf(await send('/api/notes/notes', { headers: { ...theirs, 'x-heavylift-tenant': 'main' } })),
    ).toEqual([403, 'tenant-not-yours'])
    const list = await (await send('/api/heavylift/tenants', { headers: theirs })).json()
    expect(list).toEqual({ tenants: [{ tenantId: 'other', name: 'Other', createdAtMs: 0 }] })
  })

  it('lets an administrator of the main tenant act for another one', async () => {
    const { send, makeKey, notes } = await testApp({ open: false })
    const headers = { ...bearer(await makeKey('admin')), 'x-heavylift-tenant': 'other' }
    expect((await send('/api/notes/notes', json('POST', { text: 'x' }, headers))).status).toBe(200)
    expect([...notes.notes.keys()]).toEqual(['other'])
    const nowhere = { ...headers, 'x-heavylift-tenant': 'nowhere' }
    expect(await codeOf(await send('/api/notes/notes', { headers: nowhere }))).toEqual([
      404,
      'tenant-unknown',
    ])
  })
})

describe('a publishable key', () => {
  const origin = 'https://shop.example.com'

  it('works for pages of its origins only [SERVER-KEYS-03]', async () => {
    const { send, makeKey } = await testApp({ open: false })
    const key = bearer(await makeKey('storefront', 'main', 'publishable', [origin]))
    const from = (page: string) =>
      send('/api/notes/notes', { headers: { ...key, origin: page, 'sec-fetch-site': 'cross-site' } })
    const allowed = await from(origin)
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([200, origin])
    expect(allowed.headers.get('vary')).toContain('origin')
    expect(await codeOf(await from('https://evil.example'))).toEqual([403, 'origin-not-allowed'])
    expect(await codeOf(await send('/api/notes/notes', { headers: key }))).toEqual([
      403,
      'origin-not-allowed',
    ])
  })

  it('is asked for by a preflight, which only known origins pass', async () => {
    const { send, makeKey } = await testApp({ open: false })
    await makeKey('storefront', 'main', 'publishable', [origin])
    const ask = (from: string) =>
      send('/api/notes/notes', {
        method: 'OPTIONS',
        headers: { origin: from, 'access-control-request-method': 'POST' },
      })
    expect((await ask(origin)).headers.get('access-control-allow-origin')).toBe(origin)
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
  })

  it.each([
    { kind: 'publishable', scope: 'operator', allowedOrigins: [origin] },
    { kind: 'publishable', scope: 'storefront', allowedOrigins: [] },
    { kind: 'publishable', scope: 'storefront', allowedOrigins: ['https://shop.example.com/path'] },
    { kind: 'publishable', scope: 'storefront', allowedOrigins: ['*'] },
    { kind: 'secret', scope: 'storefront', allowedOrigins: [origin] },
  ])('is not made as %o', async (spec) => {
    const { send } = await testApp()
    expect((await send('/api/heavylift/keys', json('POST', { name: 'x', ...spec }))).status).toBe(400)
  })

  it('lets a secret key in a page of another origin do nothing', async () => {
    const { send, makeKey } = await testApp({ open: false })
    const headers = { ...bearer(await makeKey('admin')), origin: 'https://evil.example' }
    expect(await codeOf(await send('/api/notes/notes', { headers }))).toEqual([403, 'origin-not-allowed'])
  })
})

describe('rate limits', () => {
  const stopped = (): Clock & { ms: number } => ({
    ms: 0,
    nowMs() {
      return this.ms
    },
    monotonicMs() {
      return this.ms
    },
  })

  it('answer 429 with the time to wait, for each key by itself [SERVER-LIMITS-01]', async () => {
    const clock = stopped()
    const config = { rateLimit: { perKey: { burst: 2, perSecond: 0.5 } } }
    const { send, makeKey } = await testApp({ open: false, config, clock })
    const one = bearer(await makeKey('operator'))
    const two = bearer(await makeKey('operator'))
    const status = async (headers: Record<string, string>) =>
      (await send('/api/notes/notes', { headers })).status
    expect([await status(one), await status(one)]).toEqual([200, 200])
    const limited = await send('/api/notes/notes', { headers: one })
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '2'])
    expect(await status(two)).toBe(200)
    clock.ms += 2000
    expect([await status(one), await status(one)]).toEqual([200, 429])
  })

  it('count guesses of keys by address', async () => {
    const config = { rateLimit: { perIp: { burst: 3, perSecond: 1 } } }
    const { send } = await testApp({ open: false, config, clock: stopped() })
    const statuses: number[] = []
    for (let i = 0; i < 5; i++)
      statuses.push((await send('/api/notes/notes', { headers: bearer(`x${i}`) })).status)
    expect(statuses).toEqual([401, 401, 401, 429, 429])
  })
})
