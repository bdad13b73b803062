import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { startCli } from './running-cli.ts'
import type { Started } from './running-cli.ts'

export interface RunningInstallation extends Started {
  address: string
  /** Asks as the administrator. */
  ask(
    path: string,
    init?: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> },
  ): Promise<{ status: number; headers: Headers; body: unknown; text: string }>
  /** Makes an API key and resolves to the answer. */
  createKey(name: string): ReturnType<RunningInstallation['ask']>
  keyNames(): Promise<string[]>
  /** Resolves once health says ok. */
  healthy(): Promise<void>
}

/** `heavylift serve`, or another command, in a process of its own on a free port, with everything started. */
export async function startInstallation(
  dataDir: string,
  env: Record<string, string> = {},
  command: string[] = ['serve'],
): Promise<RunningInstallation> {
  const started = startCli(command, dataDir, { HEAVYLIFT_SERVER_PORT: '0', ...env })
  const [, address = ''] = await started.output(/(http:\/\/127\.0\.0\.1:\d+)/)
  await started.output(/Ctrl-C stops everything/)
  const authorization = `Bearer ${readFileSync(join(dataDir, 'token'), 'utf8').trim()}`
  const ask: RunningInstallation['ask'] = async (path, init = {}) => {
    const answer = await fetch(`${address}${path}`, {
      ...init,
      headers: { authorization, 'content-type': 'application/json', ...init.headers },
      signal: AbortSignal.timeout(60_000),
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json') === true
    return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : null, text }
  }
  return {
    ...started,
    address,
    ask,
    createKey: (name) =>
      ask('/api/heavylift/keys', {
        method: 'POST',
        body: JSON.stringify({ name, kind: 'secret', scope: 'operator' }),
      }),
    async keyNames() {
      const { body } = await ask('/api/heavylift/keys')
      return (body as { keys: { name: string }[] }).keys.map(({ name }) => name)
    },
    healthy: () =>
      vi.waitFor(
        async () => {
          const { status, text } = await ask('/healthz')
          if (status !== 200) throw new Error(text)
        },
        { timeout: 60_000, interval: 200 },
      ),
  }
}

/** Data folders and servers of one test, ended and removed by `end`. */
export class Installations {
  readonly #ends: (() => Promise<unknown> | void)[] = []

  dataFolder(): string {
    const home = mkdtempSync(join(tmpdir(), 'heavylift-installation-'))
    // As root PostgreSQL runs as another user; in a folder that it cannot enter its files would go elsewhere, and stay.
    chmodSync(home, 0o755)
    this.#ends.push(() => rmSync(home, { recursive: true, force: true }))
    return home
  }

  async start(
    home: string,
    env: Record<string, string> = {},
    command?: string[],
  ): Promise<RunningInstallation> {
    const server = await startInstallation(home, env, command)
    this.#ends.push(async () => {
      server.child.kill('SIGTERM')
      await server.finished
    })
    return server
  }

  /** What ends last was begun first. */
  onEnd(end: () => Promise<unknown> | void): void {
    this.#ends.push(end)
  }

  async end(): Promise<void> {
    for (const end of this.#ends.splice(0).toReversed()) await end()
  }
}
