import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import type { Watched } from './call-log.ts'
import type { Fault } from './fault.ts'
import type { Asked, KeeperAnswer } from './keeper-messages.ts'
import type { ProcessFault, ProcessRef } from './process-fault.ts'
import { LeaseFiles } from './undo.ts'

const beatMs = 1000

export interface Proxy {
  port: number
  watched(sinceMs: number): Promise<Watched>
  close(): Promise<void>
}

/** A fault that is on; it ends by itself when its time is over, or when this process or its keeper dies. */
export interface Lease {
  id: string
  end(): Promise<void>
}

/** The controller's side of the watchdog (`keeper-child.ts`). Should the watchdog die, what it held is taken back from its files. */
export class Keeper {
  readonly #child: ChildProcess
  readonly #files: LeaseFiles
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  readonly #beat: NodeJS.Timeout
  #number = 0
  #isClosed = false
  /** Resolves when the watchdog is gone and nothing of its faults is left. */
  readonly gone: Promise<void>

  private constructor(child: ChildProcess, files: LeaseFiles) {
    this.#child = child
    this.#files = files
    child.on('message', (message) => this.#answered(message as KeeperAnswer))
    this.gone = new Promise((resolve) => {
      child.once('exit', () => {
        clearInterval(this.#beat)
        this.#isClosed = true
        for (const { reject } of this.#waiting.values()) reject(isGone())
        this.#waiting.clear()
        void this.#files.recover().finally(resolve)
      })
    })
    this.#beat = setInterval(() => void this.#ask({ op: 'beat' }).catch(() => undefined), beatMs)
    this.#beat.unref()
  }

  /** @param folder of its lease files; what an earlier one left is taken back first */
  static async start(folder: string): Promise<Keeper> {
    const files = new LeaseFiles(folder)
    await files.recover()
    const child = fork(join(import.meta.dirname, 'keeper-child.ts'), [folder], {
      // A group of its own: what kills the controller's group leaves it to tidy up.
      detached: true,
      // It outlives its controller, so it holds nothing of it; what goes wrong comes back as an answer.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
    })
    return new Keeper(child, files)
  }

  get pid(): number {
    return this.#child.pid as number
  }

  /** @throws HeavyliftError `blast-radius` where the dependency is not on this machine */
  async openProxy(
    name: string,
    {
      host,
      port,
      listen = 0,
      protocol = 'tcp',
      isWatching = true,
    }: { host: string; port: number; listen?: number; protocol?: 'tcp' | 'dns'; isWatching?: boolean },
  ): Promise<Proxy> {
    const found = (await this.#ask({
      op: 'open-proxy',
      proxy: name,
      host,
      port,
      listen,
      protocol,
      isWatching,
    })) as number
    return {
      port: found,
      watched: async (sinceMs) => (await this.#ask({ op: 'watched', proxy: name, sinceMs })) as Watched,
      close: async () => void (await this.#ask({ op: 'close-proxy', proxy: name })),
    }
  }

  async inject(proxy: string, fault: Fault, leaseMs: number): Promise<Lease> {
    const lease = this.#lease()
    await this.#ask({ op: 'inject', lease: lease.id, proxy, fault, leaseMs })
    return lease
  }

  /** @param process what is touched, or null where it is this machine */
  async touch(fault: ProcessFault, process: ProcessRef | null, leaseMs: number): Promise<Lease> {
    const lease = this.#lease()
    await this.#ask({ op: 'touch', lease: lease.id, fault, process, leaseMs })
    return lease
  }

  async endAll(): Promise<void> {
    if (this.#isClosed) await this.gone
    else await this.#ask({ op: 'end-all' })
  }

  /** Ends all faults and proxies. */
  async close(): Promise<void> {
    if (!this.#isClosed) this.#child.kill('SIGTERM')
    await this.gone
  }

  #lease(): Lease {
    const id = `${process.pid}-${Date.now()}-${this.#number}`
    return {
      id,
      end: async () => {
        if (this.#isClosed) await this.gone
        else await this.#ask({ op: 'end', lease: id })
      },
    }
  }

  #ask(asked: Asked): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(isGone())
    const number = ++this.#number
    const waiting = Promise.withResolvers<unknown>()
    this.#waiting.set(number, waiting)
    this.#child.send({ number, asked }, (error) => {
      if (error !== null)
        this.#answered({ number, problem: { code: 'keeper-gone', message: error.message, status: 500 } })
    })
    return waiting.promise
  }

  #answered({ number, result, problem }: KeeperAnswer): void {
    const waiting = this.#waiting.get(number)
    this.#waiting.delete(number)
    if (problem === undefined) waiting?.resolve(result)
    else waiting?.reject(new HeavyliftError({ ...problem, code: problem.code }))
  }
}

const isGone = () =>
  new HeavyliftError({
    code: 'keeper-gone',
    status: 503,
    message: 'The watchdog of faults is gone, so its faults have ended. Begin again.',
  })
