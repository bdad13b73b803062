import { sleep, Wakeup } from '@heavylift/core/async'
import { createRandom } from '@heavylift/core/math'
import type { Ids } from '@heavylift/core'
import type { Sink } from '../src/gateway/answer/sink.ts'
import type { Call } from '../src/gateway/call/call.ts'
import type { RunningCall } from '../src/gateway/call/running-call.ts'
import { gatewayConfigSchema } from '../src/table/gateway-config.ts'
import type { GatewayConfig } from '../src/table/gateway-config.ts'
import { sampleModel, sampleProvider } from '../src/table/sample-names.ts'
import { scanBody } from '../src/wire/scan-body.ts'
import { startSampleServers } from './sample-models.ts'

const seed = 4280
const servers = 2
/** At once after the start, so that the first look finds something. */
const firstCalls = 24
const firstGapMs = 250
/** On average, between calls while somebody looks; they come as they like (Poisson). */
const gapMs = 900
/** Nobody looks once no page has asked for so long. */
const lookMs = 15_000
/** Of one process: a page that is left open for days must not fill the disk. */
const mostCalls = 4_000
const mostInFlight = 8
/** Clients that leave before the end, and questions that were asked before. */
const leaving = 0.03
const repeating = 0.15

export interface SampleTraffic {
  /** Providers and models as the gateway's table has them; free of charge. */
  table: Pick<GatewayConfig, 'providers' | 'models' | 'prices'>
  /** Calls begin; the gateway has the table by now. */
  begin(): void
  /** Somebody looks: calls go on for a while. */
  look(): void
  /** Resolves when no call runs any more. */
  stop(): Promise<void>
}

/** Traffic as clients make it, through `open` of the gateway, against servers of our own. */
export async function startSampleTraffic(options: {
  open: (call: Call, sink: Sink) => RunningCall
  ids: Ids
  nowMs: () => number
}): Promise<SampleTraffic> {
  const { open, ids, nowMs } = options
  const running = await startSampleServers(servers, seed)
  const random = createRandom(seed)
  const stopping = new AbortController()
  const changed = new Wakeup()
  const inFlight = new Map<RunningCall, Promise<void>>()
  let lookedAtMs = Number.NEGATIVE_INFINITY
  let left = firstCalls
  let sent = 0
  let flowing: Promise<void> = Promise.resolve()

  const ask = () => {
    sent += 1
    const isBatch = random.chance(0.2)
    const topic = random.chance(repeating) ? random.int(0, 3) : sent
    const { call, done } = sampleCall(open, ids, isBatch ? 'summaries' : 'chat', `Sample question ${topic}`)
    inFlight.set(call, done)
    void done.then(() => inFlight.delete(call))
    call.start()
    if (random.chance(leaving)) setTimeout(() => call.cancel(), 600).unref()
  }
  const flow = async () => {
    const { signal } = stopping
    while (!signal.aborted && sent < mostCalls) {
      const isSeen = nowMs() - lookedAtMs < lookMs
      if (left === 0 && !isSeen) {
        await changed.wait({ signal })
        continue
      }
      if (inFlight.size < mostInFlight) {
        ask()
        left = Math.max(0, left - 1)
      }
      await sleep(-Math.log(1 - random.next()) * (left > 0 ? firstGapMs : gapMs), signal)
    }
  }

  return {
    table: sampleTable(running.map(({ baseUrl }) => baseUrl)),
    begin() {
      flowing = flow()
    },
    look() {
      lookedAtMs = nowMs()
      changed.wake()
    },
    async stop() {
      stopping.abort()
      await flowing
      for (const call of inFlight.keys()) call.cancel()
      await Promise.all(inFlight.values())
      await Promise.all(running.map((server) => server.close()))
    },
  }
}

function sampleTable(replicas: string[]): SampleTraffic['table'] {
  const targets = (model: string) => [{ provider: sampleProvider, model }]
  const { providers, models, prices } = gatewayConfigSchema.parse({
    providers: { [sampleProvider]: { kind: 'openai', replicas, healthPath: null } },
    models: {
      [sampleModel('chat')]: { targets: targets('sample-8b'), cache: { ttlSeconds: 600 } },
      [sampleModel('summaries')]: { targets: targets('sample-1b') },
    },
    prices: { 'sample-8b': { input: 0, output: 0 }, 'sample-1b': { input: 0, output: 0 } },
  })
  return { providers, models, prices }
}

/** One call whose answer nobody keeps. */
function sampleCall(
  open: (call: Call, sink: Sink) => RunningCall,
  ids: Ids,
  model: string,
  question: string,
): { call: RunningCall; done: Promise<void> } {
  const body = Buffer.from(
    JSON.stringify({
      model: sampleModel(model),
      stream: true,
      messages: [{ role: 'user', content: question }],
    }),
  )
  const { promise, resolve } = Promise.withResolvers<void>()
  const opened = open(
    {
      id: ids.next('call'),
      api: 'chat',
      tenantId: 'main',
      keyId: null,
      priority: model === 'summaries' ? 'batch' : 'interactive',
      body,
      scanned: scanBody(body),
      isStream: true,
      arrivedMs: performance.now(),
      passHeaders: {},
      isSample: true,
    },
    { head: () => undefined, write: () => true, end: resolve },
  )
  const call: RunningCall = {
    start: () => opened.start(),
    cancel() {
      opened.cancel()
      resolve()
    },
    drained: () => opened.drained(),
    get costMicros() {
      return opened.costMicros
    },
  }
  return { call, done: promise }
}
