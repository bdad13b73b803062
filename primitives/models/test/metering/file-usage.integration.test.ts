import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createIds, systemClock } from '@heavylift/core'
import type { Logger } from '@heavylift/core'
import { createRandom } from '@heavylift/core/math'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FileUsage } from '../../src/metering/files/file-usage.ts'
import { callRecord } from './call-record.ts'
import { runUsageStoreContract } from './usage-store-contract.ts'

const dayMs = 86_400_000
const startMs = Date.UTC(2026, 4, 10, 12)

let dir: string
let nowMs: number
let brokenLines: number
const clock = { ...systemClock, nowMs: () => nowMs }
const ids = createIds(clock)
const log: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (fields) => void (brokenLines += Number((fields as { broken?: number }).broken ?? 0)),
  error: () => undefined,
  child: () => log,
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'heavylift-usage-'))
  nowMs = startMs
  brokenLines = 0
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const open = ({
  keepDays = 10_000,
  ...options
}: { keepDays?: number; maxSegmentBytes?: number; dir?: string } = {}) =>
  FileUsage.open({ services: { clock, ids, log }, dir, keepDays: () => keepDays, ...options })

const everything = {
  tenantId: null,
  fromMs: 0,
  toMs: Number.MAX_SAFE_INTEGER / 1e3,
  by: 'model',
  bucket: 'day',
} as const
const callCount = async (usage: FileUsage) => (await usage.readUsage(everything)).total.calls
const listed = async (usage: FileUsage) =>
  (await usage.listCalls({ tenantId: null, limit: 100_000 })).map(({ id }) => id)
const segmentsOf = async (folder = dir) => (await readdir(folder)).filter((name) => name.endsWith('.jsonl'))

describe('as every place that usage is kept in', () => {
  runUsageStoreContract({ open: () => open() })
})

test('every call that was taken before a kill is there at the next start, once, and its sums with it [MODELS-ALONE-03]', async () => {
  const script = fileURLToPath(new URL('file-crash-child.ts', import.meta.url))
  const printed: string[] = []
  for (let kill = 0; kill < 3; kill++) {
    const child = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      if (output.length > 30_000 * (kill + 1)) child.kill('SIGKILL')
    })
    await once(child, 'close')
    printed.push(...output.split('\n').slice(0, -1))
  }
  nowMs = Date.now()
  const usage = await open()
  const found = await listed(usage)
  expect(new Set(found).size).toBe(found.length)
  expect(printed.length).toBeGreaterThan(1000)
  const there = new Set(found)
  expect(printed.filter((id) => !there.has(id))).toEqual([])
  expect(await callCount(usage)).toBe(found.length)
  await usage.close()
})

test('a log that is cut at any byte has every whole line before the cut, and the torn one is dropped and counted [MODELS-ALONE-04]', async () => {
  const usage = await open()
  const count = 40
  for (let i = 0; i < count; i++)
    usage.add(callRecord({ id: `call_${i}`, atMs: startMs + i, model: 'größer ✓' }))
  await usage.flush()
  const [name = ''] = await segmentsOf()
  const whole = await readFile(join(dir, name))
  await usage.close()
  const random = createRandom(7)
  const cuts = [
    0,
    1,
    whole.length - 1,
    whole.length,
    ...Array.from({ length: 60 }, () => Math.floor(random.next() * whole.length)),
  ]
  for (const cut of cuts) {
    brokenLines = 0
    nowMs += 1
    const folder = await mkdtemp(join(tmpdir(), 'heavylift-cut-'))
    const path = join(folder, name)
    await writeFile(path, whole.subarray(0, cut))
    const after = await open({ dir: folder })
    // A line is whole when its last byte is there; each begins with a line break.
    const text = whole.subarray(0, cut)
    const begun = text.filter((byte) => byte === 0x0a).length
    const ends = cut === whole.length || whole[cut] === 0x0a
    const isTorn = !ends && text.at(-1) !== 0x0a && cut > 0
    const expected = begun - (isTorn || text.at(-1) === 0x0a ? 1 : 0)
    expect({
      cut,
      calls: await callCount(after),
      listed: (await listed(after)).length,
      broken: brokenLines,
    }).toEqual({
      cut,
      calls: expected,
      listed: expected,
      broken: isTorn ? 1 : 0,
    })
    // What comes after goes on in a segment of its own.
    after.add(callRecord({ id: 'later', atMs: startMs }))
    expect((await listed(after))[0]).toBe('later')
    await after.close()
    await rm(folder, { recursive: true })
  }
})

