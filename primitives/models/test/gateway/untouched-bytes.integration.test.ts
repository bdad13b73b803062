import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestGateway } from '../../src/testing/test-gateway.ts'
import type { TestGateway } from '../../src/testing/test-gateway.ts'

interface Exchanged {
  /** Of the client, with its own name of the model. */
  body: string
  stream: Buffer
  /** Where the upstream cuts its writes. */
  cuts: number[]
}

const event = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constant(null) },
)
const stream = fc
  .record({ events: fc.array(event, { maxLength: 12 }), lineEnd: fc.constantFrom('\n', '\r\n') })
  .map(({ events, lineEnd }) => {
    const end = lineEnd + lineEnd
    const text = events.map((content) =>
      content === null
        ? `: a comment${end}`
        : `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }], usage: null })}${end}`,
    )
    const finish = `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}${end}`
    const usage = `data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":${events.length}}}${end}`
    return Buffer.from(`${text.join('')}${finish}${usage}data: [DONE]${end}`)
  })
const exchanged: fc.Arbitrary<Exchanged> = fc.record({
  body: fc
    .record({ content: fc.string({ unit: 'binary' }), space: fc.constantFrom('', ' ', '\n  ') })
    .map(
      ({ content, space }) =>
        `{${space}"messages":${space}[{"role":"user","content":${JSON.stringify(content)}}],"unknown":1.50,${space}"model":"m","stream":true,"stream_options":{"include_usage":true}${space}}`,
    ),
  stream,
  cuts: fc.array(fc.nat(1500), { maxLength: 5 }),
})

let current: Exchanged
let received = ''
let gateway: TestGateway
const upstream = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    received = Buffer.concat(parts).toString()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    let from = 0
    const next = () => {
      const to = cuts.shift() ?? current.stream.length
      response.write(current.stream.subarray(from, to))
      from = to
      if (from < current.stream.length) setImmediate(next)
      else response.end()
    }
    const cuts = [...new Set(current.cuts)]
      .filter((cut) => cut > 0 && cut < current.stream.length)
      .toSorted((a, b) => a - b)
    next()
  })
})

beforeEach(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  gateway = await startTestGateway({
    providers: {
      up: {
        kind: 'openai',
        replicas: [`http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`],
      },
    },
    models: { m: { targets: [{ provider: 'up', model: 'its/own-name' }] } },
  })
})
afterEach(async () => {
  await gateway.close()
  upstream.closeAllConnections()
  await new Promise((resolve) => upstream.close(resolve))
})

test('1,000 random streams reach the client byte for byte however they are cut, and are metered [MODELS-PROXY-01] [MODELS-PROXY-02]', async () => {
  for (const one of fc.sample(exchanged, { numRuns: 1_000, seed: 11 })) {
    current = one
    const response = await fetch(`${gateway.address}/v1/chat/completions`, { method: 'POST', body: one.body })
    const got = Buffer.from(await response.arrayBuffer())
    expect(got.equals(one.stream), one.stream.toString()).toBe(true)
    expect(received).toBe(one.body.replace('"model":"m"', '"model":"its/own-name"'))
    expect(gateway.records.at(-1)).toMatchObject({
      status: 'ok',
      isUsageEstimated: false,
      usage: { input: 7 },
    })
  }
}, 60_000)
