import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDiskLog } from '../../../src/index.ts'
import { readAll, runLogContract } from '../log-contract.ts'
import { event, events } from '../test-events.ts'

describe('every promise of a log [STREAMS-LOG-01] [STREAMS-LOG-02] [STREAMS-LOG-03] [STREAMS-LOG-04] [STREAMS-GROUP-01] [STREAMS-GROUP-02]', () => {
  for (const options of [{}, { fsync: 'batch', segmentBytes: 4_000 }] as const) {
    runLogContract({
      name: `disk ${JSON.stringify(options)}`,
      async make() {
        const place = await mkdtemp(join(tmpdir(), 'heavylift-log-'))
        return {
          open: () => openDiskLog({ folder: place, ...options }),
          dispose: () => rm(place, { recursive: true, force: true }),
        }
      },
    })
  }
})

let folder: string
const children: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-log-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

/** Appends until it is killed; resolves with the count it was told was safe. */
async function appendUntilKilled(from: number, acknowledgements: number): Promise<number> {
  const child = fork(join(import.meta.dirname, 'append-child.ts'), [folder, String(from)])
  children.push(child)
  const ended = once(child, 'exit')
  let safe = from - 1
  let heard = 0
  child.on('message', (count: number) => {
    safe = count
    if (++heard === acknowledgements) child.kill('SIGKILL')
  })
  await ended
  return safe
}

describe('a killed process', () => {
  test('loses nothing that was acknowledged, and goes on with the next offset, over the lock that was left [STREAMS-DISK-01] [STREAMS-DISK-03]', async () => {
    let safe = 0
    for (const acknowledgements of [3, 40]) {
      safe = await appendUntilKilled(safe + 1, acknowledgements)
      expect(await readdir(folder)).toContain('lock')
      const log = await openDiskLog({ folder })
      const read = await readAll(log, 't')
      // The last write may have become whole without being acknowledged.
      expect(read.length).toBeGreaterThanOrEqual(safe)
      expect(read.map((e) => e.id)).toEqual(read.map((_, i) => `event-${i + 1}`))
      expect(read.map((e) => e.offset)).toEqual(read.map((_, i) => i + 1))
      safe = read.length
      await log.close()
    }
  })
})

test('one owner at a time has the folder [STREAMS-DISK-03]', async () => {
  const log = await openDiskLog({ folder })
  const second = openDiskLog({ folder })
  await expect(second).rejects.toMatchObject({ code: 'log-folder-in-use' })
  await expect(second).rejects.toThrow(`in use by process ${process.pid}`)
  await log.append('t', [event(1)])
  await log.close()
  await (await openDiskLog({ folder })).close()
})

test('passes over the lock of a process whose id is used again', async () => {
  await writeFile(join(folder, 'lock'), `${process.pid} 1`)
  const log = await openDiskLog({ folder })
  await log.close()
})

