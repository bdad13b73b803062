import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** The files that importing these loads, in a process of their own. */
async function loadedBy(...files: string[]): Promise<string[]> {
  const child = fork(
    fileURLToPath(new URL('lazy-child.ts', import.meta.url)),
    files.map((file) => new URL(file, import.meta.url).href),
    { execArgv: [] },
  )
  const [loaded] = (await once(child, 'message')) as [string[]]
  child.disconnect()
  return loaded
}

test('listing the system loads next to nothing [MODELS-START-01]', async () => {
  const loaded = await loadedBy('../src/system.ts')
  const heavy = /node_modules\/(undici|kysely|yauzl|jsonc-parser|@pydantic|@smithy|eventsource-parser)\//
  expect(loaded.filter((url) => heavy.test(url))).toEqual([])
  expect(loaded.filter((url) => /engine\/src\/(?!pull\/catalogue)/.test(url))).toEqual([])
})

test('a start without a local model loads nothing that serves or pulls one [MODELS-START-01]', async () => {
  const loaded = await loadedBy('../src/start.ts')
  expect(
    loaded.filter((url) => /engine\/src\/(supervisor|process|server|batch|grammar)\//.test(url)),
  ).toEqual([])
  expect(loaded.filter((url) => /engine\/src\/pull\/(pull-model|download|outbound)/.test(url))).toEqual([])
  expect(loaded.filter((url) => /models\/samples\//.test(url))).toEqual([])
})
