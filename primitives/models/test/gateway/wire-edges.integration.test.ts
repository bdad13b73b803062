import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { answerSlowly, answerWell } from '../../src/testing/faults.ts'
import type { Fault } from '../../src/testing/faults.ts'
import { inFlight, startFaultyGateway, streamError } from './faulty-gateway.ts'
import type { FaultyGateway } from './faulty-gateway.ts'

let gateway: FaultyGateway
afterEach(() => gateway.close())

const question = { model: 'm', stream: true, messages: [{ role: 'user', content: 'hi' }] }

function post(path: string, body: Buffer | string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(gateway.address + path, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers })
}

/** What a fault writes to a socket, head and body apart, with the body changed. */
function rewritten(change: (body: string) => Buffer, headers: string): Fault {
  return (scene) => {
    let wire = ''
    const socket = { write: (text: string) => (wire += text) }
    answerWell({ ...scene, socket: socket as unknown as typeof scene.socket })
    const body = wire.slice(wire.indexOf('\r\n\r\n') + 4)
    const text = scene.isStream ? body.replaceAll(/(^|\r\n)[0-9a-f]+\r\n/g, '').replace(/\r\n$/, '') : body
    const type = scene.isStream ? 'text/event-stream' : 'application/json'
    const changed = change(text)
    scene.socket.write(
      `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\n${headers}content-length: ${changed.length}\r\n\r\n`,
    )
    // In pieces, as networks do.
    for (let at = 0; at < changed.length; at += 50) scene.socket.write(changed.subarray(at, at + 50))
  }
}

describe('a packed body of a client [MODELS-WIRE-13]', () => {
  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('%s is read', async (encoding, pack) => {
    gateway = await startFaultyGateway([answerWell])
    const body = pack(Buffer.from(JSON.stringify(question)))
    const response = await post('/v1/chat/completions', body, { 'content-encoding': encoding })
    expect(await response.text()).toContain('[DONE]')
    expect(JSON.parse(gateway.upstreams[0]!.lastBody())).toMatchObject({ messages: question.messages })
  })

  test('one that cannot be read is refused with 415, one that is none with 400, one that fills memory with 413', async () => {
    gateway = await startFaultyGateway([answerWell])
    const status = async (encoding: string, body: Buffer | string) =>
      (await post('/v1/chat/completions', body, { 'content-encoding': encoding })).status
    expect(await status('compress', 'x')).toBe(415)
    expect(await status('gzip', 'x')).toBe(400)
    expect(await status('gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024, ' ')))).toBe(413)
  })
})

test('tokens of a prompt can be counted as Anthropic does [MODELS-WIRE-14]', async () => {
  gateway = await startFaultyGateway([answerWell])
  const content = 'word '.repeat(400)
  const asked = JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] })
  const answer = await (await post('/v1/messages/count_tokens', asked)).json()
  expect(answer).toEqual({ input_tokens: expect.any(Number) })
  expect((answer as { input_tokens: number }).input_tokens).toBeGreaterThan(400)
  const unknown = await post('/v1/messages/count_tokens', '{"model":"other","messages":[]}')
  expect(unknown.status).toBe(404)
  expect(gateway.upstreams[0]?.requests()).toBe(0)
})

test('a wrong base address is told what is wrong with it [MODELS-WIRE-15]', async () => {
  gateway = await startFaultyGateway([answerWell])
  const messageAt = async (path: string) => {
    const response = await post(path, JSON.stringify(question))
    expect(response.status).toBe(404)
    return ((await response.json()) as { error: { message: string } }).error.message
  }
  expect(await messageAt('/v1/v1/chat/completions')).toContain('base address ends without it')
  expect(await messageAt('/v1/v1/messages')).toContain('/v1/messages')
  expect(await messageAt('/v1/chat/completions/')).toContain('slash at the end')
})

describe('an upstream that writes otherwise than usual [MODELS-WIRE-16]', () => {
  const packed = [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const
  for (const [encoding, pack] of packed) {
    test.each([true, false])(`packs its answer as ${encoding} (streamed: %s)`, async (stream) => {
      gateway = await startFaultyGateway([
        rewritten((body) => pack(Buffer.from(body)), `content-encoding: ${encoding}\r\n`),
      ])
      const text = await (await gateway.ask({ stream })).text()
      expect(text).toContain('four')
      if (stream) expect(text).toContain('[DONE]')
      expect(gateway.records).toMatchObject([{ status: 'ok', usage: { output: 4 } }])
    })
  }

  test('says that it packs and does not', async () => {
    gateway = await startFaultyGateway([
      rewritten((body) => Buffer.from(body), 'content-encoding: gzip\r\n'),
      answerWell,
    ])
    expect(await (await gateway.ask()).text()).toContain('[DONE]')
    expect(gateway.records).toMatchObject([{ status: 'ok', attempts: 2 }])
  })

  test('ends its lines with carriage returns alone', async () => {
    gateway = await startFaultyGateway([rewritten((body) => Buffer.from(body.replaceAll('\n', '\r')), '')])
    const text = await (await gateway.ask()).text()
    expect(text).toContain('" four"')
    expect(text).toContain('[DONE]')
    expect(gateway.records).toMatchObject([{ status: 'ok', usage: { output: 4 } }])
  })
})

test('the operator is told why an upstream refuses, and nobody what it was asked [MODELS-WIRE-17]', async () => {
  const body = JSON.stringify({
    error: { code: 'invalid_api_key', message: 'Incorrect key, while asked: my secret prompt' },
  })
  gateway = await startFaultyGateway([
    ({ socket }) =>
      socket.write(
        `HTTP/1.1 401 No\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      ),
  ])
  const said = await (await gateway.ask()).text()
  expect(said).toContain('invalid_api_key')
  expect(said).not.toContain('secret')
  expect(gateway.records).toMatchObject([{ status: 'failed', errorCode: 'model-key-refused' }])
})

test('a gateway that stops ends streams with an error event, and books them as cut [MODELS-FAIL-10]', async () => {
  gateway = await startFaultyGateway([(scene) => answerSlowly(scene, 500, 10)])
  const response = await gateway.ask()
  const messages = await gateway.ask({ max_tokens: 9 }, '/v1/messages')
  gateway.gateway.stopCalls()
  const text = await response.text()
  expect(streamError(text)).toMatchObject({ message: expect.stringContaining('stopping') })
  expect(await messages.text()).toContain('event: error')
  expect(gateway.records).toMatchObject([
    { status: 'cut', errorCode: 'gateway-stopping', httpStatus: 200 },
    { status: 'cut', errorCode: 'gateway-stopping', httpStatus: 200 },
  ])
  expect(inFlight(gateway)).toBe(0)
})
