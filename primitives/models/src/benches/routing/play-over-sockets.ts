import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import type { PolicyName } from '../../config/gateway-config.ts'
import { startChild } from './child.ts'
import { promptText } from './prompt-text.ts'
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

/**
 * Plays a trace to the gateway over HTTP, which passes it on to replicas in another process, in scaled time. A first
 * token's time counts from when the trace says that the request is sent, and is given in the trace's milliseconds.
 * Throws when a request is not answered in full.
 */
export async function playOverSockets(input: SocketsInput): Promise<RoutingResult> {
  const { trace, timeScale, signal } = input
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
    }
    const ports = (await replicas.ask(task)) as number[]
    const address = (await gateway.ask(table(input, ports))) as string
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
    const { promptTokens, cachedTokens } = (await replicas.ask({ what: 'totals' })) as ReplicaTotals
    return { ttftMs: Float64Array.from(times).sort(), cachedShare: cachedTokens / promptTokens, ejections: 0 }
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
