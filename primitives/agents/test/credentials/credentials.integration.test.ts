import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock } from '@heavylift/core'
import { createSafeFetch } from '@heavylift/core/safe-fetch'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CredentialTables } from '../../src/credentials/credential-tables.ts'
import type { CredentialSpec } from '../../src/credentials/credential.ts'
import { Credentials } from '../../src/credentials/credentials.ts'
import { Sealer } from '../../src/credentials/seal.ts'
import { agentsMigrations } from '../../src/migrations/migrations.ts'
import { allowInBrowser, clients, startAuthorizationServer } from './authorization-server.ts'

const redirectUri = 'http://127.0.0.1:1/agents/tools/connect'
const caller = { agent: 'intake', version: 3, runId: 'run_1', path: 'ask' }
let store: TestStore
let server: Awaited<ReturnType<typeof startAuthorizationServer>>
let nowMs = Date.now()

/** As one of several processes on the database has it. */
function open(key = 'the key of this test', ports: number[] = []): Credentials {
  return new Credentials({
    clock: { ...systemClock, nowMs: () => nowMs },
    database: store.host.forSystem('agents').database<CredentialTables>(),
    fetch: createSafeFetch({ ports: [server.port, ...ports], allowNetworks: ['127.0.0.0/8'] }),
    sealer: new Sealer(async () => [key]),
    teamOf: async (_tenantId, agent) => (agent === 'intake' ? 'desk' : 'other'),
    fallback: async () => {
      throw new Error('nothing in the configuration')
    },
  })
}

const oauth = (
  grant: 'client_credentials' | 'authorization_code' | 'device_code',
  scopes: string[],
): CredentialSpec => ({
  kind: 'oauth2',
  grant,
  issuer: server.issuer,
  clientId: 'heavylift',
  clientAuth: 'client_secret_basic',
  scopes,
})
const use = (credentials: Credentials, credential: string, more: object = {}) =>
  credentials.authorize('http:crm', { tenantId: 't', credential, caller, tool: 'read', ...more })

beforeAll(async () => {
  store = await createTestStore({ migrations: { agents: agentsMigrations } })
  server = await startAuthorizationServer(redirectUri)
})
afterAll(async () => {
  await server?.close()
  await store?.close()
})

describe('credentials in the database', () => {
  it('give each kind what it adds, to their sources, team and tenant only [AGENTS-CRED-01] [AGENTS-CRED-02]', async () => {
    const credentials = open()
    const add = (name: string, spec: CredentialSpec, team: string | null = null) =>
      credentials.create('t', { name, spec, team, sources: ['http:crm'], secret: `the secret of ${name}` })
    await add('bearer', { kind: 'bearer' })
    await add('basic', { kind: 'basic', user: 'ada' })
    await add('header', { kind: 'header', header: 'X-Api-Key', prefix: 'key ' })
    await add('query', { kind: 'query', parameter: 'key' })
    await add('of-a-team', { kind: 'bearer' }, 'desk')
    expect((await use(credentials, 'bearer')).headers).toEqual({
      authorization: 'Bearer the secret of bearer',
    })
    expect(await use(credentials, 'basic')).toMatchObject({
      headers: { authorization: `Basic ${Buffer.from('ada:the secret of basic').toString('base64')}` },
      login: { user: 'ada', password: 'the secret of basic' },
    })
    expect((await use(credentials, 'header')).headers).toEqual({ 'x-api-key': 'key the secret of header' })
    expect((await use(credentials, 'query')).query).toEqual({ key: 'the secret of query' })
    expect((await use(credentials, 'of-a-team')).headers).toHaveProperty('authorization')
    await expect(
      use(credentials, 'of-a-team', { caller: { ...caller, agent: 'stranger' } }),
    ).rejects.toMatchObject({
      code: 'credential-of-another-team',
    })
    await expect(
      credentials.authorize('http:other', { tenantId: 't', credential: 'bearer', tool: 'read' }),
    ).rejects.toMatchObject({
      code: 'credential-elsewhere',
    })
    await expect(use(credentials, 'bearer', { tenantId: 'other' })).rejects.toThrow(
      'nothing in the configuration',
    )
    await expect(add('bearer', { kind: 'bearer' })).rejects.toMatchObject({ code: 'credential-exists' })
  })

  it('are sealed where they lie, and open with their key at their place only [AGENTS-CRED-01]', async () => {
    const credentials = open()
    const database = store.host.forSystem('agents').database<CredentialTables>()
    const rows = await database.selectFrom('credential').selectAll().execute()
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain('the secret of')
    expect(JSON.stringify(await credentials.list('t'))).not.toContain('the secret of')
    await expect(use(open('another key'), 'bearer')).rejects.toMatchObject({ code: 'seal-key-missing' })
    const sealed = rows.find(({ name }) => name === 'bearer')!.sealed
    await database.updateTable('credential').set({ sealed }).where('name', '=', 'query').execute()
    await expect(use(credentials, 'query')).rejects.toMatchObject({ code: 'seal-broken' })
  })

  it('hold a new secret from the next call on, and nothing once revoked [AGENTS-CRED-03]', async () => {
    const credentials = open()
    await credentials.rotate('t', 'bearer', 'another secret')
    expect((await use(open(), 'bearer')).headers).toEqual({ authorization: 'Bearer another secret' })
    await credentials.revoke('t', 'bearer')
    await expect(use(open(), 'bearer')).rejects.toMatchObject({ code: 'credential-revoked' })
    expect(await credentials.find('t', 'bearer')).toMatchObject({ sealed: null })
  })

  it('leave behind who used them, for which call [AGENTS-CRED-04]', async () => {
    const [last] = await open().uses('t', 'of-a-team', 10)
    expect(last).toMatchObject({
      source: 'http:crm',
      tool: 'read',
      agent: 'intake',
      version: 3,
      run_id: 'run_1',
      path: 'ask',
    })
    await open().forget(nowMs - 60_000)
    expect(await open().uses('t', 'of-a-team', 10)).not.toEqual([])
    await open().forget(nowMs + 60_000)
    expect(await open().uses('t', 'of-a-team', 10)).toEqual([])
    await expect(open().uses('other', 'of-a-team', 10)).rejects.toMatchObject({ code: 'credential-unknown' })
    nowMs += 1_000
    await open().forget(nowMs)
    expect(await open().uses('t', 'of-a-team', 10)).toEqual([])
  })
})

