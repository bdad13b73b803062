import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MeasureInput, ReportProgress } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { quantile, sortNumbers } from '@heavylift/core/math'
import { openDiskLog, openJetStreamLog, TwinWriter } from '@heavylift/streams'
import type { Log } from '@heavylift/streams'
import { startNats } from '@heavylift/streams/testing'
import type { TestNats } from '@heavylift/streams/testing'
import { outputCodec } from '../../pipeline/codecs.ts'
import { feedTopic, outputTopic } from '../../pipeline/topics.ts'
import { followAsOverlay } from '../overlay.ts'
import { countKind } from './count-rule.ts'
import { announce, matchId, publishNotes, sendTo } from './notes.ts'
import type { Send } from './notes.ts'
import { freePort, Victim } from './victim.ts'

const killsByDefault = 100
/** A side counts as well again when its newest note is no further behind than this. */
const caughtUpWithin = 25

/**
 * SIGKILLs processors, feed servers and NATS servers in turn while notes flow, and checks every single note on the overlay.
 *
 * - twin paths (the goals): two NATS servers that share nothing, each with a processor and a feed server.
 * - `r3…`: one cluster of three NATS servers with two processors and two feed servers, a fifth of the kills. A killed
 *   leader is replaced by election, which takes NATS some seconds.
 * - `server…`: all in one process with its streams in files, a fifth of the kills. The gap is its restart.
 */
export async function benchFailover({ report, signal }: MeasureInput) {
  const kills = Number(process.env['HEAVYLIFT_KILLS'] ?? killsByDefault)
  const twin = await measureTwin(kills, report, signal)
  const r3 = await measureCluster(Math.ceil(kills / 5), report, signal)
  const single = await measureServer(Math.ceil(kills / 5), report, signal)
  return {
    n: twin.kills + r3.kills + single.kills,
    metrics: {
      ...twin,
      r3Kills: r3.kills,
      r3Lost: r3.lost,
      r3ShownTwice: r3.shownTwice,
      r3Wrong: r3.wrong,
      r3StoredTwice: r3.storedTwice,
      r3LongestGapMs: r3.longestGapMs,
      r3P99Ms: r3.p99Ms,
      serverKills: single.kills,
      serverLost: single.lost,
      serverShownTwice: single.shownTwice,
      serverWrong: single.wrong,
      serverStoredTwice: single.storedTwice,
      serverLongestGapMs: single.longestGapMs,
    },
  }
}

interface Failover extends Record<string, number> {
  kills: number
  events: number
  lost: number
  shownTwice: number
  wrong: number
  storedTwice: number
  longestGapMs: number
  p50Ms: number
  p99Ms: number
  delaysOver500Ms: number
}

interface Setting {
  stage: string
  send: Send
  /** Logs whose output topic is read at the end for doubles. */
  logs: readonly Log[]
  feeds: readonly string[]
  /** Each kills one process and brings it back. */
  kill: readonly (() => Promise<void>)[]
}

