import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockAlone, lockAmong } from '../../src/runtime/file-lock.ts'

let folder: string
let path: string
const children: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heavylift-lock-'))
  path = join(folder, 'lock')
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** What another process says when it asks for the lock. */
async function askElsewhere(...group: string[]): Promise<{ said: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lock-child.ts'), path, ...group], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  return { said: chunk.toString().trim(), child }
}

test('one process has the file until it gives it back or is killed [CORE-START-08]', async () => {
  const release = lockAlone(path)
  expect((await askElsewhere()).said).toBe('refused')
  release?.()
  const other = await askElsewhere()
  expect(other.said).toBe('taken')
  expect(lockAlone(path)).toBeNull()
  other.child.kill('SIGKILL')
  await once(other.child, 'exit')
  lockAlone(path)!()
})

test('processes of one group share the file, and another group waits for the last of them [CORE-START-08]', async () => {
  const release = lockAmong(path, 'here')
  const second = await askElsewhere('here')
  expect(second.said).toBe('taken')
  expect((await askElsewhere('there')).said).toBe('refused')
  release?.()
  expect((await askElsewhere('there')).said).toBe('refused')
  second.child.kill('SIGKILL')
  await once(second.child, 'exit')
  expect((await askElsewhere('there')).said).toBe('taken')
  expect(lockAmong(path, 'here')).toBeNull()
})

test('a place without locks is named with what to do [CORE-START-08]', () => {
  expect(() => lockAlone(join(folder, 'no such folder', 'lock'))).toThrow(/cannot be locked.*data folder/)
})
