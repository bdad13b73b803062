import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

/** A process of the bench that is killed and comes back with the same arguments. */
export class Victim {
  readonly #file: string
  readonly #args: readonly string[]
  #child: ChildProcess

  private constructor(file: string, args: readonly string[], child: ChildProcess) {
    this.#file = file
    this.#args = args
    this.#child = child
  }

  /** Resolves once the process says that it is ready; rejects when it ends before. */
  static async start(file: string, args: readonly string[]): Promise<Victim> {
    return new Victim(file, args, await launch(file, args))
  }

  async killAndRestart(): Promise<void> {
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
    this.#child = await launch(this.#file, this.#args)
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
  }
}

async function launch(file: string, args: readonly string[]): Promise<ChildProcess> {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const child = fork(path, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const [message] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[]
  if (message !== 'ready') throw new Error(`${file} ended before it was ready.`)
  return child
}

/** A port of this machine that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
