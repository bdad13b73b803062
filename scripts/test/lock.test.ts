import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acquireLock, processStart } from '../setup/lock.mjs'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'heavylift-lock-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

test('a second set-up waits for the first [CORE-SETUP-01]', async () => {
  const order: string[] = []
  const release = await acquireLock(directory)
  const second = acquireLock(directory, () => {
    order.push('waiting')
    release()
  }).then((releaseSecond) => {
    order.push('second')
    releaseSecond()
  })
  await second
  expect(order).toEqual(['waiting', 'second'])
})

test('a lock whose owner is gone, or whose number went to another process, is passed over [CORE-SETUP-01]', async () => {
  const neverWait = () => expect.fail('waited for a lock that nobody holds')
  const gone = 2 ** 22 + 1
  expect(processStart(gone)).toBeNull()
  writeFileSync(join(directory, 'setup-lock.7'), JSON.stringify({ pid: gone, startedAt: 'x' }))
  const release = await acquireLock(directory, neverWait)
  release()
  writeFileSync(
    join(directory, 'setup-lock.9'),
    JSON.stringify({ pid: process.pid, startedAt: 'another time' }),
  )
  const releaseAgain = await acquireLock(directory, neverWait)
  expect(readdirSync(directory)).toEqual(['setup-lock.10'])
  releaseAgain()
})

test('a half-written lock file holds nobody up', async () => {
  writeFileSync(join(directory, 'setup-lock.3'), '{"pid": 1')
  await acquireLock(directory, () => expect.fail('waited'))
})

test('of many at once only one holds it at a time', async () => {
  let holders = 0
  let served = 0
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      const release = await acquireLock(directory)
      holders += 1
      expect(holders).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 5))
      holders -= 1
      served += 1
      release()
    }),
  )
  expect(served).toBe(5)
})
