import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openJetStreamLog } from '../../../src/index.ts'
import { startNats, type TestNats } from '../../../src/testing/index.ts'
import { readAll, runLogContract } from '../log-contract.ts'
import { event, events } from '../test-events.ts'

let nats: TestNats
/** Loses a server; the other one does not notice, so that both are tested side by side: an election is seconds of waiting. */
let mortal: TestNats
let places = 0

beforeAll(async () => {
  ;[nats, mortal] = await Promise.all([startNats({ nodes: 3 }), startNats({ nodes: 3 })])
})
afterAll(() => Promise.all([nats, mortal].map((each) => each?.stop())))

describe.concurrent('a killed server of three', () => {
  test('loses no event, doubles none, and stops no reader and no group [STREAMS-JETSTREAM-01] [STREAMS-JETSTREAM-02]', async () => {
    const log = await openJetStreamLog({ servers: mortal.servers, prefix: 'kill', replicas: 3 })
    await log.append('t', [event(1)])
    const abort = new AbortController()
    const read: string[] = []
    const reading = (async () => {
      for await (const batch of log.read('t', { fromOffset: 1, until: 'follow', signal: abort.signal })) {
        read.push(...batch.map((e) => e.id))
      }
    })()
    const acknowledged = new Set<string>()
    const consuming = (async () => {
      for await (const delivery of log.consume('t', { group: 'g', ackWaitMs: 2000, signal: abort.signal })) {
        await delivery.ack()
        acknowledged.add(delivery.event.id)
      }
    })()
    let next = 2
    let isKilled = false
    let afterKill = 0
    const offsets = [1]
    const appending = (async () => {
      while (afterKill < 20) {
        const appended = await log.append('t', events(next, next + 99))
        offsets.push(...appended.map((a) => a.offset))
        next += 100
        if (isKilled) afterKill += 1
      }
    })()
    while (next < 1000) await wait(5)
    const leader = (await mortal.leaderOf('kill_t'))!
    await mortal.kill(leader)
    isKilled = true
    await appending
    const wanted = events(1, next - 1).map((e) => e.id)
    while (read.length < wanted.length || acknowledged.size < wanted.length) await wait(20)
    abort.abort()
    await Promise.all([reading, consuming])
    expect(offsets).toEqual(wanted.map((_, i) => i + 1))
    expect(read).toEqual(wanted)
    expect([...acknowledged].sort()).toEqual([...wanted].sort())
    await mortal.restart(leader)
    expect((await readAll(log, 't')).map((e) => e.id)).toEqual(wanted)
    await log.close()
  })
})

runLogContract({
  name: 'JetStream, three servers, three replicas',
  make() {
    const prefix = `place-${++places}`
    return Promise.resolve({
      open: () => openJetStreamLog({ servers: nats.servers, prefix, replicas: 3 }),
      dispose: () => Promise.resolve(),
    })
  },
})
