import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MeasureInput, ReportProgress } from '@heavylift/core'
import { silentLogger, systemClock } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { quantile, sortNumbers } from '@heavylift/core/math'
import { DiskStateStore, openDiskLog, openJetStreamLog, runProcessor } from '@heavylift/streams'
import type { Log } from '@heavylift/streams'
import { startNats } from '@heavylift/streams/testing'
import { demoShows } from '../../samples/shows.ts'
import type { FeedEvent } from '../domain/feed-event.ts'
import { OutputHub } from '../pipeline/hub/output-hub.ts'
import { createIngest, newCounts } from '../pipeline/ingest/ingest.ts'
import { feedCodec, outputCodec } from '../pipeline/codecs.ts'
import { createMatchProcessor } from '../pipeline/match-processor.ts'
import { rules } from '../insights/registry.ts'
import { serveInsights } from './failover/serve-insights.ts'
import { followAsOverlay } from './overlay.ts'

/** Real time that each setting is measured for, after as long as it takes to warm up. */
const measuredMs = 20_000
const warmUpMs = 5_000
/** Event time into the matches at which the measuring begins, so that things happen. */
const intoMs = 120_000

/** From the moment an event is handed in to the moment its insight is parsed at the overlay, over HTTP, with every rule running. */
export async function benchLatency({ report, signal }: MeasureInput) {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-latency-'))
  try {
    const inProcess = await openDiskLog({ folder: join(folder, 'log') })
    const one = await measure(inProcess, 1, join(folder, 'a'), 'in process', report, signal)
    const busyLog = await openDiskLog({ folder: join(folder, 'log-busy') })
    const busy = await measure(busyLog, 5, join(folder, 'b'), 'in process, 15 matches', report, signal)
    const nats = await startNats({ nodes: 3 })
    try {
      const jetStream = await openJetStreamLog({ servers: nats.servers, replicas: 3 })
      const replicated = await measure(jetStream, 1, join(folder, 'c'), 'JetStream R3', report, signal)
      return {
        n: one.n + busy.n + replicated.n,
        metrics: {
          p50Ms: one.p50,
          p99Ms: one.p99,
          maxMs: one.max,
          eventsPerSecond: one.eventsPerSecond,
          fifteenMatchesP50Ms: busy.p50,
          fifteenMatchesP99Ms: busy.p99,
          fifteenMatchesEventsPerSecond: busy.eventsPerSecond,
          jetStreamR3P50Ms: replicated.p50,
          jetStreamR3P99Ms: replicated.p99,
          jetStreamR3MaxMs: replicated.max,
        },
      }
    } finally {
      await nats.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Latencies {
  n: number
  p50: number
  p99: number
  max: number
  eventsPerSecond: number
}

async function measure(
  log: Log,
  copies: number,
  folder: string,
  stage: string,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<Latencies> {
  const stopping = new AbortController()
  const running = runProcessor({
    processor: createMatchProcessor({
      rules,
      feed: feedCodec,
      output: outputCodec,
      allowedLatenessMs: 60_000,
    }),
    log,
    states: new DiskStateStore(folder),
    signal: stopping.signal,
    clock: systemClock,
    logger: silentLogger,
  })
  const hub = new OutputHub(log)
  const following = new Promise<void>((resolve) => {
    hub.run(stopping.signal, resolve).catch(() => {})
  })
  await following
  const server = createServer((request, response) => serveInsights(hub, request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const startMs = Date.now() - intoMs
  const feeds = Array.from({ length: copies }, (_, copy) =>
    demoShows.map((show) => ({
      matchId: `${show.sport}-${copy}`,
      events: show.play(copy + 1, startMs)[Symbol.iterator](),
    })),
  ).flat()
  const sentAtMs = new Map<string, number>()
  const delays: number[] = []
  let isMeasuring = false
  followAsOverlay({
    feeds: feeds.map(({ matchId }) => `http://127.0.0.1:${port}/?match=${matchId}`),
    signal: stopping.signal,
    onInsight(insight, atMs) {
      const sent = sentAtMs.get(`${insight.matchId}/${insight.clocks.eventTimeMs}`)
      if (isMeasuring && sent !== undefined) delays.push(atMs - sent)
    },
  })

  const ingest = createIngest(log, () => Promise.resolve())
  let events = 0
  const playing = Promise.all(
    feeds.map(({ matchId, events: source }) =>
      play(source, stopping.signal, async (batch) => {
        const atMs = performance.now()
        for (const { clocks } of batch) sentAtMs.set(`${matchId}/${clocks.eventTimeMs}`, atMs)
        if (isMeasuring) events += batch.length
        await ingest.take(
          'main',
          batch.map((event) => ({ event })),
          matchId,
          newCounts(),
        )
      }),
    ),
  )
  try {
    // The first minutes are played at once; the processor must have caught up before anything counts.
    await sleep(1_000)
    await running.drain()
    await sleep(warmUpMs, signal)
    isMeasuring = true
    for (let done = 0; done < measuredMs; done += 500) {
      report({ stage, done, total: measuredMs, unit: 'ms' })
      await sleep(500, signal)
      signal.throwIfAborted()
    }
    return {
      n: delays.length,
      p50: quantile(sortNumbers(delays), 0.5),
      p99: quantile(sortNumbers(delays), 0.99),
      max: Math.max(...delays),
      eventsPerSecond: Math.round((events / measuredMs) * 1_000),
    }
  } finally {
    stopping.abort()
    await Promise.all([playing, running.stop().catch(() => {})])
    server.closeAllConnections()
    server.close()
    await log.close()
  }
}

/** Hands events in as their time comes; what is overdue goes at once. */
async function play(
  events: Iterator<FeedEvent>,
  signal: AbortSignal,
  send: (batch: FeedEvent[]) => Promise<void>,
): Promise<void> {
  let batch: FeedEvent[] = []
  for (let next = events.next(); next.done !== true && !signal.aborted; next = events.next()) {
    const event = next.value
    const waitMs = event.clocks.eventTimeMs - Date.now()
    if (waitMs > 1 || batch.length >= 200) {
      if (batch.length > 0) await send(batch)
      batch = []
      if (waitMs > 1) await sleep(waitMs, signal)
    }
    batch.push(event)
  }
}