async function measureTwin(kills: number, report: ReportProgress, signal: AbortSignal): Promise<Failover> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-failover-'))
  const nats: TestNats[] = []
  const victims: Victim[] = []
  const logs: Log[] = []
  let writer: TwinWriter | null = null
  try {
    const ports: number[] = []
    for (const side of ['a', 'b']) {
      const server = await startNats({ nodes: 1 })
      nats.push(server)
      const servers = server.servers.join(',')
      const log = await openJetStreamLog({ servers: server.servers })
      logs.push(log)
      await announce(sendTo(log))
      victims.push(await Victim.start('processor-child.ts', [servers, '1', join(folder, side)]))
      const port = await freePort()
      ports.push(port)
      victims.push(await Victim.start('feed-child.ts', [servers, '1', String(port)]))
    }
    writer = new TwinWriter({ paths: logs.map((log) => () => Promise.resolve(log)), topics: [feedTopic] })
    return await measure(kills, report, signal, {
      stage: 'twin paths',
      send: sendTo(writer),
      logs,
      feeds: ports.map((port) => `http://127.0.0.1:${port}/?match=${matchId}`),
      kill: [
        ...victims.map((victim) => () => victim.killAndRestart()),
        ...nats.map((server) => () => bounce(server, 0)),
      ],
    })
  } finally {
    for (const victim of victims) await victim.end()
    await writer?.close()
    for (const log of logs) await log.close()
    for (const server of nats) await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureCluster(kills: number, report: ReportProgress, signal: AbortSignal): Promise<Failover> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-failover-'))
  const nats = await startNats({ nodes: 3 })
  const victims: Victim[] = []
  let log: Log | null = null
  try {
    const servers = nats.servers.join(',')
    log = await openJetStreamLog({ servers: nats.servers, replicas: 3 })
    await announce(sendTo(log))
    const ports = [await freePort(), await freePort()]
    for (const side of ['a', 'b'])
      victims.push(await Victim.start('processor-child.ts', [servers, '3', join(folder, side)]))
    for (const port of ports) victims.push(await Victim.start('feed-child.ts', [servers, '3', String(port)]))
    return await measure(kills, report, signal, {
      stage: 'three replicas',
      send: sendTo(log),
      logs: [log],
      feeds: ports.map((port) => `http://127.0.0.1:${port}/?match=${matchId}`),
      kill: [0, 1, 2, 3].flatMap((turn) => [
        () => bounce(nats, turn % 3),
        () => victims[turn]?.killAndRestart() ?? Promise.resolve(),
      ]),
    })
  } finally {
    for (const victim of victims) await victim.end()
    await log?.close()
    await nats.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureServer(kills: number, report: ReportProgress, signal: AbortSignal): Promise<Failover> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-failover-'))
  let server: Victim | null = null
  try {
    const port = await freePort()
    const address = `http://127.0.0.1:${port}/`
    const running = await Victim.start('server-child.ts', [folder, String(port)])
    server = running
    const send: Send = async (event) => {
      const response = await fetch(address, { method: 'POST', body: JSON.stringify(event) })
      if (!response.ok) throw new Error(`The server answered ${response.status}.`)
    }
    await announce(send)
    const failover = await measure(kills, report, signal, {
      stage: 'one server',
      send,
      logs: [],
      feeds: [`${address}?match=${matchId}`],
      kill: [() => running.killAndRestart()],
    })
    await running.end()
    // Killed, it gave up its folder; what it stored is read here.
    const log = await openDiskLog({ folder: join(folder, 'log') })
    const storedTwice = await countTwice(log)
    await log.close()
    return { ...failover, storedTwice }
  } finally {
    await server?.end()
    await rm(folder, { recursive: true, force: true })
  }
}

async function bounce(nats: TestNats, node: number): Promise<void> {
  await nats.kill(node)
  await sleep(300)
  await nats.restart(node)
}

async function measure(
  kills: number,
  report: ReportProgress,
  signal: AbortSignal,
  setting: Setting,
): Promise<Failover> {
  const stopping = new AbortController()
  const shownAtMs: number[] = []
  const newestOf = setting.feeds.map(() => -1)
  let wrong = 0
  let shownTwice = 0
  followAsOverlay({
    feeds: setting.feeds,
    signal: stopping.signal,
    onArrival({ kind, occasion }, feed) {
      if (kind === countKind) newestOf[feed] = Math.max(newestOf[feed] ?? -1, Number(occasion))
    },
    onInsight({ kind, occasion, detail }, atMs) {
      if (kind !== countKind) return
      const index = Number(occasion)
      if (shownAtMs[index] !== undefined) shownTwice++
      shownAtMs[index] = atMs
      if (detail['count'] !== index + 1) wrong++
    },
  })
  const notes = publishNotes(setting.send, stopping.signal)
  const isWell = () => newestOf.every((newest) => newest >= notes.sentAtMs.length - caughtUpWithin)
  try {
    await waitFor(isWell, 30_000, signal)
    for (let kill = 0; kill < kills; kill++) {
      signal.throwIfAborted()
      report({ stage: setting.stage, done: kill, total: kills, unit: 'kills' })
      await setting.kill[kill % setting.kill.length]?.()
      // One thing at a time: what was killed is back and has caught up before the next one goes.
      await waitFor(isWell, 30_000, signal)
      await sleep(200)
    }
    const events = await notes.end()
    const shown = () => shownAtMs.reduce((count) => count + 1, 0)
    await waitFor(() => shown() >= events, 20_000, signal)
    const delays = shownAtMs.flatMap((at, index) => {
      const sent = notes.sentAtMs[index]
      return sent === undefined ? [] : [at - sent]
    })
    let storedTwice = 0
    for (const log of setting.logs) storedTwice += await countTwice(log)
    return {
      kills,
      events,
      lost: events - shown(),
      shownTwice,
      wrong,
      storedTwice,
      longestGapMs: Math.max(...delays),
      p50Ms: quantile(sortNumbers(delays), 0.5),
      p99Ms: quantile(sortNumbers(delays), 0.99),
      delaysOver500Ms: delays.filter((delay) => delay > 500).length,
    }
  } finally {
    stopping.abort()
  }
}

/** Insights that the output topic holds more than once. */
async function countTwice(log: Log): Promise<number> {
  const seen = new Set<string>()
  let twice = 0
  const { signal } = new AbortController()
  for await (const batch of log.read(outputTopic, { fromOffset: 1, until: 'end', signal })) {
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

async function waitFor(isDone: () => boolean, patienceMs: number, signal: AbortSignal): Promise<void> {
  const until = performance.now() + patienceMs
  while (!isDone() && performance.now() < until && !signal.aborted) await sleep(20)
}
