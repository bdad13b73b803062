import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readTraces } from '../../../src/benches/routing/read-trace.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'traces-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const csv =
  'TIMESTAMP,ContextTokens,GeneratedTokens\r\n2024-05-10 00:00:00.009930+00:00,2162,5\r\n2024-05-10 00:00:01.000000+00:00,2399,6\r\n'
const line = (timestamp: number) =>
  `${JSON.stringify({ timestamp, input_length: 1000, output_length: 3, hash_ids: [7, timestamp], chat_id: 4 })}\n`

test('finds every trace below a folder by what is in it, and leaves out what is none [MODELS-ROUTE-06]', async () => {
  await mkdir(join(dir, 'a', 'b'), { recursive: true })
  await writeFile(join(dir, 'a', 'b', 'whatever.csv.gz'), gzipSync(csv))
  await writeFile(join(dir, 'any name.jsonl'), line(1) + line(2) + '\n')
  await writeFile(join(dir, 'prices.csv'), 'model,price\nx,1\n')
  await writeFile(join(dir, 'log.jsonl'), '{"level":"info"}\n')
  await writeFile(join(dir, 'empty.csv'), '')
  await writeFile(join(dir, 'notes.md'), 'timestamp')
  const traces = await readTraces(dir)
  expect(traces.map(({ name, requests }) => [name, requests.length])).toEqual([
    [join('a', 'b', 'whatever'), 2],
    ['any name', 2],
  ])
  expect(traces[0]?.requests.map(({ promptTokens }) => promptTokens)).toEqual([2162, 2399])
})

test('says what a folder without a trace should have, and where a trace is broken', async () => {
  await expect(readTraces(dir)).rejects.toThrow(/ContextTokens.*hash_ids/)
  await writeFile(join(dir, 't.jsonl'), `${line(1)}{"timestamp":2}\n`)
  await expect(readTraces(dir)).rejects.toThrow(/t\.jsonl, line 2/)
  await rm(join(dir, 't.jsonl'))
  await writeFile(join(dir, 't.csv.gz'), 'no gzip')
  await expect(readTraces(dir)).rejects.toThrow()
})

test('of a long trace the first ten thousand requests are read', async () => {
  await writeFile(join(dir, 't.jsonl'), Array.from({ length: 10_100 }, (_, at) => line(at)).join(''))
  expect((await readTraces(dir))[0]?.requests).toHaveLength(10_000)
})
