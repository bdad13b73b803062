import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Debian's Chromium, or the one that `CHROMIUM` names; null where there is none, and then these tests cannot run. */
export const chromiumPath =
  [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (path) => path !== undefined && existsSync(path),
  ) ?? null

interface TestServer {
  address: string
  stop(): Promise<void>
}

/**
 * The whole product on a free port with an empty data folder: `heavylift serve`, with a small sample catalog. `options`
 * are further environment variables.
 */
export async function startProduct(options: Record<string, string> = {}): Promise<TestServer> {
  const home = mkdtempSync(join(tmpdir(), 'heavylift-e2e-'))
  const child = spawn(process.execPath, [join(root, 'apps/cli/src/main.ts'), 'serve'], {
    env: {
      ...process.env,
      HEAVYLIFT_HOME: home,
      HEAVYLIFT_SERVER_PORT: '0',
      HEAVYLIFT_SERVER_REQUIRE_KEYS: 'false',
      HEAVYLIFT_SHOP_SAMPLE_PRODUCTS: '1500',
      HEAVYLIFT_SHOP_PILL_PRODUCTS: '20',
      // Only the tests of live look at its matches, and start them; the others would share the machine with them.
      HEAVYLIFT_LIVE_DEMO: 'false',
      // Only the tests of drive clear anything, and say themselves what.
      HEAVYLIFT_DRIVE_SAMPLE: 'false',
      ...options,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const found = /(http:\/\/127\.0\.0\.1:\d+)/.exec(output)
      if (found?.[1]) resolve(found[1])
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output}`)))
  })
  await waitFor('the sample catalog', async () => {
    const answer = (await (await fetch(`${address}/api/shop/products?limit=1`)).json()) as { total?: number }
    return (answer.total ?? 0) > 0
  })
  return {
    address,
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Resolves when `isThere` does; rejects after two minutes, saying what was waited for. */
export async function waitFor(what: string, isThere: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 120_000
  while (Date.now() < until) {
    if (await isThere().catch(() => false)) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`Waited two minutes for ${what}.`)
}

/** How a Chromium is started for `launch` and `launchServer`. */
export const browserOptions = {
  executablePath: chromiumPath ?? '',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
}
