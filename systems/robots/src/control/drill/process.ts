import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'

type Told = { kind: 'up' } | { kind: 'end'; result: unknown }

/** A part of a drill in a process of its own. */
export class PartProcess {
  readonly #child: ChildProcess
  readonly isUp: Promise<void>
  #result: unknown = null

  constructor(
    name: 'broker' | 'control' | 'fleet',
    options: Record<string, string | boolean>,
    dataDir: string,
  ) {
    this.#child = fork(
      join(import.meta.dirname, 'part-child.ts'),
      [name, JSON.stringify({ options, dataDir })],
      {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        execArgv: [],
      },
    )
    this.isUp = new Promise((resolve, reject) => {
      this.#child.on('message', (told: Told) => {
        if (told.kind === 'up') resolve()
        else this.#result = told.result
      })
      this.#child.once('exit', (code) =>
        reject(new Error(`The ${name} ended with ${code} before it was up.`)),
      )
    })
    // Who does not wait for it does not want to hear of it either.
    this.isUp.catch(() => undefined)
  }

  /** Without warning, as a power cut does it. Resolves when it is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Asks it to end. Resolves to what it had to tell. */
  async stop(): Promise<unknown> {
    await this.#end('SIGTERM')
    return this.#result
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()))
    this.#child.kill(signal)
    await gone
  }
}
