import { defineSystem } from '@heavylift/core'
import type { CoreServices } from '@heavylift/core'
import { afterEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { startTestServer } from './support/start-test-server.ts'
import type { TestServer } from './support/start-test-server.ts'

let running: TestServer | null = null
afterEach(async () => {
  await running?.stop()
  running = null
})

/** Echoes messages below `/echo/` to whoever is identified. */
const echo = defineSystem<CoreServices, object>({
  name: 'echo',
  title: 'Echo',
  summary: 'Says it again.',
  layer: 'primitive',
  config: z.object({}),
  migrations: [],
  pages: [],
  commands: [],
  evals: [],
  benches: [],
  start() {
    const sockets = new WebSocketServer({ noServer: true })
    return Promise.resolve({
      routes: [],
      raw: [
        {
          mount: '/echo/',
          handle: (_request, response) => response.end(),
          upgrade(request, socket, head, identify) {
            identify(request).then(
              () =>
                sockets.handleUpgrade(request, socket, head, (client) => {
                  client.on('message', (data, isBinary) => client.send(data, { binary: isBinary }))
                }),
              () => socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n'),
            )
          },
        },
      ],
      tile: () =>
        Promise.resolve({
          state: 'running',
          headline: '',
          number: { label: '', value: null, unit: '' },
          decisionsToday: 0,
        }),
      stop: () => Promise.resolve(),
    })
  },
})

async function open(path: string): Promise<WebSocket> {
  const client = new WebSocket(`${running?.server.address.replace('http', 'ws')}${path}`)
  await new Promise((resolve, reject) => {
    client.on('open', resolve)
    client.on('error', reject)
  })
  return client
}

test('a system takes over a WebSocket below its mount, and the server stops although one is open [SERVER-RAW-03]', async () => {
  running = await startTestServer([echo])
  const client = await open('/echo/')
  const said = new Promise((resolve) => client.on('message', (data: Buffer) => resolve(data.toString())))
  client.send('hello')
  expect(await said).toBe('hello')
  const closed = new Promise((resolve) => client.on('close', resolve))
  await running.stop()
  running = null
  await closed
})

test('a WebSocket where nobody speaks it is refused [SERVER-RAW-03]', async () => {
  running = await startTestServer([echo])
  await expect(open('/elsewhere')).rejects.toThrow('404')
})
