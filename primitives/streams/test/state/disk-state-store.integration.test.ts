import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DiskStateStore } from '../../src/state/disk-state-store.ts'
import { runStateStoreContract } from './state-store-contract.ts'

async function place() {
  const dir = await mkdtemp(join(tmpdir(), 'heavylift-states-'))
  return {
    dir,
    open: async () => new DiskStateStore(dir),
    dispose: () => rm(dir, { recursive: true }),
  }
}

describe('state store: disk [STREAMS-STATE-01]', () => runStateStoreContract(place))

test('keeps two, and passes over one that is torn or changed for the one before', async () => {
  const { dir, open, dispose } = await place()
  try {
    const store = await open()
    for (const offset of [1, 2, 3]) await store.save('p', 1, offset, Buffer.from(`at ${offset}`))
    const folder = join(dir, 'p@1')
    const files = (await readdir(folder)).sort()
    expect(files).toHaveLength(2)
    const newest = join(folder, files[1]!)
    const whole = await readFile(newest)
    for (const length of [0, 10, 32, whole.length - 1]) {
      await truncate(newest, length)
      expect((await store.load('p', 1))?.offset).toBe(2)
      await writeFile(newest, whole)
    }
    await writeFile(newest, Buffer.concat([whole.subarray(0, -1), Buffer.from('!')]))
    expect((await store.load('p', 1))?.offset).toBe(2)
  } finally {
    await dispose()
  }
})
