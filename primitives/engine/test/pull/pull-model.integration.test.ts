import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProgressUpdate } from '@heavylift/core'
import { afterEach, expect, test } from 'vitest'
import { pullModel } from '../../src/pull/pull-model.ts'
import type { PullOptions } from '../../src/pull/pull-model.ts'
import {
  listPulled,
  readCurrentModel,
  removePulled,
  resolveModelFile,
  writeCurrentModel,
} from '../../src/pull/pulled-models.ts'
import { startFileServer } from './file-server.ts'
import type { FileServer } from './file-server.ts'
import { tinyGguf } from './tiny-gguf.ts'

const gguf = tinyGguf(3_000_000)
const sha256 = createHash('sha256').update(gguf).digest('hex')

let server: FileServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

function setUp() {
  const dataDir = mkdtempSync(join(tmpdir(), 'heavylift-pull-'))
  const updates: ProgressUpdate[] = []
  const pull = (source: string, change: Partial<PullOptions> = {}) =>
    pullModel({
      source,
      dataDir,
      allowPrivate: true,
      report: (update) => updates.push(update),
      signal: new AbortController().signal,
      env: {},
      ...change,
    })
  return { dataDir, updates, pull }
}

test('an address becomes a model with what its file says, whole and named [MODELS-PULL-02]', async () => {
  server = await startFileServer(() => ({ body: gguf }))
  const { dataDir, updates, pull } = setUp()
  const model = await pull(`${server.url}/Tiny.Q4.gguf?token=secret`, { sha256 })
  expect(model).toMatchObject({
    name: 'tiny.q4',
    sha256,
    bytes: gguf.length,
    architecture: 'llama',
    contextTokens: 2048,
    hasChatTemplate: true,
  })
  expect(await readFile(model.path)).toEqual(gguf)
  expect(await readFile(join(dataDir, 'pulled', 'tiny.q4', 'model.json'), 'utf8')).not.toContain('secret')
  expect(updates.at(-1)).toMatchObject({ done: gguf.length, total: gguf.length, unit: 'bytes' })
  expect(await resolveModelFile(dataDir, 'tiny.q4')).toEqual({ name: 'tiny.q4', path: model.path })
})

test('what was pulled says that backups may leave it out, and is no model [CORE-CACHE-01]', async () => {
  server = await startFileServer(() => ({ body: gguf }))
  const { dataDir, pull } = setUp()
  await pull(`${server.url}/Tiny.Q4.gguf`, { sha256 })
  for (const folder of ['pulled', 'downloads'])
    expect(await readFile(join(dataDir, folder, 'CACHEDIR.TAG'), 'utf8')).toMatch(
      /^Signature: 8a477f597d28d172789f06886806bc55/,
    )
  expect((await listPulled(dataDir)).map(({ name }) => name)).toEqual(['tiny.q4'])
})

test('a connection that breaks is taken up where it broke [MODELS-PULL-04]', async () => {
  server = await startFileServer((_, count) => ({
    body: gguf,
    ...(count < 2 ? { cutAfter: 1_000_000 } : {}),
  }))
  const { pull } = setUp()
  const model = await pull(`${server.url}/tiny.gguf`)
  expect(model.sha256).toBe(sha256)
  expect(server.ranges[0]).toBe('')
  expect(server.ranges.slice(1).every((range) => /^bytes=\d{6,}-$/.test(range))).toBe(true)
})

test('an interrupted pull goes on at the next one, unless the file has changed since [MODELS-PULL-04]', async () => {
  const stop = new AbortController()
  let etag = '"one"'
  server = await startFileServer((_, count) => ({
    body: gguf,
    headers: { etag },
    ...(count === 0 ? { cutAfter: 1_500_000 } : {}),
  }))
  const { dataDir, pull } = setUp()
  const interrupted = pull(`${server.url}/tiny.gguf`, {
    signal: stop.signal,
    report: ({ done }) => {
      if (done > 500_000) stop.abort(new Error('interrupted'))
    },
  })
  await expect(interrupted).rejects.toThrow('interrupted')
  expect(await listPulled(dataDir)).toEqual([])
  etag = '"two"'
  expect((await pull(`${server.url}/tiny.gguf`)).sha256).toBe(sha256)
  expect(await readdir(join(dataDir, 'downloads'))).toEqual(['CACHEDIR.TAG'])
})

