import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Measure } from '@heavylift/core'
import { openJetStreamLog } from '@heavylift/streams'
import type { Log } from '@heavylift/streams'
import { startNats } from '@heavylift/streams/testing'
import type { FeedEvent } from '../../domain/feed-event.ts'
import { toLogEvent } from '../../ingest/ingest.ts'
import { outputCodec } from '../../pipeline/codecs.ts'
import { feedTopic, outputTopic } from '../../pipeline/topics.ts'
import { followAsOverlay } from '../overlay.ts'
import { countKind } from './count-rule.ts'
import { percentile } from '../percentile.ts'

const killsByDefault = 100
/** Notes a second. */
const rate = 50
const matchId = 'failover'

/** SIGKILLs processors, feed servers and NATS nodes in turn while notes flow, and checks every single one on the overlay. */
export const failoverBench: Measure = {
  name: 'failover',
  summary:
    'Two processors, two feed servers and three NATS nodes, one SIGKILLed after the other (HEAVYLIFT_KILLS, default 100).',
  goals: {
    lost: { atMost: 0 },
    shownTwice: { atMost: 0 },
    wrong: { atMost: 0 },
    longestGapMs: { atMost: 500 },
  },
  async run({ report, signal }) {
    const kills = Number(process.env['HEAVYLIFT_KILLS'] ?? killsByDefault)
    const folder = await mkdtemp(join(tmpdir(), 'heavylift-failover-'))
    const nats = await startNats({ nodes: 3 })
    const stopping = new AbortController()
    const victims: Victim[] = []
    let opened: Log | null = null
    try {
      const servers = nats.servers.join(',')
      const log = await openJetStreamLog({ servers: nats.servers, replicas: 3 })
      opened = log
      await log.append(feedTopic, [toLogEvent('main', raceEvent())])
      const ports = [await freePort(), await freePort()]
      for (const name of ['a', 'b'])
        victims.push(await startVictim('processor-child.ts', [servers, '3', join(folder, name)]))
      for (const port of ports) victims.push(await startVictim('feed-child.ts', [servers, '3', String(port)]))

      const sentAtMs: number[] = []
      const shownAtMs: number[] = []
      let wrong = 0
      let shownTwice = 0
      const overlay = followAsOverlay({
        feeds: ports.map((port) => `http://127.0.0.1:${port}/?match=${matchId}`),
        signal: stopping.signal,
        onInsight({ kind, occasion, detail }, atMs) {
          if (kind !== countKind) return
          const index = Number(occasion)
          if (shownAtMs[index] !== undefined) shownTwice++
          shownAtMs[index] = atMs
          // The race event is no note, so the first note is number 1.
          if (detail['count'] !== index + 1) wrong++
        },
      })

      const publishing = publish(log, sentAtMs, stopping.signal)
      await sleep(1_000)
      for (let kill = 0; kill < kills && !signal.aborted; kill++) {
        report({ stage: 'kill', done: kill, total: kills, unit: 'kills' })
        await killOne(kill, victims, nats)
        await sleep(700)
      }
      publishing.end()
      const sent = await publishing.done
      await waitFor(() => countShown(shownAtMs) >= sent, 20_000)
      stopping.abort()

      const delays = sentAtMs.flatMap((at, index) => {
        const shown = shownAtMs[index]
        return shown === undefined ? [] : [shown - at]
      })
      return {
        n: kills,
        metrics: {
          lost: sent - countShown(shownAtMs),
          shownTwice,
          wrong,
          storedTwice: await countTwice(log),
          longestGapMs: Math.max(...delays),
          p50Ms: percentile(delays, 0.5),
          p99Ms: percentile(delays, 0.99),
          delaysOver500Ms: delays.filter((delay) => delay > 500).length,
          events: sent,
          cameFromBothServers: overlay.again,
        },
      }
    } finally {
      stopping.abort()
      for (const victim of victims) victim.child.kill('SIGKILL')
      await opened?.close()
      await nats.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

interface Victim {
  file: string
  args: string[]
  child: ChildProcess
}

async function startVictim(file: string, args: string[]): Promise<Victim> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [message] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[]
  if (message !== 'ready') throw new Error(`${file} ended before it was ready.`)
  return { file, args, child }
}

/** One after the other: a processor, a feed server, a NATS node; each is back before the next one goes. */
async function killOne(
  kill: number,
  victims: Victim[],
  nats: Awaited<ReturnType<typeof startNats>>,
): Promise<void> {
  const turn = kill % 3
  if (turn === 2) {
    const node = Math.floor(kill / 3) % 3
    await nats.kill(node)
    await sleep(300)
    await nats.restart(node)
    return
  }
  const index = turn * 2 + (Math.floor(kill / 3) % 2)
  const victim = victims[index]!
  const gone = once(victim.child, 'exit')
  victim.child.kill('SIGKILL')
  await gone
  victims[index] = await startVictim(victim.file, victim.args)
}

function publish(log: Log, sentAtMs: number[], signal: AbortSignal): { end(): void; done: Promise<number> } {
  let isEnding = false
  const startMs = Date.now()
  const waiting = new Set<Promise<unknown>>()
  const done = (async () => {
    let index = 0
    for (; !isEnding && !signal.aborted; index++) {
      const event = noteEvent(index, startMs + index)
      sentAtMs[index] = performance.now()
      const appended = appendUntilSafe(log, event, signal).finally(() => waiting.delete(appended))
      waiting.add(appended)
      // In order, as a feed is: the next note leaves when this one is safe, or at its time if that is later.
      await Promise.all([appended, sleep(1_000 / rate)])
    }
    await Promise.all(waiting)
    return index
  })()
  return { end: () => (isEnding = true), done }
}

async function appendUntilSafe(log: Log, event: FeedEvent, signal: AbortSignal): Promise<void> {
  const logEvent = toLogEvent('main', event)
  for (;;) {
    try {
      await log.append(feedTopic, [logEvent])
      return
    } catch (error) {
      if (signal.aborted) throw error
      await sleep(20)
    }
  }
}

function clocks(eventTimeMs: number): FeedEvent['clocks'] {
  return { eventTimeMs, eventTimeFrom: 'wall', game: null, smpte: null }
}

function raceEvent(): FeedEvent {
  return {
    kind: 'match',
    match: {
      id: matchId,
      sport: 'race',
      title: 'Failover',
      home: null,
      away: null,
      homeSpread: null,
      race: null,
    },
    matchId,
    clocks: clocks(1),
    sourceRef: 'bench',
  }
}

function noteEvent(index: number, atMs: number): FeedEvent {
  return {
    kind: 'race-note',
    lap: 0,
    flag: 'green',
    text: String(index),
    carIds: [],
    matchId,
    clocks: clocks(atMs),
    sourceRef: `note ${index}`,
  }
}

function countShown(shownAtMs: readonly number[]): number {
  return shownAtMs.reduce((count) => count + 1, 0)
}

/** Outputs that the topic holds more than once. */
async function countTwice(log: Log): Promise<number> {
  const seen = new Set<string>()
  let twice = 0
  for await (const batch of log.read(outputTopic, {
    fromOffset: 1,
    until: 'end',
    signal: new AbortController().signal,
  })) {
    for (const event of batch) {
      const output = outputCodec.decode(event.payload, event.schemaVersion)
      if (output.type !== 'insight') continue
      const name = `${output.insight.id}/${output.insight.revision}`
      if (seen.has(name)) twice++
      seen.add(name)
    }
  }
  return twice
}

async function waitFor(isDone: () => boolean, patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs
  while (!isDone() && performance.now() < until) await sleep(20)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
