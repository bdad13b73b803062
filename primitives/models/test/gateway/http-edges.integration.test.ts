import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { maxBodyBytes, readBody } from '../../src/gateway/entry/read-body.ts'
import { toWireError } from '../../src/failure/wire-error.ts'
import { startTestGateway } from '../../src/testing/test-gateway.ts'
import type { TestGateway } from '../../src/testing/test-gateway.ts'
import { startDeclaredUpstream } from './declared-upstream.ts'
import type { DeclaredUpstream, Heard } from './declared-upstream.ts'

let upstream: DeclaredUpstream
let gateway: TestGateway
afterEach(async () => {
  await gateway.close()
  await upstream.close()
})

const usage = { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 }
const chunk = (content: string, finish: string | null) =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: { content }, finish_reason: finish }],
    ...(finish === null ? {} : { usage }),
  })}\n\n`
const stream = (first: string) => `${chunk(first, null)}${chunk('', 'stop')}data: [DONE]\n\n`

async function start(answer: (isStream: boolean) => string | Iterable<Buffer>): Promise<void> {
  const respond = ({ body }: Heard, response: import('node:http').ServerResponse) => {
    const isStream = /"stream":true/.test(body.toString('latin1', 0, 2000))
    response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' })
    const said = answer(isStream)
    for (const part of typeof said === 'string' ? [said] : said) response.write(part)
    response.end()
  }
  upstream = await startDeclaredUpstream(respond)
  gateway = await startTestGateway({
    providers: { up: { kind: 'openai', replicas: [`${upstream.origin}/v1`] } },
    models: { m: { targets: [{ provider: 'up', model: 'upstream-m' }] } },
  })
}

const whole = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: 'four' }, finish_reason: 'stop' }],
  usage,
})
const plain = (isStream: boolean) => (isStream ? stream('four') : whole)
const question = (more: object = {}) =>
  JSON.stringify({
    model: 'm',
    stream: true,
    max_tokens: 9,
    messages: [{ role: 'user', content: 'hi' }],
    ...more,
  })
const post = (path: string, body: string) => fetch(gateway.address + path, { method: 'POST', body })

/** A connection on which bytes are written as they are. */
async function open(): Promise<{ socket: Socket; said: () => string; ended: Promise<unknown> }> {
  const { port } = new URL(gateway.address)
  const socket = connect(Number(port), '127.0.0.1')
  let text = ''
  socket.setEncoding('latin1')
  socket.on('data', (part: string) => (text += part))
  socket.on('error', () => undefined)
  const ended = new Promise((resolve) => socket.once('close', resolve))
  await new Promise((resolve) => socket.once('connect', resolve))
  return { socket, said: () => text, ended }
}
const seen = (said: () => string, what: string) => vi.waitFor(() => expect(said()).toContain(what), 10_000)

describe('what an upstream streams [MODELS-WIRE-23]', () => {
  const long = 'x'.repeat(4 * 1024 * 1024)

  test.each(['/v1/chat/completions', '/v1/messages', '/v1/responses'])(
    'may begin with an event of 4 MiB, at %s',
    async (path) => {
      await start(() => stream(long))
      const text = await (await post(path, question({ input: 'hi' }))).text()
      expect(text.includes(long)).toBe(true)
      expect(text).not.toContain('"error":{')
      expect(gateway.records).toMatchObject([{ status: 'ok', usage: { input: 7, output: 2 } }])
    },
    30_000,
  )

  test('may come a byte at a time', async () => {
    await start(() => Array.from(Buffer.from(stream('fünf')), (byte) => Buffer.of(byte)))
    for (const path of ['/v1/chat/completions', '/v1/messages']) {
      const text = await (await post(path, question())).text()
      expect(text).toContain('fünf')
      expect(text).toMatch(/\[DONE\]|message_stop/)
    }
    expect(gateway.records.map(({ status }) => status)).toEqual(['ok', 'ok'])
  })
})

describe('how a client sends its request [MODELS-WIRE-24]', () => {
  test('after 100 Continue', async () => {
    await start(plain)
    const body = question({ stream: false })
    const { socket, said } = await open()
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: ${body.length}\r\n\r\n`,
    )
    await seen(said, 'HTTP/1.1 100 Continue')
    expect(upstream.heard).toHaveLength(0)
    socket.write(body)
    await seen(said, '"four"')
    socket.destroy()
  })

  test('in pieces of no stated length, one after another on one connection', async () => {
    await start(plain)
    const body = question({ stream: false })
    const { socket, said } = await open()
    for (let count = 1; count <= 2; count++) {
      socket.write('POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n')
      for (const letter of [body.slice(0, 5), body.slice(5)]) {
        socket.write(`${letter.length.toString(16)}\r\n${letter}\r\n`)
      }
      socket.write('0\r\n\r\n')
      await vi.waitFor(() => expect(said().split('"four"')).toHaveLength(count + 1), 10_000)
    }
    expect(said().match(/HTTP\/1\.1 200/g)).toHaveLength(2)
    socket.destroy()
  })

  test('by HTTP/1.0, whole and streamed: the end of the connection ends the answer', async () => {
    await start(plain)
    for (const isStream of [false, true]) {
      const body = question({ stream: isStream })
      const { socket, said, ended } = await open()
      socket.write(
        `POST /v1/chat/completions HTTP/1.0\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      )
      await ended
      expect(said()).toContain('"four"')
      expect(said().toLowerCase()).not.toContain('transfer-encoding')
    }
  })

  test('with headers of more than 16 KiB: 431', async () => {
    await start(plain)
    const { socket, said } = await open()
    socket.write(`POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`)
    await seen(said, '431')
    socket.destroy()
  })

  test('as large as it may be, and a byte more, which is told before it is sent', async () => {
    await start(plain)
    const empty = Buffer.byteLength(question({ user: '' }))
    const full = await post('/v1/chat/completions', question({ user: 'x'.repeat(maxBodyBytes - empty) }))
    expect(full.status).toBe(200)
    const { socket, said } = await open()
    socket.write(`POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: ${maxBodyBytes + 1}\r\n\r\n`)
    await seen(said, '413')
    await seen(said, '32 MiB')
    expect(said()).toContain('request_too_large')
    socket.destroy()
  }, 30_000)

  test('so slowly that it holds its place for nothing: 408', async () => {
    await start(plain)
    const server = createServer((request, response) => {
      readBody(request, 1000, 50).then(
        () => response.end(),
        (error: unknown) => {
          const { status, message } = toWireError(error)
          response.writeHead(status, { connection: 'close' }).end(message)
        },
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    let text = ''
    socket.on('data', (part) => (text += String(part)))
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\n')
    const trickle = setInterval(() => socket.write('x'), 10)
    await vi.waitFor(() => expect(text).toContain('408'), 10_000)
    expect(text).toContain('Send it faster')
    clearInterval(trickle)
    socket.destroy()
    server.close()
  })
})
