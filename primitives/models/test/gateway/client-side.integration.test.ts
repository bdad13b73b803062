import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { answerSlowly, answerWell, event, faults } from '../../src/testing/faults.ts'
import type { Fault } from '../../src/testing/faults.ts'
import { inFlight, startFaultyGateway } from './faulty-gateway.ts'
import type { FaultyGateway } from './faulty-gateway.ts'

let gateway: FaultyGateway
afterEach(() => gateway.close())

const slowly: Fault = (scene) => answerSlowly(scene, 100, 20)

/** Streams without end, as fast as the reader takes it. */
const flood: Fault = ({ socket }) => {
  const text = event('x'.repeat(8000))
  const piece = `${text.length.toString(16)}\r\n${text}\r\n`
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n')
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
  }
  socket.on('drain', more)
  more()
}

const request = JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'hi' }] })

/** A client on a raw socket, to be slow with and to break. */
async function rawClient(body = request, declared = body.length): Promise<Socket> {
  const { hostname, port } = new URL(gateway.address)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('connect', resolve))
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: gateway\r\ncontent-length: ${declared}\r\n\r\n${body}`,
  )
  return socket
}

const upstreamSockets = () => gateway.upstreams[0]?.sockets()

describe('a client that goes away [MODELS-FAIL-04]', () => {
  async function everythingStops(): Promise<void> {
    await expect.poll(upstreamSockets, { interval: 5 }).toBe(0)
    expect(inFlight(gateway)).toBe(0)
    expect(gateway.records.at(-1)).toMatchObject({ status: 'cancelled' })
  }

  test('while it waits for the first byte', async () => {
    gateway = await startFaultyGateway([faults['black-hole']], { deadlines: { firstTokenMs: 60_000 } })
    const client = await rawClient()
    await expect.poll(upstreamSockets).toBe(1)
    client.destroy()
    await everythingStops()
  })

  test('in the middle of a stream', async () => {
    gateway = await startFaultyGateway([slowly])
    const client = await rawClient()
    await new Promise((resolve) => client.once('data', resolve))
    client.destroy()
    await everythingStops()
  })

  test('while the gateway waits for it to read on', async () => {
    gateway = await startFaultyGateway([flood])
    const client = await rawClient()
    client.pause()
    await sleep(200)
    client.destroy()
    await everythingStops()
  })

  test('while it waits in the queue: its place is free at once', async () => {
    gateway = await startFaultyGateway([slowly], {}, { replica: { maxInFlight: 1 } })
    const first = await rawClient()
    await new Promise((resolve) => first.once('data', resolve))
    const second = await rawClient()
    const waiting = () => gateway.gateway.routes.get('m')?.queue.waiting
    await expect.poll(waiting).toBe(1)
    second.destroy()
    await expect.poll(waiting).toBe(0)
    expect(gateway.upstreams[0]?.requests()).toBe(1)
    first.destroy()
    await everythingStops()
  })

  test('while both of a hedged pair run', async () => {
    gateway = await startFaultyGateway([faults['black-hole'], faults['black-hole']], {
      hedgeAfterMs: 20,
      deadlines: { firstTokenMs: 60_000 },
    })
    const client = await rawClient()
    await expect.poll(() => gateway.upstreams[1]?.sockets()).toBe(1)
    client.destroy()
    await expect.poll(() => gateway.upstreams[1]?.sockets()).toBe(0)
    await everythingStops()
  })

  test('while it sends its request: nothing is asked upstream', async () => {
    gateway = await startFaultyGateway([answerWell])
    const client = await rawClient(request.slice(0, 10), request.length)
    await sleep(50)
    client.destroy()
    await sleep(50)
    expect(gateway.upstreams[0]?.requests()).toBe(0)
    expect(inFlight(gateway)).toBe(0)
  })
})

describe('back-pressure [MODELS-FAIL-05]', () => {
  test('a client that does not read stops the upstream, in bounded memory, longer than between tokens is allowed', async () => {
    let sent = 0
    gateway = await startFaultyGateway(
      [
        (scene) => {
          flood(scene)
          const counting = setInterval(() => (sent = scene.socket.bytesWritten), 10)
          scene.socket.once('close', () => clearInterval(counting))
        },
      ],
      { deadlines: { firstTokenMs: 300, betweenTokensMs: 100, totalMs: 60_000 } },
    )
    const client = await rawClient()
    client.pause()
    let before = -1
    // Kernel buffers fill up first; then nothing moves.
    await expect
      .poll(
        () => {
          const isStill = sent > 0 && sent === before
          before = sent
          return isStill
        },
        { interval: 250 },
      )
      .toBe(true)
    expect(sent).toBeLessThan(32 * 1024 * 1024)
    expect(gateway.records).toEqual([])
    expect(inFlight(gateway)).toBe(1)
    let read = 0
    client.on('data', (bytes) => (read += bytes.length))
    client.resume()
    await expect.poll(() => read).toBeGreaterThan(sent)
    client.destroy()
    await expect.poll(upstreamSockets).toBe(0)
  })

  test('a client that sends its request slowly is waited for', async () => {
    gateway = await startFaultyGateway([answerWell])
    const client = await rawClient('', request.length)
    for (let at = 0; at < request.length; at += 10) {
      client.write(request.slice(at, at + 10))
      await sleep(5)
    }
    const text = await new Promise<string>((resolve) => {
      let all = ''
      client.on('data', (bytes) => {
        all += bytes.toString()
        if (all.includes('[DONE]')) resolve(all)
      })
    })
    expect(text).toMatch(/^HTTP\/1\.1 200/)
    client.destroy()
  })
})

test('two streams that a client asks for at once on one connection come one after the other, each whole', async () => {
  gateway = await startFaultyGateway([(scene) => answerSlowly(scene, 10, 10), answerWell])
  const client = await rawClient()
  client.write(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: gateway\r\ncontent-length: ${request.length}\r\n\r\n${request}`,
  )
  let all = ''
  client.on('data', (bytes) => (all += bytes.toString()))
  await expect.poll(() => all.split('\r\n0\r\n\r\n').length, { timeout: 10_000 }).toBe(3)
  const answers = all.split('\r\n0\r\n\r\n').slice(0, 2)
  for (const answer of answers) {
    const [head = '', body = ''] = answer.split(/\r\n\r\n(.*)/s)
    expect(head).toMatch(/^HTTP\/1\.1 200/)
    // By chunks of just the length that each says (RFC 9112, 7.1).
    let text = ''
    for (let at = 0; at < body.length;) {
      const from = body.indexOf('\r\n', at) + 2
      const length = Number.parseInt(body.slice(at, from), 16)
      expect(length).toBeGreaterThan(0)
      text += body.slice(from, from + length)
      at = from + length + 2
    }
    expect(text).toMatch(/^data: .*data: \[DONE\]\n\n$/s)
  }
  expect(gateway.records).toHaveLength(2)
  client.destroy()
})

