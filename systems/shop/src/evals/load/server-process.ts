import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { HeavyliftError } from '@heavylift/core'
import type { ReportProgress } from '@heavylift/core'

const main = fileURLToPath(new URL('../../../../../apps/cli/src/main.ts', import.meta.url))

export interface ServerProcess {
  address: string
  pid: number
  /** SIGKILL; the folder stays, for a next start. */
  kill(): Promise<void>
  close(): Promise<void>
}

/**
 * Starts a whole installation in a process of its own, with a sample of so many products, and waits until they can be
 * searched. Without `home` its folder is its own too, and goes with `close`. Throws `server-not-started` with the end of its output.
 */
export async function startServerProcess(options: {
  products: number
  home?: string
  report: ReportProgress
  signal: AbortSignal
}): Promise<ServerProcess> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'heavylift-load-')))
  // The record of a process that was killed names an address where nobody answers.
  await rm(join(home, 'server.json'), { force: true })
  // Other systems, their samples and simulations, would share the machine with what is measured.
  const child = spawn(process.execPath, [main, 'serve', '--only', 'shop'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HEAVYLIFT_HOME: home,
      HEAVYLIFT_SERVER_PORT: '0',
      HEAVYLIFT_SERVER_REQUIRE_KEYS: 'false',
      HEAVYLIFT_SHOP_SAMPLE_PRODUCTS: String(options.products),
      HEAVYLIFT_LOG_LEVEL: 'warn',
    },
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-2_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const close = async () => {
    await stop(child)
    if (options.home === undefined) await rm(home, { recursive: true, force: true })
  }
  const kill = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }
  try {
    const address = await addressOf(home, child, options.signal)
    await loaded(address, child, options)
    return { address, pid: child.pid ?? 0, kill, close }
  } catch (cause) {
    await close()
    if (options.signal.aborted) throw cause
    throw new HeavyliftError({
      code: 'server-not-started',
      message: `The server for the measurement did not start. Its last output:\n${output}`,
      cause,
    })
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 60_000)
  await ended
  clearTimeout(late)
}

async function addressOf(home: string, child: ChildProcess, signal: AbortSignal): Promise<string> {
  for (;;) {
    signal.throwIfAborted()
    if (child.exitCode !== null) throw new Error(`exit code ${child.exitCode}`)
    try {
      const record = JSON.parse(await readFile(join(home, 'server.json'), 'utf8')) as { address: string }
      return record.address
    } catch {
      await sleep(200, undefined, { signal })
    }
  }
}

async function loaded(
  address: string,
  child: ChildProcess,
  { products, report, signal }: { products: number; report: ReportProgress; signal: AbortSignal },
): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    if (child.exitCode !== null) throw new Error(`exit code ${child.exitCode}`)
    const response = await fetch(`${address}/api/shop/products?limit=1`, { signal }).catch(() => null)
    const total = response?.ok ? ((await response.json()) as { total: number }).total : 0
    report({ stage: 'loading the sample', done: total, total: products, unit: 'products' })
    if (total >= products) return
    await sleep(200, undefined, { signal })
  }
}
