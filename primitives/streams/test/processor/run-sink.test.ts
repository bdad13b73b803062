import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import { expect, test } from 'vitest'
import { runSink, type RunSinkOptions, type SinkEvent } from '../../src/processor/run-sink.ts'
import { MemoryStateStore } from '../../src/state/memory-state-store.ts'
import { MemoryLog } from './memory-log.ts'
import { jsonOf, testCodec, testEvent } from './test-codec.ts'

async function logOf(...values: string[]): Promise<MemoryLog> {
  const log = new MemoryLog()
  await log.append(
    'out',
    values.map((value, i) => testEvent(`${i + 1}`, 'k', i, value)),
  )
  return log
}

function sink(log: MemoryLog, options: Partial<RunSinkOptions<string>>) {
  return runSink<string>({
    log,
    topic: 'out',
    codec: testCodec(),
    name: 'table',
    write: () => Promise.resolve(),
    position: { states: new MemoryStateStore() },
    signal: new AbortController().signal,
    until: 'end',
    ...options,
  })
}

/** A table with transactions: rows by id, and the position beside them. */
class Table {
  rows = new Map<string, string>()
  position = 0
  calls: number[] = []

  write = async (events: readonly SinkEvent<string>[], position: number): Promise<void> => {
    this.calls.push(events.length)
    if (events.some(({ value }) => value === 'bad')) {
      throw Object.assign(new Error('violates a constraint'), { code: '23514' })
    }
    for (const { id, value } of events) this.rows.set(id, value)
    this.position = position
  }

  load = async (): Promise<number> => this.position
}

test('writes in order and goes on from the position that the sink itself stored', async () => {
  const log = await logOf('a', 'b', 'c')
  const table = new Table()
  await sink(log, { write: table.write, position: table, maxBatchEvents: 2 }).done
  expect([...table.rows]).toEqual([
    ['1', 'a'],
    ['2', 'b'],
    ['3', 'c'],
  ])
  await log.append('out', [testEvent('4', 'k', 3, 'd')])
  table.calls = []
  const again = sink(log, { write: table.write, position: table })
  await again.done
  expect(table.calls).toEqual([1])
  expect(again).toMatchObject({ position: 4, written: 1 })
})

test('keeps the position in the state store for a sink that cannot', async () => {
  const log = await logOf('a', 'b')
  const states = new MemoryStateStore()
  await sink(log, { position: { states } }).done
  const again = sink(log, { position: { states } })
  await again.done
  expect(again).toMatchObject({ position: 2, written: 0 })
})

test('gives up alone the events that cannot be written or read, and writes all others [STREAMS-SINK-01]', async () => {
  const log = await logOf('a', 'b', 'bad', 'c', 'd', 'bad', 'e')
  await log.append('out', [{ ...testEvent('torn', 'k', 9, ''), payload: Buffer.from('{') }])
  const table = new Table()
  const handle = sink(log, { write: table.write, position: table })
  await handle.done
  expect([...table.rows.values()]).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(table.position).toBe(8)
  expect(handle).toMatchObject({ position: 8, written: 5, deadLetters: 3, retries: 0 })
  expect(log.events('out.dead').map((letter) => jsonOf(letter))).toMatchObject([
    { kind: 'undecodable', id: 'torn', where: 'table' },
    { kind: 'refused', id: '3', reason: 'violates a constraint' },
    { kind: 'refused', id: '6' },
  ])
})

test('tries again for as long as the sink is away, and loses nothing [STREAMS-SINK-02]', async () => {
  const log = await logOf('a', 'b')
  const table = new Table()
  let failures = 3
  const handle = sink(log, {
    position: table,
    async write(events, position) {
      if (failures-- > 0) throw new Error('connection refused')
      await table.write(events, position)
    },
  })
  await handle.done
  expect(handle).toMatchObject({ retries: 3, deadLetters: 0, written: 2 })
  expect(table.rows.size).toBe(2)
})

test('takes errors for poison as it is told to', async () => {
  const log = await logOf('a')
  const refused = sink(log, {
    write: (events) =>
      events.length > 0
        ? Promise.reject(new InvalidInputError({ code: 'no', message: 'no' }))
        : Promise.resolve(),
  })
  await refused.done
  expect(refused.deadLetters).toBe(1)
  let failures = 1
  const retried = sink(log, {
    isPoison: () => false,
    write: () =>
      failures-- > 0
        ? Promise.reject(new HeavyliftError({ code: 'no', message: 'no', status: 400 }))
        : Promise.resolve(),
  })
  await retried.done
  expect(retried).toMatchObject({ deadLetters: 0, retries: 1 })
})

test('drains, and stops while it waits to try again', async () => {
  const log = await logOf('a')
  const following = sink(log, { until: 'follow' })
  await following.drain()
  expect(following.written).toBe(1)
  await following.stop()
  const failing = sink(log, { write: () => Promise.reject(new Error('away')), until: 'follow' })
  await failing.stop()
  expect(failing.position).toBe(0)
  await expect(failing.drain()).rejects.toMatchObject({ code: 'sink-stopped' })
})
