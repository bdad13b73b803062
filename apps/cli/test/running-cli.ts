import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const bin = join(fileURLToPath(import.meta.url), '..', '..', 'bin', 'heavylift.mjs')

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

export interface Started {
  child: ChildProcess
  /** Resolves when standard output matches; rejects when the process ends first. */
  output(pattern: RegExp): Promise<RegExpMatchArray>
  finished: Promise<Finished>
}

/** The real command in a process of its own, with a data folder of its own, a small sample of products and no other. */
export function startCli(
  args: string[],
  dataDir: string,
  env: Record<string, string> = {},
  /** What runs it, e.g. `unshare`. */
  runner: string[] = [],
  /** The command's path, e.g. of an earlier release. */
  path = bin,
): Started {
  const clean = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('HEAVYLIFT_') && name !== 'DATABASE_URL' && !name.startsWith('npm_'),
  )
  const [command = '', ...words] = [...runner, process.execPath, path, ...args]
  const child = spawn(command, words, {
    env: {
      ...Object.fromEntries(clean),
      HEAVYLIFT_HOME: dataDir,
      HEAVYLIFT_SHOP_SAMPLE_PRODUCTS: '30',
      HEAVYLIFT_LIVE_DEMO: 'false',
      HEAVYLIFT_DRIVE_SAMPLE: 'false',
      HEAVYLIFT_ADDRESS_SAMPLE: 'false',
      HEAVYLIFT_FLEET_SAMPLE: 'false',
      HEAVYLIFT_SPEC_SAMPLE: 'false',
      HEAVYLIFT_MODELS_SAMPLE: 'false',
      HEAVYLIFT_ROBOTS_FLOOR_ROBOTS: '20',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
  return {
    child,
    finished,
    output: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = stdout.match(pattern)
          if (match !== null) resolve(match)
        }
        child.stdout.on('data', look)
        look()
        void finished.then(({ code }) => reject(new Error(`ended with ${code} first:\n${stdout}\n${stderr}`)))
      }),
  }
}

export function runCliProcess(
  args: string[],
  dataDir: string,
  env: Record<string, string> = {},
): Promise<Finished> {
  return startCli(args, dataDir, env).finished
}
