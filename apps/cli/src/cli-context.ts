import type { Command, Measure } from '@heavylift/core'
import type { LoadedConfig } from '@heavylift/core/runtime/config'
import type { InstalledSystem } from '@heavylift/server/systems'
import type { z } from 'zod'

/** What the command line sees of a system. */
export interface CliSystem {
  name: string
  title: string
  summary: string
  needs?: readonly string[]
  config: z.ZodType
  commands: Command[]
  evals: Measure[]
  benches: Measure[]
}

/** A system that is there, before anything of it is loaded. */
export interface LazySystem extends Omit<InstalledSystem, 'load'> {
  load(): Promise<CliSystem>
}

export interface ServeOptions {
  /** Names of the systems to run; null for those of the configuration. */
  only: string[] | null
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
  readonly version: string
  /** The systems of this installation. A command loads those that it needs. */
  systems: readonly LazySystem[]
  /** Validated configuration with the sections of the given systems, beside those of the installation; throws `ConfigError`. */
  config(systems?: readonly Pick<CliSystem, 'name' | 'config'>[]): Promise<LoadedConfig>
  /** Calls the running server. Rejects with exit code 3 when none runs. */
  api: (path: string, init?: RequestInit & { duplex?: 'half' }) => Promise<Response>
  /** Asks a person at the terminal; null when nobody sits there. */
  ask(question: string): Promise<boolean | null>
  /** Aborts on Ctrl-C. */
  signal: AbortSignal
  /** Runs the server until it is told to stop. */
  serve(options: ServeOptions): Promise<void>
}