test('segments end at their size and with their day; a day that is over is summed up in one file, and its calls go in time [MODELS-ALONE-05]', async () => {
  const usage = await open({ maxSegmentBytes: 4_000, keepDays: 2 })
  const add = (day: number, count: number) => {
    nowMs = startMs + day * dayMs
    for (let i = 0; i < count; i++) usage.add(callRecord({ id: `call_${day}_${i}`, atMs: nowMs + i }))
  }
  add(0, 30)
  add(1, 30)
  add(2, 5)
  await usage.close()
  expect((await segmentsOf()).length).toBeGreaterThan(6)
  expect((await segmentsOf()).every((name) => /^calls_2026-05-1[012]_/.test(name))).toBe(true)

  nowMs = startMs + 3 * dayMs
  const second = await open({ keepDays: 2 })
  expect(await callCount(second)).toBe(65)
  // The day that is older than two whole days has its sums alone.
  expect((await listed(second)).length).toBe(35)
  await second.close()
  expect((await readdir(dir)).filter((name) => name.endsWith('.sums')).toSorted()).toEqual([
    'day_2026-05-11.sums',
    'day_2026-05-12.sums',
    'past_2026-05-10.sums',
  ])
  // Late calls of a day that was summed up count as well.
  const third = await open()
  third.add(callRecord({ id: 'late', atMs: startMs + dayMs }))
  third.add(callRecord({ id: 'later still', atMs: startMs }))
  await third.close()
  const fourth = await open()
  expect(await callCount(fourth)).toBe(67)
  await fourth.close()
})

test('a start that was killed between any two steps of summing up counts each call once', async () => {
  const usage = await open({ maxSegmentBytes: 2_000 })
  for (let i = 0; i < 20; i++) usage.add(callRecord({ id: `call_${i}`, atMs: startMs + i }))
  await usage.close()
  const before = await mkdtemp(join(tmpdir(), 'heavylift-usage-'))
  await cp(dir, before, { recursive: true })
  nowMs = startMs + dayMs
  await (await open()).close()
  // The day's file is there, and the sums of its segments are not removed yet.
  for (const name of await readdir(before)) {
    if (name.endsWith('.jsonl.sums')) await cp(join(before, name), join(dir, name))
  }
  const after = await open({ keepDays: 0 })
  expect(await callCount(after)).toBe(20)
  await after.close()
  expect(await segmentsOf()).toEqual([])
  // The sums are marked as all that is left, and the segments are not removed yet.
  for (const name of await segmentsOf(before)) await cp(join(before, name), join(dir, name))
  const again = await open({ keepDays: 0 })
  expect(await callCount(again)).toBe(20)
  await again.close()
  expect(await segmentsOf()).toEqual([])
  await rm(before, { recursive: true })
})

test('calls that a full disk did not take are counted, and written when there is room', async () => {
  const usage = await open()
  usage.add(callRecord({ id: 'first', atMs: startMs }))
  await rm(dir, { recursive: true })
  // Another day needs another file, for which there is no folder.
  usage.add(callRecord({ id: 'second', atMs: startMs + dayMs }))
  expect(usage.unwritten).toBe(1)
  await expect(usage.flush()).rejects.toThrow('ENOENT')
  await cp(await mkdtemp(join(tmpdir(), 'heavylift-usage-')), dir, { recursive: true })
  await usage.flush()
  expect(await listed(usage)).toEqual(['second'])
  await usage.close()
})

test('its files are for their owner alone', async () => {
  const usage = await open()
  usage.add(callRecord({ id: 'a', atMs: startMs }))
  await usage.close()
  const names = await readdir(dir)
  expect(names).toHaveLength(2)
  for (const name of names) expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600)
})
