import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Kvm } from '@nats-io/kv'
import { connect } from '@nats-io/transport-node'
import { NatsStateStore } from '../../src/state/nats-state-store.ts'
import { startNats, type TestNats } from '../../src/testing/start-nats.ts'
import { runStateStoreContract } from './state-store-contract.ts'

let nats: TestNats

beforeAll(async () => {
  nats = await startNats({ nodes: 1 })
})

afterAll(() => nats.stop())

let places = 0

async function place() {
  const bucket = `states-${++places}`
  const opened: NatsStateStore[] = []
  return {
    bucket,
    async open() {
      const store = await NatsStateStore.open({ servers: nats.servers, bucket })
      opened.push(store)
      return store
    },
    async dispose() {
      for (const store of opened) await store.close()
    },
  }
}

describe('state store: NATS [STREAMS-STATE-01]', () => runStateStoreContract(place))

test('keeps the chunks of two, and passes over one that is torn for the one before', async () => {
  const opened = await place()
  const connection = await connect({ servers: nats.servers })
  try {
    const store = await opened.open()
    for (const offset of [1, 2, 3]) await store.save('p', 1, offset, Buffer.alloc(600_000, `${offset}`))
    const kv = await new Kvm(connection).open(opened.bucket)
    const keys: string[] = []
    for await (const key of await kv.keys()) keys.push(key)
    expect(keys).toHaveLength(1 + 2 * 2)
    await kv.put(
      keys.find((key) => /\.3\.\w+\.1$/.test(key))!,
      'other bytes',
    )
    expect((await store.load('p', 1))?.offset).toBe(2)
  } finally {
    await connection.close()
    await opened.dispose()
  }
})
