import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { sleep } from '@heavylift/core/async'
import { ask, share } from './probe.ts'
import type { Observed } from './probe.ts'

const everyMs = 100
/** What the control may take without the machine being at fault. */
const slowMs = 200
const mostSlowShare = 0.1
const worstMs = 1200

/**
 * A service that is known to be well, asked beside every experiment. When it is slow too, the machine was, and what was measured says nothing of
 * the service under test.
 */
export class Control {
  readonly #url: URL
  readonly #stop: () => void

  private constructor(port: number, stop: () => void) {
    this.#url = new URL(`http://127.0.0.1:${port}`)
    this.#stop = stop
  }

  static async start(): Promise<Control> {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'control-child.ts')], {
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    return new Control(Number(line.toString()), () => void child.kill())
  }

  /** What the work gives, and whether the machine was disturbed meanwhile. */
  async beside<T>(work: () => Promise<T>): Promise<{ result: T; wasDisturbed: boolean }> {
    const over = new AbortController()
    const watching = this.#watch(over.signal)
    try {
      const result = await work()
      over.abort()
      const seen = await watching
      const wasDisturbed =
        share(seen, ({ tookMs }) => tookMs > slowMs) > mostSlowShare ||
        seen.some(({ tookMs }) => tookMs > worstMs)
      return { result, wasDisturbed }
    } finally {
      over.abort()
    }
  }

  close(): void {
    this.#stop()
  }

  async #watch(signal: AbortSignal): Promise<Observed[]> {
    const asked: Promise<Observed>[] = []
    while (!signal.aborted) {
      asked.push(ask(this.#url, { name: 'control', method: 'GET', path: '/' }, 10_000))
      await sleep(everyMs, signal)
    }
    return Promise.all(asked)
  }
}
