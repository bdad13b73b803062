import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client'
import { HeavyliftError } from '@heavylift/core'

/** A program that an administrator has listed: its path or name, arguments and environment. */
export interface Program {
  command: string
  args: readonly string[]
  /** All that it is given of an environment, beside `PATH` and `HOME`. */
  env: Readonly<Record<string, string>>
  cwd: string
}

/** A program that does not end when its input does is ended after this. */
const patienceMs = 2_000

/** MCP's stdio: a message a line, to a program's input and from its output. One line longer than `maxBytes` ends the program. */
export class ProgramTransport implements Transport {
  onclose?: () => void
  onerror?: (error: Error) => void
  onmessage?: Transport['onmessage']
  readonly #program: Program
  readonly #maxBytes: number
  #child: ChildProcess | null = null
  #parts: Buffer[] = []
  #bytes = 0

  constructor(program: Program, maxBytes: number) {
    this.#program = program
    this.#maxBytes = maxBytes
  }

  async start(): Promise<void> {
    const { command, args, env, cwd } = this.#program
    const { PATH = '', HOME = '' } = process.env
    const child = spawn(command, args, {
      cwd,
      env: { PATH, HOME, ...env },
      // What it says of itself is no answer, and may hold what it was given.
      stdio: ['pipe', 'pipe', 'ignore'],
      shell: false,
    })
    this.#child = child
    child.stdout!.on('data', (chunk: Buffer) => this.#take(chunk))
    child.stdin!.on('error', (error) => this.onerror?.(error))
    child.once('close', () => {
      this.#child = null
      this.onclose?.()
    })
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', (cause) =>
        reject(
          new HeavyliftError({
            code: 'program-not-started',
            message: `The program of this source does not start (${cause.message}). It is named in agents.programs.`,
            cause,
          }),
        ),
      )
    })
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const input = this.#child?.stdin
    if (input == null || !input.writable)
      throw new HeavyliftError({ code: 'program-ended', message: 'The program of this source has ended.' })
    await new Promise<void>((resolve, reject) => {
      input.write(`${JSON.stringify(message)}\n`, (error) => (error ? reject(error) : resolve()))
    })
  }

  async close(): Promise<void> {
    const child = this.#child
    if (child === null) return
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
    child.stdin?.end()
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs)
    child.kill('SIGTERM')
    await ended
    clearTimeout(timer)
  }

  #take(chunk: Buffer): void {
    let rest = chunk
    for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10)) {
      const line = Buffer.concat([...this.#parts, rest.subarray(0, at)]).toString('utf8')
      this.#parts = []
      this.#bytes = 0
      rest = rest.subarray(at + 1)
      this.#tell(line)
    }
    this.#parts.push(rest)
    this.#bytes += rest.length
    if (this.#bytes <= this.#maxBytes) return
    this.#parts = []
    this.#bytes = 0
    this.#child?.kill('SIGKILL')
    this.onerror?.(new Error(`The program answered with a line of more than ${this.#maxBytes} bytes.`))
  }

  #tell(line: string): void {
    if (line.trim() === '') return
    try {
      this.onmessage?.(JSON.parse(line) as JSONRPCMessage)
    } catch (error) {
      this.onerror?.(error instanceof Error ? error : new Error(String(error)))
    }
  }
}
