import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { createIds, noTelemetry, silentLogger, systemClock } from '@heavylift/core'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modelsConfigSchema } from '../../src/config.ts'
import { ModelDirectory } from '../../src/gateway/in-process/complete.ts'
import { startGateway } from '../../src/gateway/start-gateway.ts'
import type { RunningGateway } from '../../src/gateway/start-gateway.ts'
import { models } from '../../src/system.ts'

let testStore: TestStore
let folder: string
let upstream: Server
let running: RunningGateway
const directory = new ModelDirectory()

/** Answers with [2, 0] for texts of one letter and [0, 2] for others, as base64 where that is asked for; nothing to a text that says so. */
function startUpstream(): Promise<number> {
  upstream = createServer((request, response) => {
    void json(request).then((body) => {
      const { input } = body as { input: string[]; encoding_format?: string }
      const data = input.includes('nothing')
        ? []
        : input.map((text, index) => ({
            object: 'embedding',
            index,
            embedding: Buffer.from(
              (text.length === 1 ? Float32Array.of(2, 0) : Float32Array.of(0, 2)).buffer,
            ).toString('base64'),
          }))
      response.writeHead(200, { 'content-type': 'application/json' })
      // The last first: the index says which text each is of.
      response.end(
        JSON.stringify({
          object: 'list',
          data: data.toReversed(),
          usage: { prompt_tokens: 2, total_tokens: 2 },
        }),
      )
    })
  })
  return new Promise((resolve) => {
    upstream.listen(0, '127.0.0.1', () => resolve((upstream.address() as AddressInfo).port))
  })
}

beforeAll(async () => {
  testStore = await createTestStore({ migrations: { models: models.migrations ?? [] } })
  folder = await mkdtemp(join(tmpdir(), 'heavylift-embed-'))
  const port = await startUpstream()
  const provider = { kind: 'openai', replicas: [{ url: `http://127.0.0.1:${port}/v1` }], healthPath: null }
  await writeFile(
    join(folder, 'models.config.json'),
    JSON.stringify({
      providers: { up: provider },
      models: { vectors: { targets: [{ provider: 'up', model: 'own' }] } },
      tasks: { embedding: 'vectors' },
    }),
  )
  running = await startGateway(
    {
      clock: systemClock,
      ids: createIds(systemClock),
      log: silentLogger,
      telemetry: noTelemetry,
      signal: new AbortController().signal,
      dataDir: folder,
      configDir: folder,
      store: testStore.host.forSystem('models'),
      models: directory,
    },
    modelsConfigSchema.parse({}),
  )
})
afterAll(async () => {
  await running.close()
  upstream.close()
  await testStore.close()
  await rm(folder, { recursive: true })
})

test('a system embeds texts in their order, through the gateway, and an answer without vectors is an error [MODELS-PULL-10]', async () => {
  const embedder = directory.embedder()
  expect(embedder?.name).toBe('vectors')
  const { signal } = new AbortController()
  expect(await embedder?.embed(['a', 'bcd'], { signal })).toEqual([
    Float32Array.of(1, 0),
    Float32Array.of(0, 1),
  ])
  await expect(embedder?.embed(['nothing'], { signal })).rejects.toMatchObject({ code: 'model-garbage' })
})