describe('OAuth 2, with a real authorization server', () => {
  it('connects by code and PKCE, once, for who began it [AGENTS-OAUTH-01]', async () => {
    const credentials = open()
    const spec = oauth('authorization_code', ['openid', 'offline_access'])
    await credentials.create('t', {
      name: 'code',
      spec,
      team: null,
      sources: ['http:crm'],
      secret: clients.secret,
    })
    await expect(use(credentials, 'code')).rejects.toMatchObject({ code: 'credential-not-connected' })
    const begun = await credentials.connect('t', 'code', { by: 'key-1', redirectUri })
    if (begun.kind !== 'redirect') throw new Error('no redirect')
    expect(new URL(begun.url).searchParams.get('code_challenge_method')).toBe('S256')
    const back = new URL(await allowInBrowser(begun.url, redirectUri))
    await expect(credentials.finish('t', 'key-2', back.searchParams)).rejects.toMatchObject({
      code: 'oauth-state-unknown',
    })
    await expect(credentials.finish('other', 'key-1', back.searchParams)).rejects.toMatchObject({
      code: 'oauth-state-unknown',
    })
    expect(await credentials.finish('t', 'key-1', back.searchParams)).toBe('code')
    await expect(credentials.finish('t', 'key-1', back.searchParams)).rejects.toMatchObject({
      code: 'oauth-state-unknown',
    })
    expect((await use(credentials, 'code')).headers['authorization']).toMatch(/^Bearer .{20,}/)
  })

  it('refreshes once for all processes, with the refresh token that came last [AGENTS-OAUTH-02]', async () => {
    const processes = [open(), open(), open()]
    const first = (await use(processes[0]!, 'code')).headers['authorization']
    for (let round = 1; round <= 2; round++) {
      nowMs += 3_590_000
      const before = server.asked.filter((grant) => grant === 'refresh_token').length
      const given = await Promise.all([...processes, ...processes].map((each) => use(each, 'code')))
      const tokens = new Set(given.map(({ headers }) => headers['authorization']))
      expect(tokens.size).toBe(1)
      expect(tokens.has(first)).toBe(false)
      expect(server.asked.filter((grant) => grant === 'refresh_token').length - before).toBe(1)
    }
  })

  it('says to connect anew once the server takes its grant away [AGENTS-OAUTH-02]', async () => {
    const credentials = open()
    // The tokens of a copy made earlier are used by somebody else: the server sees the same refresh token twice.
    const database = store.host.forSystem('agents').database<CredentialTables>()
    const copy = await database
      .selectFrom('credential')
      .select('sealed')
      .where('name', '=', 'code')
      .executeTakeFirstOrThrow()
    nowMs += 3_590_000
    await use(credentials, 'code')
    await database.updateTable('credential').set(copy).where('name', '=', 'code').execute()
    nowMs += 3_590_000
    await expect(use(credentials, 'code')).rejects.toMatchObject({ code: 'credential-not-connected' })
    expect(await credentials.find('t', 'code')).toMatchObject({
      is_connected: false,
      problem: expect.stringContaining('invalid_grant'),
    })
  })

  it('connects a device by a code that a person types [AGENTS-OAUTH-01]', async () => {
    const credentials = open()
    const spec = oauth('device_code', ['openid', 'offline_access'])
    await credentials.create('t', {
      name: 'device',
      spec,
      team: null,
      sources: ['http:crm'],
      secret: clients.secret,
    })
    const begun = await credentials.connect('t', 'device', { by: 'key-1', redirectUri })
    if (begun.kind !== 'device') throw new Error('no device')
    expect(await credentials.poll('t', 'key-1', begun.id)).toBe(false)
    await expect(credentials.poll('t', 'key-2', begun.id)).rejects.toMatchObject({
      code: 'oauth-state-unknown',
    })
    await allowInBrowser(begun.verificationUriComplete!, 'nowhere')
    expect(await credentials.poll('t', 'key-1', begun.id)).toBe(true)
    expect((await use(credentials, 'device')).headers['authorization']).toMatch(/^Bearer /)
  })

  it('takes tokens by client credentials by itself, and never shows the client’s secret [AGENTS-OAUTH-01]', async () => {
    const credentials = open()
    await credentials.create('t', {
      name: 'client',
      spec: oauth('client_credentials', []),
      team: null,
      sources: ['http:crm'],
      secret: clients.secret,
    })
    const given = await use(credentials, 'client')
    expect(given.headers['authorization']).toMatch(/^Bearer /)
    expect(JSON.stringify(given)).not.toContain(clients.secret)
    await credentials.rotate('t', 'client', 'no such secret')
    const error: unknown = await use(credentials, 'client').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'credential-not-connected' })
    expect((error as Error).message).not.toContain('no such secret')
  })
})