test('a file with another checksum is refused and not kept [MODELS-PULL-05]', async () => {
  server = await startFileServer(() => ({ body: gguf }))
  const { dataDir, pull } = setUp()
  await expect(pull(`${server.url}/tiny.gguf`, { sha256: 'f'.repeat(64) })).rejects.toMatchObject({
    code: 'model-checksum-wrong',
  })
  expect(await listPulled(dataDir)).toEqual([])
  expect(await readdir(join(dataDir, 'downloads'))).toEqual(['CACHEDIR.TAG'])
})

test("the hub's own checksum is held to [MODELS-PULL-05]", async () => {
  server = await startFileServer(() => ({ body: gguf, headers: { 'x-linked-etag': `"${'0'.repeat(64)}"` } }))
  const { pull } = setUp()
  await expect(pull('hf:owner/repo/tiny.gguf', { env: { HF_ENDPOINT: server.url } })).rejects.toMatchObject({
    code: 'model-checksum-wrong',
  })
})

test('an address in a private network is refused unless it is allowed [MODELS-PULL-06]', async () => {
  server = await startFileServer(() => ({ body: gguf }))
  const { pull } = setUp()
  await expect(pull(`${server.url}/tiny.gguf`, { allowPrivate: false })).rejects.toThrow('--private')
  const named = server.url.replace('127.0.0.1', 'localhost')
  await expect(pull(`${named}/tiny.gguf`, { allowPrivate: false })).rejects.toThrow('--private')
  expect(server.ranges).toEqual([])
})

test.each([
  [{ body: Buffer.from('no'), status: 404 }, 'model-source-refused', 'no such file'],
  [{ body: Buffer.from('no'), status: 403 }, 'model-source-refused', 'HF_TOKEN'],
  [{ body: Buffer.from('not a model') }, 'model-file-invalid', 'GGUF'],
  [{ body: gguf.subarray(0, 40) }, 'model-file-invalid', 'whole'],
])('what is no model is refused with what to do (%#)', async (serving, code, hint) => {
  server = await startFileServer(() => serving)
  const { pull, dataDir } = setUp()
  const failure = pull(`${server.url}/tiny.gguf`)
  await expect(failure).rejects.toMatchObject({ code })
  await expect(failure).rejects.toThrow(hint)
  expect(await listPulled(dataDir)).toEqual([])
})

test('without a network it says so', async () => {
  server = await startFileServer(() => ({ body: gguf }))
  const { url } = server
  await server.close()
  const { pull } = setUp()
  await expect(pull('smollm2', { env: { PIP_INDEX_URL: `${url}/simple` } })).rejects.toMatchObject({
    code: 'model-source-unreachable',
  })
})

test('two pulls at once of one model fetch it once [MODELS-PULL-07]', async () => {
  server = await startFileServer(() => ({ body: gguf }))
  const { pull } = setUp()
  const [a, b] = await Promise.all([pull(`${server.url}/tiny.gguf`), pull(`${server.url}/tiny.gguf`)])
  expect(a?.sha256).toBe(b?.sha256)
  expect(server.ranges.length).toBe(1)
})

test('a lock that a killed pull left is taken over [MODELS-PULL-07]', async () => {
  server = await startFileServer(() => ({ body: gguf }))
  const { dataDir, pull } = setUp()
  await pull(`${server.url}/tiny.gguf`)
  // No process has this number: Linux numbers end at 2^22.
  await writeFile(join(dataDir, 'downloads', 'other.lock'), '4999999')
  expect((await pull(`${server.url}/other.gguf`)).name).toBe('other')
})

test('a file of this machine is copied, listed, made current and removed', async () => {
  const { dataDir, pull } = setUp()
  const file = join(dataDir, 'mine.gguf')
  await writeFile(file, gguf)
  await pull(file)
  await pull(file, { name: 'other' })
  await writeCurrentModel(dataDir, 'mine')
  expect((await listPulled(dataDir)).map(({ name }) => name)).toEqual(['mine', 'other'])
  await removePulled(dataDir, 'mine')
  expect(await readCurrentModel(dataDir)).toBe('other')
  await removePulled(dataDir, 'other')
  expect(await readCurrentModel(dataDir)).toBeNull()
  await expect(removePulled(dataDir, 'other')).rejects.toMatchObject({ code: 'model-not-pulled' })
})
