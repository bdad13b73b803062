import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FileAccess } from '../src/access/file-access.ts'
import { storedKey } from './support/stored-key.ts'

let dir: string
let path: string
const opened: FileAccess[] = []

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'heavylift-access-'))
  path = join(dir, 'server', 'access.json')
})
afterEach(async () => {
  for (const access of opened.splice(0)) await access.close()
  await rm(dir, { recursive: true, force: true })
})

function open(): FileAccess {
  const access = new FileAccess(path)
  opened.push(access)
  return access
}

test('two processes that make keys at once lose none, and each sees those of the other [MODELS-ALONE-02]', async () => {
  const [one, other] = [open(), open()]
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? one : other).keys.insert(storedKey(`k${i}`))),
  )
  for (const access of [one, other, open()]) expect(await access.keys.list('main')).toHaveLength(20)
  await other.keys.revoke('main', 'k3', 9)
  expect((await one.keys.byPrefix('hl_sk_k3'))?.revokedAtMs).toBe(9)
})

test('the file is its owner’s alone and holds hashes only; no half-written one stays beside it', async () => {
  const access = open()
  await access.keys.insert(storedKey('a'))
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await readdir(join(dir, 'server'))).toSorted()).toEqual(['access.json', 'access.json.lock'])
  const content = JSON.parse(await readFile(path, 'utf8')) as { keys: object[]; tenants: { id: string }[] }
  expect(content.keys).toEqual([storedKey('a')])
  expect(content.tenants.map(({ id }) => id)).toEqual(['main'])
})

test('when a key was last used is told at once and kept when it closes', async () => {
  const access = open()
  await access.keys.insert(storedKey('a'))
  await access.keys.touch('a', 77)
  expect((await access.keys.list('main'))[0]?.lastUsedAtMs).toBe(77)
  await access.close()
  expect((await open().keys.list('main'))[0]?.lastUsedAtMs).toBe(77)
})

test('a file that cannot be read stops the start and says what to do, and is not written over', async () => {
  await open().keys.insert(storedKey('a'))
  await writeFile(path, '{"keys": [')
  const access = open()
  await expect(access.keys.anyActive()).rejects.toMatchObject({ code: 'access-file-invalid' })
  await expect(access.keys.insert(storedKey('b'))).rejects.toMatchObject({ code: 'access-file-invalid' })
  expect(await readFile(path, 'utf8')).toBe('{"keys": [')
})
