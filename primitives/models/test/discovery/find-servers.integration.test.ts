import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { findServers, usualPorts } from '../../src/discovery/find-servers.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

function models(...data: object[]): RequestListener {
  return (_, response) => response.end(JSON.stringify({ object: 'list', data }))
}

test('servers of models are told by what they say, else by their port [MODELS-SERVERS-01]', async () => {
  const asked: (string | undefined)[] = []
  const vllm = await listen((request, response) => {
    asked.push(request.url)
    models({ id: 'Qwen/Qwen3-8B', owned_by: 'vllm' })(request, response)
  })
  const other = await listen(models({ id: 'a' }, { id: 'b' }))
  const found = await findServers([
    { kind: 'Ollama', port: vllm },
    { kind: 'LM Studio', port: other },
  ])
  expect(found).toEqual([
    { kind: 'vLLM', url: `http://127.0.0.1:${vllm}/v1`, models: ['Qwen/Qwen3-8B'] },
    { kind: 'LM Studio', url: `http://127.0.0.1:${other}/v1`, models: ['a', 'b'] },
  ])
  expect(asked).toEqual(['/v1/models'])
})

test('what is no server of models, silent, endless, elsewhere or ourselves is left out [MODELS-SERVERS-01]', async () => {
  let redirected = 0
  const target = await listen((request, response) => {
    redirected += 1
    models({ id: 'a' })(request, response)
  })
  const closed = await listen(models())
  await new Promise((resolve) => servers.pop()?.close(resolve))
  const ports = await Promise.all([
    listen((_, response) => response.end('<html>a page</html>')),
    listen((_, response) => response.writeHead(401).end()),
    listen(() => undefined),
    listen((_, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write(Buffer.alloc(64 * 1024, 0x20)), 1)
      response.on('close', () => clearInterval(timer))
    }),
    listen((_, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${target}/v1/models` }).end(),
    ),
    listen(models({ id: 'large', owned_by: 'heavylift' })),
  ])
  const startMs = performance.now()
  expect(await findServers([...ports, closed].map((port) => ({ kind: 'vLLM', port })))).toEqual([])
  expect(redirected).toBe(0)
  expect(performance.now() - startMs).toBeLessThan(10_000)
})

test('only ports that servers of models take by themselves are asked [MODELS-SERVERS-01]', () => {
  expect(usualPorts.map(({ port }) => port)).toEqual([11434, 8000, 8080, 1234, 30000, 1337])
})
