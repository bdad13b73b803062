import type { MeasureInput } from '@heavylift/core'
import { createRandom } from '@heavylift/core/math'
import { FaultProxy } from '../../game-day/fault-proxy.ts'
import { generate } from '../../load/generate.ts'
import { scenarioSchema } from '../../load/scenario.ts'
import { allowTarget } from '../../load/target.ts'
import { startTarget } from '../load/start-target.ts'

const seconds = 3
const injectedMs = 50

/** `heavylift bench ready.proxy`: what the proxy adds to a request without a fault, and how near to what was asked an injected delay is. */
export async function runProxyBench({ report }: MeasureInput) {
  const target = await startTarget()
  const proxy = new FaultProxy({ host: '127.0.0.1', port: target.port }, createRandom('ready.proxy'))
  try {
    const port = await proxy.listen()
    const play = async (at: number, stage: string) => {
      report({ stage, done: at, total: 3, unit: 'runs' })
      const url = `http://127.0.0.1:${stage === 'direct' ? target.port : port}`
      const scenario = scenarioSchema.parse({
        name: stage,
        target: url,
        requests: [{ name: 'all', path: '/' }],
        load: [{ kind: 'constant', ratePerSecond: 200, seconds }],
      })
      const allowed = await allowTarget(url, null, () => Promise.resolve(null))
      const { measured } = await generate(scenario, allowed, new AbortController().signal)
      return measured.service.quantileMs(0.5)
    }
    const directMs = await play(0, 'direct')
    const proxiedMs = await play(1, 'through the proxy')
    proxy.inject({ kind: 'latency', ms: injectedMs, jitterMs: 0 }, 60_000)
    const delayedMs = await play(2, 'with a delay')
    return {
      n: 3 * 200 * seconds,
      metrics: {
        addedP50Us: 1000 * (proxiedMs - directMs),
        injectedErrMs: Math.abs(delayedMs - proxiedMs - injectedMs),
        directP50Ms: directMs,
      },
      notes: ['Proxy and generator share a process here, so each request takes turns with its own proxying.'],
    }
  } finally {
    await proxy.close()
    await target.stop()
  }
}
