import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { CompletionPart } from '../../src/gateway/in-process/complete.ts'
import { completeInProcess } from '../../src/gateway/in-process/complete-in-process.ts'
import { ModelError } from '../../src/failure/model-error.ts'
import { answerSlowly, answerWell, event, faults } from '../../src/testing/faults.ts'
import type { Fault, FaultName } from '../../src/testing/faults.ts'
import { inFlight, startFaultyGateway } from './faulty-gateway.ts'
import type { FaultyGateway } from './faulty-gateway.ts'

let gateway: FaultyGateway
afterEach(() => gateway.close())

async function call(signal = new AbortController().signal): Promise<CompletionPart[]> {
  const complete = completeInProcess(gateway.gateway, 'm')
  return Array.fromAsync(complete([{ role: 'user', content: 'hi' }], { signal }))
}

async function failure(): Promise<ModelError> {
  try {
    await call()
  } catch (error) {
    if (error instanceof ModelError) return error
    throw error
  }
  throw new Error('expected the call to fail')
}

describe('a call from this process [MODELS-FAIL-09]', () => {
  test.each<FaultName>(['status-429-seconds', 'status-500', 'status-503-retry-after'])(
    '%s: is asked again, and answered by the only replica there is [MODELS-COMPLETE-02]',
    async (name) => {
      gateway = await startFaultyGateway([
        (scene) => (scene.index === 0 ? faults[name](scene) : answerWell(scene)),
      ])
      const parts = await call()
      expect(parts.at(-1)).toMatchObject({
        type: 'done',
        finishReason: 'stop',
        usage: { promptTokens: 7, completionTokens: 4 },
      })
      expect(gateway.upstreams[0]?.requests()).toBe(2)
    },
  )

  test('is not asked again once a part of the answer was given [MODELS-COMPLETE-02]', async () => {
    gateway = await startFaultyGateway([faults['reset-mid-event'], answerWell])
    expect((await failure()).code).toBe('model-cut-off')
    expect(gateway.upstreams[1]?.requests()).toBe(0)
  })

  test('is answered by another replica when one fails before its first token', async () => {
    gateway = await startFaultyGateway([faults['reset-before-headers'], answerWell])
    const parts = await call()
    expect(parts.map((part) => (part.type === 'text' ? part.text : '')).join('')).toBe('One two three four')
    expect(parts.at(-1)).toMatchObject({ type: 'done', finishReason: 'stop' })
  })

  test.each<[FaultName, string]>([
    ['black-hole', 'model-idle'],
    ['status-500', 'model-unavailable'],
    ['status-429-seconds', 'model-rate-limited'],
    ['reset-mid-event', 'model-cut-off'],
    ['stall-mid-stream', 'model-idle'],
    ['clean-end-without-finish', 'model-cut-off'],
    ['error-event-in-the-middle', 'model-unavailable'],
    ['html-with-200', 'model-garbage'],
    ['request-refused', 'model-rejected'],
  ])('%s ends in a ModelError %s, with nothing left [MODELS-COMPLETE-03]', async (name, code) => {
    gateway = await startFaultyGateway([faults[name]], { retries: 0, queue: { maxWaitMs: 500 } })
    const error = await failure()
    expect(error.code).toBe(code)
    if (name === 'status-429-seconds') expect(error.retryAfterMs).toBeCloseTo(2000, -3)
    expect(inFlight(gateway)).toBe(0)
    expect(gateway.records).toHaveLength(1)
  })

  const slowly: Fault = (scene) => answerSlowly(scene, 200, 10)

  test('stops upstream when it is aborted, and when its reader leaves [MODELS-COMPLETE-03]', async () => {
    gateway = await startFaultyGateway([slowly])
    const abort = new AbortController()
    const aborted = call(abort.signal)
    await expect.poll(() => gateway.upstreams[0]?.sockets()).toBe(1)
    abort.abort()
    await expect(aborted).rejects.toMatchObject({ code: 'model-aborted' })
    await expect.poll(() => gateway.upstreams[0]?.sockets()).toBe(0)

    const complete = completeInProcess(gateway.gateway, 'm')
    for await (const part of complete([], { signal: new AbortController().signal })) {
      if (part.type === 'text') break
    }
    await expect.poll(() => gateway.upstreams[0]?.sockets()).toBe(0)
    expect(inFlight(gateway)).toBe(0)
    expect(gateway.records).toMatchObject([{ status: 'cancelled' }, { status: 'cancelled' }])
  })

  test('a reader that is slow stops the upstream', async () => {
    let sent = 0
    gateway = await startFaultyGateway([
      ({ socket }) => {
        const text = event('x'.repeat(8000))
        const piece = `${text.length.toString(16)}\r\n${text}\r\n`
        socket.write(
          'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n',
        )
        const more = () => {
          while (!socket.destroyed && socket.write(piece)) sent += piece.length
        }
        socket.on('drain', more)
        more()
      },
    ])
    const complete = completeInProcess(gateway.gateway, 'm')
    for await (const _part of complete([], { signal: new AbortController().signal })) {
      let before = -1
      while (sent !== before) {
        before = sent
        await sleep(400)
      }
      break
    }
    expect(sent).toBeLessThan(32 * 1024 * 1024)
    await expect.poll(() => inFlight(gateway)).toBe(0)
  })
})
