import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Keeper } from '../../faults/keeper.ts'
import { processRef } from '../../faults/process-identity.ts'
import type { Endpoint } from '../../game-day/probe.ts'
import type { Dependency, Subject } from '../../game-day/subject.ts'
import { dependencyNames } from './planted.ts'

const restartMs = 1500

/** The demo shop with all that it needs, in processes of its own on loopback; what is killed starts again after a while. */
export class WeakShop {
  readonly #children = new Map<string, ChildProcess>()
  readonly #folder: string
  #isStopping = false
  #subject: Subject | null = null

  private constructor(folder: string) {
    this.#folder = folder
  }

  get subject(): Subject {
    if (this.#subject === null) throw new Error('The shop has not started.')
    return this.#subject
  }

  static async start(keeper: Keeper, isMended: boolean): Promise<WeakShop> {
    const shop = new WeakShop(await mkdtemp(join(tmpdir(), 'ready-shop-')))
    try {
      await shop.#begin(keeper, isMended)
      return shop
    } catch (error) {
      await shop.stop()
      throw error
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    for (const child of this.#children.values()) child.kill('SIGKILL')
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #begin(keeper: Keeper, isMended: boolean): Promise<void> {
    const suffix = isMended ? 'mended' : 'weak'
    const ports = JSON.parse(await this.#spawn('dependencies', 'dependencies-child.ts', [])) as Record<
      string,
      number
    >
    const dependencies: Dependency[] = []
    for (const name of dependencyNames) {
      const proxy = await keeper.openProxy(name, { host: '127.0.0.1', port: ports[name] as number })
      dependencies.push({ name, proxy, isOptional: false })
    }
    const replicas = isMended
      ? ['inventory-1', 'inventory-2', 'search-1', 'search-2']
      : ['inventory-1', 'search-1', 'search-2']
    const at: Record<string, string[]> = {}
    for (const name of replicas) {
      const port = await freePort()
      ;(at[name.split('-')[0] as string] ??= []).push(`http://127.0.0.1:${port}`)
      await this.#spawn(name, 'replica-child.ts', [name, String(port), suffix])
    }
    const clockFile = join(this.#folder, 'clock')
    await writeFile(clockFile, '+0\n')
    const port = await this.#spawn('shop', 'shop-child.ts', [], {
      MENDED: isMended ? 'yes' : 'no',
      DEPENDENCIES: JSON.stringify(
        Object.fromEntries(dependencies.map(({ name, proxy }) => [name, `http://127.0.0.1:${proxy.port}`])),
      ),
      REPLICAS: JSON.stringify(at),
      CLOCK_FILE: clockFile,
      LOG_FILE: join(this.#folder, 'log'),
    })
    this.#subject = {
      url: new URL(`http://127.0.0.1:${port.trim()}`),
      endpoints,
      dependencies,
      processes: ['shop', ...replicas].map((name) => ({
        name,
        isEntry: name === 'shop',
        find: () => processRef(this.#children.get(name)?.pid ?? 0),
      })),
      clocks: [{ name: 'shop clock', file: clockFile }],
      patienceMs: 3000,
      mostRatePerSecond: 40,
    }
  }

  /** Returns what it prints when it is ready. */
  async #spawn(
    name: string,
    file: string,
    args: string[],
    env: Record<string, string> = {},
  ): Promise<string> {
    const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, ...env },
    })
    this.#children.set(name, child)
    child.once('exit', () => {
      if (this.#isStopping) return
      setTimeout(() => {
        if (!this.#isStopping) void this.#spawn(name, file, args, env).catch(() => undefined)
      }, restartMs)
    })
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    return line.toString()
  }
}

const get = (name: string): Endpoint => ({ name, method: 'GET', path: `/${name}` })

const endpoints: Endpoint[] = [
  get('products'),
  { name: 'checkout', method: 'POST', path: '/checkout', body: '{"product":"lamp-1"}' },
  ...[
    'stock',
    'reviews',
    'prices',
    'profile',
    'settings',
    'quote',
    'report',
    'offer',
    'inventory',
    'find',
  ].map(get),
  { ...get('answer'), isStream: true },
]

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => void server.close(() => resolve()))
  return port
}
