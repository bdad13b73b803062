import type { Command, Measure } from '@heavylift/core'
import type { ConfigSection, LoadedConfig } from '@heavylift/core/runtime'

/** What the command line sees of a system. */
export interface CliSystem {
  name: string
  title: string
  summary: string
  commands: Command[]
  evals: Measure[]
  benches: Measure[]
}

export interface OutputStream {
  write(text: string): unknown
  isTTY?: boolean
  columns?: number
}

/** Everything a command touches outside itself; tests hand in their own. */
export interface CliContext {
  stdout: OutputStream
  stderr: OutputStream
  env: Record<string, string | undefined>
  /** Where relative paths on the command line start. */
  cwd: string
  /** Version and commit, e.g. `0.1.0+3c12f59`. */
  version: string
  /** The systems of this installation. Loading them takes a while, so commands that need none do not ask. */
  systems(): Promise<CliSystem[]>
  sections(): Promise<ConfigSection[]>
  /** Validated configuration; throws `ConfigError`. */
  config(): Promise<LoadedConfig>
  /** Calls the running server. Rejects with exit code 3 when none runs. */
  api: (path: string, init?: RequestInit & { duplex?: 'half' }) => Promise<Response>
  /** Asks a person at the terminal; null when nobody sits there. */
  ask(question: string): Promise<boolean | null>
  /** Aborts on Ctrl-C. */
  signal: AbortSignal
  /** Runs the server until it is told to stop. */
  serve(): Promise<void>
}
