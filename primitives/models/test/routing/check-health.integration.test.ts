import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { checkHealth } from '../../src/routing/check-health.ts'

let server: Server | null = null

async function listen(answer: RequestListener): Promise<string> {
  server = createServer(answer)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/models`
}

afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((resolve) => server?.close(resolve))
  server = null
})

const report = () => {}

describe('checkHealth', () => {
  test('is true for 2xx only, with the headers it was given', async () => {
    const url = await listen((request, response) => {
      response.writeHead(request.headers.authorization === 'Bearer k' ? 200 : 401).end()
    })
    expect(
      await checkHealth({ id: 'a', url, headers: () => ({ authorization: 'Bearer k' }), report }, 1000),
    ).toBe(true)
    expect(await checkHealth({ id: 'a', url, report }, 1000)).toBe(false)
  })

  test('is false when nothing answers in time or nobody listens', async () => {
    const url = await listen(() => {})
    expect(await checkHealth({ id: 'a', url, report }, 50)).toBe(false)
    expect(await checkHealth({ id: 'a', url: 'http://127.0.0.1:1/v1/models', report }, 1000)).toBe(false)
  })
})
