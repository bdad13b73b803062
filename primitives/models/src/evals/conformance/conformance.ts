import type { MeasureInput } from '@heavylift/core'
import { scanEndpoint } from 'compatcanary'
import { startTestEngine } from '@heavylift/engine/testing'
import { startTestGateway } from '../../testing/test-gateway.ts'
import { anthropicChecks } from './anthropic-checks.ts'
import { officialClients } from './check.ts'
import type { Check } from './check.ts'
import { openAiChecks } from './openai-checks.ts'
import { startSteadyProxy } from './steady-proxy.ts'

export const checks: Check[] = [...openAiChecks, ...anthropicChecks]

/**
 * The official clients and compatcanary against the gateway in front of the local engine with real weights. `passed`
 * and `failed` count checks and probes; what failed is named in the progress.
 */
export async function runConformance({ report, signal }: MeasureInput) {
  const total = checks.length + 1
  report({ stage: 'starting the engine', done: 0, total, unit: 'checks' })
  const { engine, gateway, close } = await startConformanceTarget()
  try {
    const failures: string[] = []
    const clients = officialClients(gateway, engine)
    for (const [done, { name, run }] of checks.entries()) {
      signal.throwIfAborted()
      report({ stage: name, done, total, unit: 'checks' })
      await run(clients).catch((error: unknown) => {
        failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
      })
    }
    report({ stage: 'compatcanary', done: total - 1, total, unit: 'checks' })
    const scan = await scanWithCompatcanary(gateway, engine, 120_000)
    const probesFailed = scan.results.filter(({ status }) => status !== 'pass')
    failures.push(...probesFailed.map(({ name, summary }) => `compatcanary ${name}: ${summary}`))
    for (const failure of failures)
      report({ stage: `failed: ${failure}`, done: total, total, unit: 'checks' })
    const n = checks.length + scan.results.length
    return {
      n,
      metrics: {
        passed: n - failures.length,
        failed: failures.length,
        officialClients: checks.length,
        compatcanaryProbes: scan.results.length,
      },
    }
  } finally {
    await close()
  }
}

/** What compatcanary finds of the gateway, with answers that no chance decides. */
export async function scanWithCompatcanary(gateway: string, model: string, timeoutMs: number) {
  const proxy = await startSteadyProxy(gateway)
  try {
    return await scanEndpoint({ baseUrl: `${proxy.address}/v1`, model, timeoutMs })
  } finally {
    await proxy.close()
  }
}

/** The gateway before an engine with real weights. `engine`: the model's name; `gateway`: its address. */
export async function startConformanceTarget() {
  const engine = await startTestEngine({ contextTokens: 2048 })
  const gateway = await startTestGateway({
    providers: { local: { kind: 'openai', replicas: [engine.url] } },
    models: { [engine.model]: { targets: [{ provider: 'local', model: engine.model }] } },
  })
  return {
    engine: engine.model,
    gateway: gateway.address,
    close: async () => {
      await gateway.close()
      await engine.stop()
    },
  }
}
