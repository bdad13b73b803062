import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIds, silentLogger, systemClock } from '@heavylift/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CallLog } from '../../src/metering/call-log.ts'
import type { CallRecord } from '../../src/metering/call-record.ts'
import { CallWriter } from '../../src/metering/call-writer.ts'
import { callRecord } from './call-record.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'heavylift-calls-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

/** A writer to a database that is away until `comesBack`. */
function openWriter(options: { maxRows?: number; maxRowsInMemory?: number } = {}) {
  const batches: CallRecord[][] = []
  let isAway = true
  const writer = new CallWriter({
    log: new CallLog(dir, createIds(systemClock)),
    logger: silentLogger,
    write: (records) => {
      if (isAway) return Promise.reject(new Error('away'))
      batches.push(records)
      return Promise.resolve()
    },
    ...options,
  })
  const comesBack = () => {
    isAway = false
  }
  return { writer, batches, comesBack }
}

const records = (count: number) => Array.from({ length: count }, (_, i) => callRecord({ id: `call_${i}` }))

test('records beyond what memory holds are read back from disk, in order [MODELS-METER-05]', async () => {
  const { writer, batches, comesBack } = openWriter({ maxRows: 5, maxRowsInMemory: 10 })
  const all = records(43)
  for (const record of all) writer.add(record)
  await expect(writer.flush()).rejects.toThrow('away')
  expect(await readdir(dir)).toHaveLength(9)
  comesBack()
  await writer.flush()
  expect(batches.flat()).toEqual(all)
  // The first two segments are the very objects, the others were read.
  expect(batches.flat().filter((record, i) => record === all[i])).toHaveLength(10)
  expect(await readdir(dir)).toEqual([])
})

test('what could not be written to disk is kept in memory, counted, and written to the database', async () => {
  const { writer, batches, comesBack } = openWriter({ maxRows: 2, maxRowsInMemory: 0 })
  comesBack()
  await rm(dir, { recursive: true })
  const all = records(3)
  for (const record of all) writer.add(record)
  await writer.flush()
  expect(batches.flat()).toEqual(all)
  expect(writer.unwritten).toBe(3)
})

test('a writer that is closed while the database is away leaves all to the next one', async () => {
  const first = openWriter({ maxRows: 2 })
  const all = records(5)
  for (const record of all) first.writer.add(record)
  await first.writer.close()
  expect(first.batches).toEqual([])
  const second = openWriter()
  second.comesBack()
  await second.writer.close()
  // Files of one millisecond have no order among them.
  expect(second.batches.flat().toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(all)
})
