import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDiskLog, TwinWriter } from '../../../src/index.ts'
import { StreamUnavailableError } from '../../../src/log/stream-errors.ts'
import type { Log, LogEvent } from '../../../src/index.ts'

let folder: string
let logs: [Log, Log]
/** Which path answers nothing for now. */
let isAway: [boolean, boolean]
/** While set, the first path's appends wait for it before they are stored. */
let gate: Promise<void> | null
let writer: TwinWriter

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-twin-'))
  logs = [await openDiskLog({ folder: join(folder, 'a') }), await openDiskLog({ folder: join(folder, 'b') })]
  isAway = [false, false]
  gate = null
  writer = newWriter()
})

afterEach(async () => {
  await writer.close()
  for (const log of logs) await log.close()
  await rm(folder, { recursive: true })
})

function newWriter(maxWaiting = 1_000): TwinWriter {
  return new TwinWriter({
    paths: [0, 1].map((path) => () => Promise.resolve(flaky(path as 0 | 1))),
    topics: ['t'],
    maxWaiting,
    retryMs: 1,
  })
}

function flaky(path: 0 | 1): Log {
  const log = logs[path]
  return {
    ...boundLog(log),
    append: async (topic, events) => {
      if (isAway[path]) throw new StreamUnavailableError({ message: 'away' })
      if (path === 0) await gate
      return log.append(topic, events)
    },
  }
}

function boundLog(log: Log): Log {
  return {
    append: (topic, events) => log.append(topic, events),
    read: (topic, options) => log.read(topic, options),
    range: (topic) => log.range(topic),
    consume: (topic, options) => log.consume(topic, options),
    topics: () => log.topics(),
    close: () => log.close(),
  }
}

function event(name: string): LogEvent {
  return { id: name, key: 'k', eventTimeMs: 1, schemaVersion: 1, payload: Buffer.from(name) }
}

async function held(log: Log): Promise<string[]> {
  const ids: string[] = []
  const signal = new AbortController().signal
  for await (const events of log.read('t', { fromOffset: 1, until: 'end', signal }))
    ids.push(...events.map(({ id }) => id))
  return ids
}

const names = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `e${from + index}`)

test('both paths hold every event in one order [STREAMS-TWIN-01]', async () => {
  await Promise.all(names(0, 50).map((name) => writer.append('t', [event(name)])))
  await writer.settled()
  expect(await held(logs[0])).toEqual(names(0, 50))
  expect(await held(logs[1])).toEqual(names(0, 50))
})

test('goes on while a path is away, which then gets what it missed, in order [STREAMS-TWIN-01]', async () => {
  await writer.append('t', [event('e0')])
  await writer.settled()
  isAway[0] = true
  for (const name of names(1, 20)) await writer.append('t', [event(name)])
  expect(writer.behind()).toEqual([true, false])
  expect(await held(logs[0])).toEqual(['e0'])
  isAway[0] = false
  await writer.append('t', [event('e20')])
  await writer.settled()
  expect(writer.behind()).toEqual([false, false])
  expect(await held(logs[0])).toEqual(names(0, 21))
})

test('a path that was away too long is caught up from the other [STREAMS-TWIN-02]', async () => {
  writer = newWriter(5)
  isAway[1] = true
  for (const name of names(0, 40)) await writer.append('t', [event(name)])
  isAway[1] = false
  await writer.settled()
  await writer.append('t', [event('e40')])
  await writer.settled()
  expect((await held(logs[1])).toSorted()).toEqual(names(0, 41).toSorted())
  expect(await held(logs[0])).toEqual(names(0, 41))
})

test('a path that comes back while the other still stores gets that event too [STREAMS-TWIN-02]', async () => {
  writer = newWriter(5)
  isAway[1] = true
  for (const name of names(0, 10)) await writer.append('t', [event(name)])
  const { promise, resolve: open } = Promise.withResolvers<void>()
  gate = promise
  const slow = writer.append('t', [event('e10')])
  isAway[1] = false
  // The lost path comes back before the other has stored e10.
  while (writer.behind()[1]) await new Promise((resolve) => setTimeout(resolve, 1))
  open()
  await slow
  await writer.settled()
  expect(await held(logs[0])).toEqual(names(0, 11))
  expect(await held(logs[1])).toEqual(names(0, 11))
})

test('what a killed writer left in one path only comes to the other at the next start [STREAMS-TWIN-02]', async () => {
  await logs[0].append('t', [event('e0'), event('e1')])
  await logs[1].append('t', [event('e0')])
  expect(await writer.reconcile()).toBe(1)
  expect(await held(logs[1])).toEqual(['e0', 'e1'])
  expect(await writer.reconcile()).toBe(0)
})

test('rejects only when every path refuses', async () => {
  const refused = { ...event('x'), eventTimeMs: Number.NaN }
  await expect(writer.append('t', [refused])).rejects.toThrow()
})