describe('requests that are wrong', () => {
  const post = (body: string, path = '/v1/chat/completions', method = 'POST') =>
    fetch(gateway.address + path, { method, ...(method === 'GET' ? {} : { body }) })

  test('are refused in the format of the API', async () => {
    gateway = await startFaultyGateway([answerWell])
    const notJson = await post('{"model": ')
    expect(notJson.status).toBe(400)
    expect(await notJson.json()).toMatchObject({ error: { code: 'body-not-json' } })
    const noModel = await post('{"messages": []}', '/v1/messages')
    expect(noModel.status).toBe(400)
    expect(await noModel.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } })
    const noPath = await post('{}', '/v1/videos')
    expect(noPath.status).toBe(404)
    expect(await noPath.json()).toMatchObject({ error: { code: 'path-unknown' } })
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const wrong = await post('{}', '/v1/chat/completions', method)
      expect(wrong.status).toBe(405)
      expect(wrong.headers.get('allow')).toBe('POST, OPTIONS')
    }
    expect(gateway.upstreams[0]?.requests()).toBe(0)
  })

  test('too large a body is refused with 413 before it is all sent', async () => {
    gateway = await startFaultyGateway([answerWell])
    const client = await rawClient('{"model":"m","x":"', 1024 * 1024 * 1024)
    const answer = new Promise<string>((resolve) =>
      client.once('data', (bytes: Buffer) => resolve(bytes.toString())),
    )
    const block = Buffer.alloc(1024 * 1024, 'x')
    for (let sent = 0; sent < 33 && !client.destroyed; sent++) {
      if (!client.write(block)) await Promise.race([new Promise((r) => client.once('drain', r)), answer])
    }
    const text = await answer
    expect(text).toMatch(/^HTTP\/1\.1 413/)
    expect(text).toContain('body-too-large')
    await new Promise<void>((resolve) =>
      client.destroyed ? resolve() : client.once('close', () => resolve()),
    )
  })
})
