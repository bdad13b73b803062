import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HeavyliftError } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'

const main = fileURLToPath(new URL('../../../../../apps/cli/src/main.ts', import.meta.url))

export interface ProductServer {
  /** `http://127.0.0.1:PORT`, where this machine needs no key. */
  address: string
  /** Publishes a definition and puts it live. */
  publish(definition: Record<string, unknown>): Promise<void>
  close(): Promise<void>
}

/** The product in a process and a folder of its own, with agents alone. @throws HeavyliftError `server-not-started` */
export async function startProductServer(signal: AbortSignal): Promise<ProductServer> {
  const home = await mkdtemp(join(tmpdir(), 'heavylift-faces-'))
  const child = spawn(process.execPath, [main, 'serve', '--only', 'agents'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HEAVYLIFT_HOME: home,
      HEAVYLIFT_SERVER_PORT: '0',
      HEAVYLIFT_SERVER_REQUIRE_KEYS: 'false',
      HEAVYLIFT_LOG_LEVEL: 'error',
      // Kits listen on this machine.
      HEAVYLIFT_AGENTS_CALLBACKS_ALLOW_NETWORKS: '["127.0.0.0/8","::1/128"]',
      HEAVYLIFT_AGENTS_CALLBACKS_PORTS: 'any',
    },
  })
  let output = ''
  const keep = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-2_000))
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const close = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
    await rm(home, { recursive: true, force: true })
  }
  try {
    const address = await addressOf(home, () => child.exitCode, signal)
    return {
      address,
      close,
      async publish(definition) {
        const full = { schema: 'heavylift.agent/1', title: String(definition['name']), ...definition }
        const { version } = (await post(`${address}/api/agents/versions`, { definition: full })) as {
          version: number
        }
        await post(`${address}/api/agents/agents/${String(definition['name'])}/live`, { version })
      },
    }
  } catch (cause) {
    await close()
    if (signal.aborted) throw cause
    throw new HeavyliftError({
      code: 'server-not-started',
      message: `The server for the measurement did not start. Its last output:\n${output}`,
      cause,
    })
  }
}

async function addressOf(home: string, exitCode: () => number | null, signal: AbortSignal): Promise<string> {
  for (;;) {
    signal.throwIfAborted()
    if (exitCode() !== null) throw new Error(`exit code ${exitCode()}`)
    try {
      const { address } = JSON.parse(await readFile(join(home, 'server.json'), 'utf8')) as { address: string }
      const answer = await fetch(`${address}/api/agents/agents`, { signal })
      if (answer.ok) return address
    } catch (error) {
      if (signal.aborted) throw error
    }
    await sleep(200, signal)
  }
}

async function post(url: string, body: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (answer.ok) return await answer.json()
  throw new HeavyliftError({ code: 'request-failed', message: `${url}: ${await answer.text()}` })
}
