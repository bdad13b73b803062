import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import type { PolicyName } from '../../table/gateway-config.ts'
import { startChild } from './child.ts'
import { promptText } from './prompt-text.ts'
import type { GatewayTask, GatewayTotals } from './gateway-process.ts'
import { type LoopStalls, watchStalls } from './loop-stalls.ts'
import type { ReplicaTask, ReplicaTotals } from './replica-process.ts'
import type { ServiceModel } from './service-model.ts'
import type { RoutingResult } from './simulate.ts'
import type { Trace, TraceRequest } from './trace.ts'

export interface SocketsInput {
  trace: Trace
  policy: PolicyName
  model: ServiceModel
  replicas: number
  timeScale: number
  signal: AbortSignal
}

export interface SocketsResult extends RoutingResult {
  /** Of the process that stalled the most. A stall's length is real, not scaled. */
  stalls: LoopStalls
}

/** Half a second of the trace's time: less hardly shows in the figures. */
const STALL_MS = 500

/**
 * Plays a trace to the gateway over HTTP, which passes it on to replicas in another process, in scaled time. A first
 * token's time counts from when the trace says that the request is sent, and is given in the trace's milliseconds.
 * Throws when a request is not answered in full.
 */
export async function playOverSockets(input: SocketsInput): Promise<SocketsResult> {
  const { trace, timeScale, signal } = input
  const stallMs = STALL_MS / timeScale
  const replicas = startChild('./replica-process.ts', signal)
  const gateway = startChild('./gateway-process.ts', signal)
  const dispatcher = new Agent({
    connections: null,
    connect: { timeout: 60_000 },
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  try {
    const task: ReplicaTask = {
      replicas: input.replicas,
      model: input.model,
      tokensPerBlock: trace.tokensPerBlock,
      timeScale,
      stallMs,
    }
    const ports = (await replicas.ask(task)) as number[]
    const gatewayTask: GatewayTask = { table: table(input, ports), stallMs }
    const address = (await gateway.ask(gatewayTask)) as string
    const send = (traced: TraceRequest) =>
      request(`${address}/v1/chat/completions`, {
        method: 'POST',
        dispatcher,
        signal,
        headers: { 'content-type': 'application/json' },
        body: Buffer.concat([
          Buffer.from(`{"model":"m","stream":true,"max_tokens":${traced.outputTokens},`),
          Buffer.from('"messages":[{"role":"user","content":"'),
          promptText(traced, trace.tokensPerBlock),
          Buffer.from('"}]}'),
        ]),
      })
    const stalls = watchStalls(stallMs)
    const startMs = performance.now() + 200
    const times = await Promise.all(
      trace.requests.map(async (traced) => {
        const dueMs = startMs + traced.atMs / timeScale
        await sleep(Math.max(1, dueMs - performance.now()), undefined, { signal })
        const { statusCode, body } = await send(traced)
        let firstMs: number | null = null
        let end = ''
        for await (const chunk of body) {
          firstMs ??= performance.now()
          end = String(chunk)
        }
        if (statusCode !== 200 || firstMs === null || !end.includes('[DONE]')) {
          throw new Error(`A request was answered ${statusCode}: ${end.slice(0, 300)}`)
        }
        return (firstMs - dueMs) * timeScale
      }),
    )
    const atClient = stalls()
    const atGateway = (await gateway.ask({ what: 'totals' })) as GatewayTotals
    const atReplicas = (await replicas.ask({ what: 'totals' })) as ReplicaTotals
    const all = [atClient, atGateway.stalls, atReplicas.stalls]
    return {
      ttftMs: Float64Array.from(times),
      cachedShare: atReplicas.cachedTokens / atReplicas.promptTokens,
      ejections: atGateway.ejections,
      stalls: {
        share: Math.max(...all.map(({ share }) => share)),
        longestMs: Math.max(...all.map(({ longestMs }) => longestMs)),
      },
    }
  } finally {
    await Promise.all([replicas.stop(), gateway.stop(), dispatcher.destroy()])
  }
}

function table({ policy, model, timeScale }: SocketsInput, ports: readonly number[]): object {
  return {
    providers: {
      replicas: {
        kind: 'openai',
        replicas: ports.map((port) => ({
          url: `http://127.0.0.1:${port}/v1`,
          prefillTokensPerSecond: model.prefillTokensPerSecond * timeScale,
          cacheTokens: model.kvTokens,
        })),
      },
    },
    models: {
      m: {
        targets: [{ provider: 'replicas', model: 'm' }],
        policy,
        retries: 0,
        deadlines: { firstTokenMs: 600_000, betweenTokensMs: 600_000, totalMs: 600_000 },
      },
    },
  }
}
