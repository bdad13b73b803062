import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { WebSocket } from 'ws'
import { installedSystems } from '../src/systems.ts'
import { startCaddy, startNginx } from './support/reverse-proxy.ts'
import type { ReverseProxy } from './support/reverse-proxy.ts'
import { startTestServer } from './support/start-test-server.ts'
import type { TestServer } from './support/start-test-server.ts'
import { testToken } from './support/test-token.ts'

let running: TestServer
beforeAll(async () => {
  const systems = await Promise.all(installedSystems.map((system) => system.load()))
  // The whole table is asked at once, by one address.
  running = await startTestServer(systems, { requireKeys: true, rateLimit: { perIp: { burst: 100_000 } } })
})
afterAll(() => running?.stop())

test('WebSockets ask for a key before they open [SERVER-SIGNIN-04]', async () => {
  for (const path of ['/live/ws', '/live/push']) {
    const client = new WebSocket(running.server.address.replace('http', 'ws') + path)
    const [error] = (await once(client, 'error')) as [Error]
    expect(error.message).toContain('401')
  }
})

describe.each([
  { name: 'nginx', start: startNginx },
  { name: 'Caddy', start: startCaddy },
])('behind $name with its default configuration', ({ start }) => {
  let proxy: ReverseProxy
  beforeAll(async () => {
    proxy = await start(running.server.address)
  })
  afterAll(() => proxy?.stop())

  const routes = () =>
    running.server.parts.flatMap((part) =>
      part.routes.map((route) => ({
        access: route.access,
        method: route.method.toUpperCase(),
        path: part.prefix + route.path.replace(/:\w+/g, 'anything'),
      })),
    )

  it('no route of the whole table takes a stranger for anybody [SERVER-SIGNIN-04]', async () => {
    const open: string[] = []
    let asked = 0
    for (const { access, method, path } of routes()) {
      if (access === 'public') continue
      asked++
      const answer = await fetch(proxy.address + path, {
        method,
        ...(method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }),
      })
      await answer.body?.cancel()
      if (answer.status !== 401) open.push(`${method} ${path}: ${answer.status}`)
    }
    expect(open).toEqual([])
    expect(asked).toBeGreaterThan(100)
  })

  it('the raw mounts ask as well [SERVER-SIGNIN-04]', async () => {
    const mounts = running.server.systems.flatMap((part) => part.running?.raw ?? [])
    const paths = mounts.map(({ mount }) => (mount === '/v1/' ? '/v1/models' : mount))
    const answers = await Promise.all(paths.map((path) => fetch(proxy.address + path)))
    expect(Object.fromEntries(answers.map(({ status }, at) => [paths[at], status]))).toEqual({
      '/live/push': 426,
      '/live/ws': 426,
      '/v1/models': 401,
    })
  })

  it('who has a key or the token comes through', async () => {
    const call = (key: string) =>
      fetch(`${proxy.address}/api/heavylift/keys`, { headers: { authorization: `Bearer ${key}` } })
    expect((await call(testToken)).status).toBe(200)
    expect((await call(`${testToken}x`)).status).toBe(401)
  })
})