describe('the sign-in of an MCP server', () => {
  let resource: Server
  let url: string
  let said: Record<string, unknown>
  beforeAll(async () => {
    resource = createServer((request, response) => {
      const isMetadata = request.url === '/.well-known/oauth-protected-resource/mcp'
      response.writeHead(isMetadata ? 200 : 401, {
        'content-type': 'application/json',
        ...(isMetadata ? {} : { 'www-authenticate': 'Bearer realm="x", scope="orders"' }),
      })
      response.end(isMetadata ? JSON.stringify(said) : '{}')
    })
    await new Promise<void>((done) => resource.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(resource.address() as AddressInfo).port}/mcp`
  })
  afterAll(() => new Promise((done) => resource.close(done)))
  const openFor = (): Credentials => open('the key of this test', [Number(new URL(url).port)])
  const of = (name: string) => ({ name, team: null, source: 'mcp:orders', url, redirectUri, client: null })

  it('is found out from the server, a client is registered, and tokens are for the server only [AGENTS-CRED-05]', async () => {
    said = { resource: url, authorization_servers: [server.issuer], scopes_supported: ['more'] }
    const credentials = openFor()
    const made = await credentials.createFor('t', of('found'))
    expect(made).toEqual({
      issuer: server.issuer,
      scopes: ['orders', 'offline_access'],
      isRegistered: true,
    })
    const begun = await credentials.connect('t', 'found', { by: 'me', redirectUri })
    const back = await allowInBrowser(begun.kind === 'redirect' ? begun.url : '', redirectUri)
    expect(await credentials.finish('t', 'me', new URL(back).searchParams)).toBe('found')
    expect(new Set(server.resources)).toEqual(new Set([url]))
    const given = await credentials.authorize('mcp:orders', {
      tenantId: 't',
      credential: 'found',
      caller,
      tool: 'read',
    })
    expect(given.headers['authorization']).toMatch(/^Bearer ./)
    expect(JSON.stringify(await credentials.find('t', 'found'))).not.toContain('client_secret"')
  })

  it('is refused where the metadata are another resource’s, or nobody asks for one [AGENTS-CRED-05]', async () => {
    said = { resource: 'https://elsewhere.example/mcp', authorization_servers: [server.issuer] }
    await expect(openFor().createFor('t', of('other'))).rejects.toMatchObject({ code: 'sign-in-unknown' })
    const plain = { ...of('none'), url: `${server.issuer}/.well-known/openid-configuration` }
    await expect(openFor().createFor('t', plain)).rejects.toMatchObject({ code: 'sign-in-not-needed' })
  })
})
