import type { Fault } from '../../src/testing/faults.ts'
import { startFaultyUpstream } from '../../src/testing/faulty-upstream.ts'
import type { FaultyUpstream } from '../../src/testing/faulty-upstream.ts'
import { startTestGateway } from '../../src/testing/test-gateway.ts'
import type { TestGateway } from '../../src/testing/test-gateway.ts'

export interface FaultyGateway extends TestGateway {
  upstreams: FaultyUpstream[]
  ask(body?: object, path?: string): Promise<Response>
}

/** Small ones, so that what never answers is given up soon. */
export const quickDeadlines = { firstTokenMs: 300, betweenTokensMs: 300, totalMs: 3000 }

/** A gateway before upstreams that do as told; the first is the one that is asked first. */
export async function startFaultyGateway(
  upstreamFaults: Fault[],
  model: object = {},
  options: { apis?: string[]; replica?: object } = {},
): Promise<FaultyGateway> {
  const upstreams = await Promise.all(upstreamFaults.map((fault) => startFaultyUpstream(fault)))
  const gateway = await startTestGateway({
    providers: {
      up: {
        kind: 'openai',
        replicas: upstreams.map(({ baseUrl }) => ({ url: baseUrl, ...options.replica })),
        ...(options.apis ? { apis: options.apis } : {}),
      },
    },
    models: {
      m: {
        targets: [{ provider: 'up', model: 'upstream-m' }],
        policy: 'round-robin',
        deadlines: quickDeadlines,
        ...model,
      },
    },
  })
  return {
    ...gateway,
    upstreams,
    ask: (body = {}, path = '/v1/chat/completions') =>
      fetch(gateway.address + path, {
        method: 'POST',
        body: JSON.stringify({
          model: 'm',
          stream: true,
          messages: [{ role: 'user', content: 'hi' }],
          ...body,
        }),
      }),
    async close() {
      await gateway.close()
      await Promise.all(upstreams.map((upstream) => upstream.close()))
    },
  }
}

export function inFlight({ gateway }: Pick<TestGateway, 'gateway'>): number {
  let count = 0
  for (const { balancer } of gateway.routes.values()) {
    for (const { requestsInFlight } of balancer.replicas) count += requestsInFlight
  }
  return count
}

/** The error that ends a stream of OpenAI's form; null when it does not end in one. */
export function streamError(text: string): { code: string; message: string } | null {
  const last = text.trimEnd().split('\n\n').at(-1) ?? ''
  const data = /^data: (\{.*\})$/m.exec(last)?.[1]
  return data === undefined
    ? null
    : ((JSON.parse(data) as { error?: { code: string; message: string } }).error ?? null)
}
