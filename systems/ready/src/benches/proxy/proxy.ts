import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { Keeper } from '../../faults/keeper.ts'
import { generate } from '../../load/generate.ts'
import { scenarioSchema } from '../../load/scenario.ts'
import { allowTarget } from '../../load/target.ts'
import { startTarget } from '../load/start-target.ts'

const seconds = 3
const injectedMs = 50
const bytesPerSecond = 200_000
const narrowBytes = 400_000

/**
 * `heavylift bench ready.proxy`: what the proxy adds to a request without a fault, and how near to what was asked an injected delay and a narrow
 * line are. Target, proxy and generator are processes of their own, as in a game day; direct and proxied take turns.
 */
export async function runProxyBench({ report }: MeasureInput) {
  const folder = await mkdtemp(join(tmpdir(), 'ready-proxy-'))
  const target = await startTarget()
  const keeper = await Keeper.start(folder)
  try {
    const proxy = await keeper.openProxy('target', {
      host: '127.0.0.1',
      port: target.port,
      isWatching: false,
    })
    let asked = 0
    const play = async (at: number, stage: string, port: number) => {
      report({ stage, done: at, total: 7, unit: 'runs' })
      const url = `http://127.0.0.1:${port}`
      const scenario = scenarioSchema.parse({
        name: stage,
        target: url,
        requests: [{ name: 'all', path: '/' }],
        // One after the other: what a processor takes to wake up is not the proxy's.
        load: [{ kind: 'users', users: 1, seconds }],
      })
      const allowed = await allowTarget(url, null, () => Promise.resolve(null))
      const { measured } = await generate(scenario, allowed, new AbortController().signal)
      asked += measured.sent
      return measured.service.quantileMs(0.5)
    }
    const direct: number[] = []
    const proxied: number[] = []
    for (let turn = 0; turn < 3; turn++) {
      direct.push(await play(2 * turn, 'direct', target.port))
      proxied.push(await play(2 * turn + 1, 'through the proxy', proxy.port))
    }
    const middle = (all: number[]) => all.toSorted((a, b) => a - b)[1] as number
    const lease = await keeper.inject('target', { kind: 'latency', ms: injectedMs, jitterMs: 0 }, 60_000)
    const delayedMs = await play(6, 'with a delay', proxy.port)
    await lease.end()
    const narrowMs = await timeNarrow(keeper)
    const wantedMs = (1000 * narrowBytes) / bytesPerSecond
    return {
      n: asked,
      metrics: {
        addedP50Us: 1000 * (middle(proxied) - middle(direct)),
        injectedErrMs: Math.abs(delayedMs - middle(proxied) - injectedMs),
        bandwidthErrPct: (100 * Math.abs(narrowMs - wantedMs)) / wantedMs,
        directP50Ms: middle(direct),
      },
    }
  } finally {
    await keeper.close()
    await target.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function timeNarrow(keeper: Keeper): Promise<number> {
  const server = createServer((_request, response) => response.end(Buffer.alloc(narrowBytes)))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = server.address() as AddressInfo
    const proxy = await keeper.openProxy('large', { host: '127.0.0.1', port })
    const lease = await keeper.inject('large', { kind: 'bandwidth', bytesPerSecond }, 60_000)
    const startMs = performance.now()
    await (await fetch(`http://127.0.0.1:${proxy.port}/`)).arrayBuffer()
    const tookMs = performance.now() - startMs
    await lease.end()
    return tookMs
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