describe('segments', () => {
  const segmentsOf = async (topic: string) =>
    (await readdir(join(folder, 'topics', topic))).filter((name) => name.endsWith('.log'))

  test('cuts a torn end with a warning, wherever the write was cut [STREAMS-DISK-02]', async () => {
    let log = await openDiskLog({ folder })
    await log.append('t', events(1, 5))
    const path = join(folder, 'topics', 't', (await segmentsOf('t'))[0]!)
    const whole = (await stat(path)).size
    await log.append('t', events(6, 8))
    await log.close()
    const bytes = await readFile(path)
    for (let size = whole; size < bytes.length; size += 13) {
      await writeFile(path, bytes.subarray(0, size))
      const warnings: unknown[] = []
      log = await openDiskLog({
        folder,
        logger: { ...silentLogger, warn: (fields) => warnings.push(fields) },
      })
      expect(warnings).toEqual(
        size === whole ? [] : [expect.objectContaining({ cutBytes: size - whole, nextOffset: 6 })],
      )
      expect(await log.append('t', [event(3), event(7)])).toEqual([
        { offset: 3, duplicate: true },
        { offset: 6, duplicate: false },
      ])
      expect((await readAll(log, 't')).map((e) => e.id)).toEqual([...events(1, 5), event(7)].map((e) => e.id))
      await log.close()
    }
  })

  test('says which file is damaged instead of skipping what it held [STREAMS-DISK-02]', async () => {
    let log = await openDiskLog({ folder, segmentBytes: 1000, duplicateWindow: 10 })
    for (let n = 1; n <= 100; n++) await log.append('t', [event(n)])
    await log.close()
    const path = join(folder, 'topics', 't', (await segmentsOf('t'))[0]!)
    const bytes = await readFile(path)
    bytes[200]! ^= 1
    await writeFile(path, bytes)
    log = await openDiskLog({ folder, segmentBytes: 1000, duplicateWindow: 10 })
    await expect(readAll(log, 't')).rejects.toMatchObject({
      code: 'log-corrupt',
      message: expect.stringContaining(path),
    })
    await log.close()
  })

  test('removes whole segments by size and by age, and readers go on behind them [STREAMS-DISK-04]', async () => {
    let nowMs = 0
    const clock = { nowMs: () => nowMs, monotonicMs: () => performance.now() }
    let log = await openDiskLog({ folder, segmentBytes: 1000, retainBytes: 5000, clock })
    for (let n = 1; n <= 200; n++) {
      nowMs = n
      await log.append('t', [event(n)])
    }
    const { first, next } = await log.range('t')
    expect(first).toBeGreaterThan(100)
    expect(next).toBe(201)
    expect((await readAll(log, 't')).map((e) => e.offset)).toEqual(
      Array.from({ length: next - first }, (_, i) => first + i),
    )
    const sizes = await Promise.all(
      (await segmentsOf('t')).map(async (name) => (await stat(join(folder, 'topics', 't', name))).size),
    )
    expect(sizes.reduce((a, b) => a + b)).toBeLessThan(7000)
    await log.close()
    nowMs = 10_000
    log = await openDiskLog({ folder, segmentBytes: 1000, retainMs: 5000, clock })
    expect(await segmentsOf('t')).toHaveLength(1)
    expect((await log.range('t')).next).toBe(201)
    expect(await log.append('t', [event(201)])).toEqual([{ offset: 201, duplicate: false }])
    await log.close()
  })

  test('a group goes on behind what retention has removed', async () => {
    const log = await openDiskLog({ folder, segmentBytes: 500, retainBytes: 1500 })
    await log.append('t', events(1, 4))
    const abort = new AbortController()
    const seen: number[] = []
    for await (const delivery of log.consume('t', { group: 'g', maxInFlight: 1, signal: abort.signal })) {
      seen.push(delivery.event.offset)
      await delivery.ack()
      if (seen.length === 4) for (let n = 5; n <= 100; n++) await log.append('t', [event(n)])
      if (delivery.event.offset === 100) abort.abort()
    }
    const { first } = await log.range('t')
    expect(seen).toEqual([1, 2, 3, 4, ...Array.from({ length: 101 - first }, (_, i) => first + i)])
    await log.close()
  })

  test('forgets ids that are further back than its window', async () => {
    const log = await openDiskLog({ folder, duplicateWindow: 10 })
    await log.append('t', events(1, 40))
    expect(await log.append('t', [event(31), event(1)])).toEqual([
      { offset: 31, duplicate: true },
      { offset: 41, duplicate: false },
    ])
    await log.close()
  })
})

test.runIf(process.platform === 'linux')(
  'reads no further ahead than it is asked [STREAMS-LOG-05]',
  async () => {
    const log = await openDiskLog({ folder })
    const payload = Buffer.alloc(10_000)
    for (let from = 1; from <= 2000; from += 100) {
      await log.append(
        't',
        events(from, from + 99).map((e) => ({ ...e, payload })),
      )
    }
    const readBytes = async () => Number(/^rchar: (\d+)/.exec(await readFile('/proc/self/io', 'utf8'))![1])
    const signal = new AbortController().signal
    const reader = log
      .read('t', { fromOffset: 1, maxEvents: 100, until: 'follow', signal })
      [Symbol.asyncIterator]()
    const before = await readBytes()
    await reader.next()
    await log.append('t', events(2001, 2100))
    await readAll(log, 'empty')
    expect((await readBytes()) - before).toBeLessThan(4_000_000)
    await reader.return?.()
    await log.close()
  },
)

test('takes the failed write back, so that the same events can be appended again [STREAMS-DISK-05]', async () => {
  let log = await openDiskLog({ folder, segmentBytes: 300 })
  await log.append('t', events(1, 10))
  // The next segment cannot be made while a file of its name is there.
  const blocked = join(folder, 'topics', 't', '0000000000000011.log')
  await appendFile(blocked, '')
  await expect(log.append('t', events(9, 12))).rejects.toMatchObject({
    code: 'stream-unavailable',
    isRetryable: true,
  })
  expect(await log.range('t')).toEqual({ first: 1, next: 11 })
  await rm(blocked)
  expect(await log.append('t', events(9, 12))).toEqual([
    { offset: 9, duplicate: true },
    { offset: 10, duplicate: true },
    { offset: 11, duplicate: false },
    { offset: 12, duplicate: false },
  ])
  await log.close()
  log = await openDiskLog({ folder })
  expect((await readAll(log, 't')).map((e) => e.id)).toEqual(events(1, 12).map((e) => e.id))
  await log.close()
})
