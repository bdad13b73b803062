import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLogger } from '@heavylift/core'
import { Discovery } from '../../src/discovery/discovery.ts'
import { checkHealth } from '../../src/routing/check-health.ts'
import { healthTargets } from '../../src/routing/health-targets.ts'
import { gatewayConfigSchema } from '../../src/table/gateway-config.ts'
import { startTestGateway } from '../../src/testing/test-gateway.ts'

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

let folder: string
let server: Server
let port: number

// Node cannot make certificates; without the openssl program there is none to serve.
const isPossible = hasOpenssl()

/** One replica whose certificate is for a name that leads nowhere, signed by itself. */
beforeAll(async () => {
  if (!isPossible) return
  folder = mkdtempSync(join(tmpdir(), 'replica-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'ca.pem')]
  const named = ['-subj', '/CN=vllm.test', '-addext', 'subjectAltName=DNS:vllm.test']
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, ...named], {
    stdio: 'ignore',
  })
  server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content: 'safe' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  if (!isPossible) return
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true, force: true })
})

/** The table with what a name with this entry leads to. */
async function tableOf(tls: object | null) {
  const table = gatewayConfigSchema.parse({
    providers: {
      gpu: {
        kind: 'openai',
        discover: { kind: 'dns', name: 'vllm.test', port: 8000, allow: ['127.0.0.0/8'], tls },
      },
    },
    models: { m: { targets: [{ provider: 'gpu', model: 'm' }], retries: 0 } },
  })
  let changed: () => void = () => undefined
  const found = new Promise<void>((resolve) => (changed = resolve))
  const discovery = new Discovery({
    open: () =>
      async function* (signal) {
        yield [{ address: '127.0.0.1', port }]
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      },
    nowMs: () => 0,
    log: silentLogger,
    onChange: changed,
  })
  discovery.watch(table)
  await found
  const whole = discovery.addTo(table)
  discovery.stop()
  return whole
}

async function ask(tls: object | null) {
  const table = await tableOf(tls)
  const gateway = await startTestGateway(table, { secretsDir: folder })
  try {
    const answer = await fetch(`${gateway.address}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hi' }] }),
    })
    const [target] = healthTargets(
      table,
      async () => '',
      () => undefined,
      (replica) => gateway.gateway.dispatcherTo(replica),
    )
    const isWell = target !== undefined && (await checkHealth(target, 2000))
    return { status: answer.status, text: await answer.text(), isWell }
  } finally {
    await gateway.close()
  }
}

test.skipIf(!isPossible)(
  'replicas that are found by a name are called by https and have to be who that name says [MODELS-DISCOVER-08]',
  async () => {
    const { status, text, isWell } = await ask({ ca: 'file:ca.pem' })
    expect(text).toContain('safe')
    expect(status).toBe(200)
    expect(isWell).toBe(true)
  },
)

test.skipIf(!isPossible)(
  'a certificate for another name, or of nobody who is known, is refused, also when its health is asked [MODELS-DISCOVER-08]',
  async () => {
    const other = await ask({ ca: 'file:ca.pem', serverName: 'other.test' })
    expect(other).toMatchObject({ status: 502, isWell: false })
    const unknown = await ask({})
    expect(unknown).toMatchObject({ status: 502, isWell: false })
    expect(unknown.text).not.toContain('safe')
  },
)
