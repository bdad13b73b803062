import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sleep } from '@heavylift/core/async'
import { stopped } from '../overhead/target.ts'

export interface GatewayProgram {
  child: ChildProcess
  address: string
  /** The installation's token. */
  key: string
  /** When the process was begun, monotonic. */
  spawnedMs: number
  stop(): Promise<void>
}

export interface GatewayProgramOptions {
  /** Of `heavylift`, e.g. `['gateway']`. */
  command: readonly string[]
  /** An empty folder. */
  home: string
  /** `models.config.json`. */
  table: object
  env?: Record<string, string>
  /** Of Node. */
  flags?: readonly string[]
  signal: AbortSignal
}

const startWithinMs = 120_000

/** Starts the very program that runs this bench, as users do, and resolves once it listens. */
export async function startGatewayProgram(options: GatewayProgramOptions): Promise<GatewayProgram> {
  const { home, signal } = options
  await mkdir(join(home, 'models'), { recursive: true })
  await writeFile(join(home, 'models', 'models.config.json'), JSON.stringify(options.table))
  const spawnedMs = performance.now()
  const child = spawn(
    process.execPath,
    [...(options.flags ?? []), process.argv[1] ?? '', ...options.command],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        HEAVYLIFT_HOME: home,
        HEAVYLIFT_SERVER_PORT: '0',
        HEAVYLIFT_MODELS_SAMPLE: 'false',
        // The pages are not what is measured, and would be built where they are not yet.
        HEAVYLIFT_SERVER_CONSOLE_DIR: home,
        npm_lifecycle_event: '',
        // All calls come from one address.
        ...Object.fromEntries(
          ['PER_IP', 'PER_KEY'].flatMap((whose) =>
            ['BURST', 'PER_SECOND'].map((what) => [
              `HEAVYLIFT_SERVER_RATE_LIMIT_${whose}_${what}`,
              '1000000000',
            ]),
          ),
        ),
        ...options.env,
      },
    },
  )
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2_000)
  })
  const stop = () => stopped(child, () => child.kill('SIGTERM'))
  try {
    const record = join(home, 'server.json')
    let address = addressIn(record)
    while (address === null) {
      signal.throwIfAborted()
      if (child.exitCode !== null || performance.now() - spawnedMs > startWithinMs)
        throw new Error(`It did not start: ${said}`)
      await sleep(2)
      address = addressIn(record)
    }
    return { child, address, key: readFileSync(join(home, 'token'), 'utf8').trim(), spawnedMs, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Null while the file is not there, or not written to its end. */
function addressIn(record: string): string | null {
  try {
    return (JSON.parse(readFileSync(record, 'utf8')) as { address: string }).address
  } catch {
    return null
  }
}
