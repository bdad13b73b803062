import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { EngineMessage, EngineOptions } from '../process/engine-options.ts'

const tailCharacters = 4_000
/** From SIGTERM to SIGKILL. */
const killAfterMs = 3_000

export interface EngineProcessEvents {
  onMessage(message: EngineMessage): void
  onLine(line: string): void
  /** Once, when the process is gone. `reason` is what it said last. */
  onExit(exit: { code: number | null; signal: string | null; reason: string }): void
}

/** One engine process. It ends by itself when this process does, since the channel between them closes. */
export class EngineProcess {
  readonly #child: ChildProcess
  readonly #gone: Promise<void>
  #tail = ''

  constructor(
    options: EngineOptions,
    events: EngineProcessEvents,
    entry = fileURLToPath(new URL('../process/engine-main.ts', import.meta.url)),
  ) {
    this.#child = fork(entry, [], {
      // Not this process's own flags (a debugger's port, a test runner's loader).
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    let line = ''
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#tail = (this.#tail + text).slice(-tailCharacters)
      const lines = (line + text).split('\n')
      line = (lines.pop() ?? '').slice(-tailCharacters)
      for (const whole of lines) if (whole !== '') events.onLine(whole)
    })
    this.#child.on('message', (message) => events.onMessage(message as EngineMessage))
    this.#gone = new Promise((resolve) => {
      const end = (code: number | null, signal: string | null) => {
        resolve()
        events.onExit({ code, signal, reason: this.#tail.trim().split('\n').slice(-6).join('\n') })
      }
      this.#child.once('close', end)
      this.#child.once('error', (error) => {
        this.#tail += error.message
        // A process that never was has no `close`.
        if (this.#child.pid === undefined) end(null, null)
      })
    })
    // A process that died at once cannot be sent anything; its exit tells.
    this.#child.send(options, () => {})
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Ends the process, by force when it does not go, and waits until it is gone. */
  async kill(): Promise<void> {
    this.#child.kill('SIGTERM')
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), killAfterMs)
    await this.#gone
    clearTimeout(timer)
  }
}
