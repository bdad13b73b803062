import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDiskLog } from '@heavylift/streams'
import type { Log } from '@heavylift/streams'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LiveOutput } from '../../../src/domain/live-output.ts'
import { OutputHub } from '../../../src/pipeline/hub/output-hub.ts'
import { outputCodec } from '../../../src/pipeline/codecs.ts'
import { outputTopic } from '../../../src/pipeline/topics.ts'

let folder: string
let log: Log
const stopping: AbortController[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-hub-'))
  log = await openDiskLog({ folder })
})

afterEach(async () => {
  for (const controller of stopping.splice(0)) controller.abort()
  await log.close()
  await rm(folder, { recursive: true })
})

function scored(name: string): LiveOutput {
  return {
    type: 'scored',
    insightId: name,
    kind: 'k',
    confidence: 1,
    isCorrect: true,
    happened: 1,
    atMs: 1,
  }
}

async function append(match: string, ...names: string[]): Promise<void> {
  await log.append(
    outputTopic,
    names.map((name) => ({
      id: `${match}-${name}`,
      key: `main/${match}`,
      eventTimeMs: 1,
      schemaVersion: 1,
      payload: outputCodec.encode(scored(name)),
    })),
  )
}

async function startHub(): Promise<OutputHub> {
  const hub = new OutputHub(log)
  const controller = new AbortController()
  stopping.push(controller)
  await new Promise<void>((resolve, reject) => {
    hub.run(controller.signal, resolve).catch((error: unknown) => {
      if (!controller.signal.aborted) reject(error as Error)
    })
  })
  return hub
}

async function take(hub: OutputHub, match: string, after: number | null, count: number): Promise<string[]> {
  const controller = new AbortController()
  const names: string[] = []
  for await (const { output } of hub.follow('main', match, after, controller.signal)) {
    if (output.type === 'scored') names.push(output.insightId)
    if (names.length === count) break
  }
  controller.abort()
  return names
}

test('a client that comes back gets what it missed, and nothing of other matches [LIVE-FEED-01]', async () => {
  const hub = await startHub()
  await append('a', '1', '2')
  await append('b', '3')
  await append('a', '4')
  expect(await take(hub, 'a', 1, 2)).toEqual(['2', '4'])
  expect(await take(hub, 'b', 0, 1)).toEqual(['3'])
})

test('a client of another tenant sees nothing', async () => {
  const hub = await startHub()
  await append('a', '1')
  const controller = new AbortController()
  const entries = hub.follow('other', 'a', 0, controller.signal)
  const first = entries.next()
  await append('a', '2')
  controller.abort()
  expect(await first).toEqual({ done: true, value: undefined })
})

test('what came before the hub was started is read from the log [LIVE-FEED-01]', async () => {
  await append('a', ...Array.from({ length: 30 }, (_, index) => String(index)))
  const hub = await startHub()
  await append('a', 'last')
  const names = await take(hub, 'a', 10, 21)
  expect(names[0]).toBe('10')
  expect(names.at(-1)).toBe('last')
})

test('a slow client misses nothing although the hub has let go of it [LIVE-FEED-01]', async () => {
  const hub = await startHub()
  await append('a', 'first')
  const controller = new AbortController()
  const entries = hub.follow('main', 'a', 0, controller.signal)
  expect((await entries.next()).value?.cursor).toBe(1)
  for (let part = 0; part < 10; part++) {
    await append('a', ...Array.from({ length: 1_000 }, (_, index) => `${part}-${index}`))
  }
  let seen = 0
  for await (const { cursor } of entries) {
    seen++
    expect(cursor).toBe(seen + 1)
    if (seen === 10_000) break
  }
  controller.abort()
  expect(seen).toBe(10_000)
})

test('a client without a cursor gets the newest word on each subject first', async () => {
  const insight = (subject: string, headline: string) =>
    ({ type: 'insight', insight: { kind: 'k', subject, headline } }) as unknown as LiveOutput
  const hub = await startHub()
  for (const [index, output] of [
    insight('p1', 'old'),
    insight('p2', 'only'),
    insight('p1', 'new'),
  ].entries()) {
    await log.append(outputTopic, [
      {
        id: `i${index}`,
        key: 'main/a',
        eventTimeMs: 1,
        schemaVersion: 1,
        payload: outputCodec.encode(output),
      },
    ])
  }
  const controller = new AbortController()
  while (hub.position < 3) await new Promise((resolve) => setImmediate(resolve))
  const headlines: string[] = []
  for await (const { output } of hub.follow('main', 'a', null, controller.signal)) {
    if (output.type === 'insight') headlines.push(output.insight.headline)
    if (headlines.length === 2) break
  }
  controller.abort()
  expect(headlines).toEqual(['only', 'new'])
})
