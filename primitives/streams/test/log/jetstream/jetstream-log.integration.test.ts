import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openJetStreamLog } from '../../../src/index.ts'
import { startNats, type TestNats } from '../../../src/testing/index.ts'
import { readAll, runLogContract } from '../log-contract.ts'
import { event, events } from '../test-events.ts'

let nats: TestNats
let places = 0

beforeAll(async () => {
  nats = await startNats({ nodes: 1 })
})
afterAll(() => nats.stop())

runLogContract({
  name: 'JetStream, one server',
  make() {
    const prefix = `place-${++places}`
    return Promise.resolve({
      open: () => openJetStreamLog({ servers: nats.servers, prefix }),
      dispose: () => Promise.resolve(),
    })
  },
})

test('reads no further ahead than one batch [STREAMS-LOG-05]', async () => {
  const log = await openJetStreamLog({ servers: nats.servers, prefix: 'slow' })
  await log.append('t', events(1, 1000))
  const signal = new AbortController().signal
  const reader = log
    .read('t', { fromOffset: 1, maxEvents: 100, until: 'follow', signal })
    [Symbol.asyncIterator]()
  await reader.next()
  await log.append('t', events(1001, 1500))
  const connection = await connect({ servers: nats.servers })
  const manager = await jetstreamManager(connection)
  const [consumer] = await manager.consumers.list('slow_t').next()
  expect(consumer!.delivered.consumer_seq).toBeLessThanOrEqual(200)
  await connection.close()
  await reader.return?.()
  await log.close()
})

test('says that the server is away, and goes on with it: the same events are stored once [STREAMS-JETSTREAM-03]', async () => {
  const log = await openJetStreamLog({ servers: nats.servers, prefix: 'away', deadlineMs: 200 })
  const abort = new AbortController()
  const read: string[] = []
  const reading = (async () => {
    for await (const batch of log.read('t', { fromOffset: 1, until: 'follow', signal: abort.signal })) {
      read.push(...batch.map((e) => e.id))
      if (read.length === 60) abort.abort()
    }
  })()
  await log.append('t', events(1, 50))
  await nats.kill(0)
  const away = log.append('t', events(41, 60))
  await expect(away).rejects.toMatchObject({ code: 'stream-unavailable', isRetryable: true })
  await expect(readAll(log, 't')).rejects.toMatchObject({ code: 'stream-unavailable' })
  await expect(openJetStreamLog({ servers: nats.servers, deadlineMs: 100 })).rejects.toMatchObject({
    code: 'stream-unavailable',
  })
  await nats.restart(0)
  const again = await appendUntilThere(() => log.append('t', events(41, 60)))
  expect(again.map((a) => a.offset)).toEqual(Array.from({ length: 20 }, (_, i) => 41 + i))
  expect(again.slice(0, 10).every((a) => a.duplicate)).toBe(true)
  await reading
  expect(read).toEqual(events(1, 60).map((e) => e.id))
  expect((await readAll(log, 't')).map((e) => e.offset)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
  await log.close()
})

test('keeps topics of other prefixes apart, and refuses a prefix that is no name', async () => {
  const one = await openJetStreamLog({ servers: nats.servers, prefix: 'one' })
  const two = await openJetStreamLog({ servers: nats.servers, prefix: 'one-two' })
  await one.append('two', [event(1)])
  expect(await two.topics()).toEqual([])
  expect(await two.append('two', [event(1)])).toEqual([{ offset: 1, duplicate: false }])
  expect(await one.topics()).toEqual(['two'])
  await one.close()
  await two.close()
  await expect(openJetStreamLog({ servers: nats.servers, prefix: 'a.b' })).rejects.toMatchObject({
    code: 'log-prefix-invalid',
  })
})

/** The connection finds the server again a little later than the test does. */
async function appendUntilThere<Result>(append: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await append()
    } catch (error) {
      if ((error as { isRetryable?: boolean }).isRetryable !== true) throw error
    }
  }
}
