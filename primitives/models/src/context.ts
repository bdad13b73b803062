import type { CoreServices } from '@heavylift/core'
import type { Prepared, PrepareOptions, ReadyRequest } from './cache/ready-answers.ts'
import type { GatewayConfig } from './table/gateway-config.ts'
import type { EngineStatus, PulledModel } from '@heavylift/engine'
import type { DiscoveryStatus } from './discovery/discovery.ts'
import type { FoundServer } from './discovery/find-servers.ts'
import type { Pulls } from './engines/pulls.ts'
import type { ModelRoute } from './gateway/route/model-route.ts'
import type { Meter } from './metering/meter.ts'
import type { Seen } from './metering/seen-elsewhere.ts'
import type { Prices } from './metering/prices.ts'
import type { UsageStore } from './metering/usage-store.ts'

/** What the management API stands on; the host fills it. */
export interface ModelsContext extends Pick<CoreServices, 'clock' | 'log'> {
  usage: UsageStore
  meter: Meter
  prices: Prices
  /** The running gateway: its effective table and its routes. */
  gateway: {
    readonly config: GatewayConfig
    readonly routes: ReadonlyMap<string, ModelRoute>
    setDraining(replicaId: string, isDraining: boolean): boolean
  }
  /** A replica was taken out of service here, or back: other processes of the server do the same. */
  onDrained?: (replicaId: string, isDraining: boolean) => void
  /** What the other processes of this server see now; none where there is one only. */
  elsewhere?: () => Seen[]
  configFile: ConfigFile
  cache: CacheControl
  ready: ReadyControl
  engine: EngineControl
  pulls: Pulls
  /** Of the providers whose replicas are looked for. */
  discovery: () => DiscoveryStatus[]
  /** Servers of models on this machine. */
  findServers: () => Promise<FoundServer[]>
  sample: SampleControl
}

export interface ConfigProblem {
  /** 1-based; null when it is not in the text (a missing file). */
  line: number | null
  column: number | null
  /** Where in the table, e.g. `models.large.targets`. Empty for the whole. */
  path: string
  message: string
}

/** The file of the gateway's table. */
export interface ConfigState {
  /** Absolute path. */
  file: string
  /** Empty while there is no file. */
  text: string
  /** Changes with the text. */
  version: string
  /** Empty when the text is in effect; else the table before it still is. */
  problems: ConfigProblem[]
}

/** Sets what stands at `path` (`['models', 'large', 'policy']`); `undefined` takes it away. */
export interface ConfigEdit {
  path: string[]
  value: unknown
}

/**
 * `write` and `edit` throw ConflictError `config-changed` when the file is no longer at `baseVersion`, and
 * InvalidInputError `config-invalid` with `details: ConfigProblem[]` when the table would not be valid; the file then
 * stays as it is. Once they resolve, the new table is in effect.
 */
export interface ConfigFile {
  read(): Promise<ConfigState>
  write(text: string, baseVersion: string): Promise<ConfigState>
  /** Keeps comments and order of the rest. */
  edit(edits: readonly ConfigEdit[], baseVersion: string): Promise<ConfigState>
}

/** The exact responses that are kept, and the answers made ahead. */
export interface CacheControl {
  stats(): { entries: number; bytes: number; maxBytes: number; readyAnswers: number }
  /** Forgets the kept responses; answers made ahead stay. */
  clear(): void
}

/** Sample traffic, until there is real traffic. */
export interface SampleControl {
  readonly isOn: boolean
  /** A page is looked at: the traffic goes on for a while. */
  look(): void
  /** Takes all of it away, for good. */
  remove(): Promise<void>
}

/** Answers made before they are asked for. */
export interface ReadyControl {
  /** Asks for those that are missing and keeps them; see `ReadyAnswers.prepare`. */
  prepare(requests: readonly ReadyRequest[], options: Omit<PrepareOptions, 'concurrency'>): Promise<Prepared>
  /** Drops a tenant's answers of a tag, and returns how many there were. */
  forget(tenantId: string, tag: string): Promise<number>
}

export interface EngineOverview {
  /** False when the engine's packages are not installed; `heavylift models pull` installs them. */
  isInstalled: boolean
  /** Those of the table, by provider. */
  engines: ({ provider: string } & EngineStatus)[]
  pulled: PulledModel[]
}

/** The engines of this machine: one for each provider of kind `engine`. */
export interface EngineControl {
  overview(): Promise<EngineOverview>
  /**
   * Serves a pulled model from the local engine, and makes it the one that is served at the next start. Resolves once
   * the model loads, not once it is loaded. Throws NotFoundError `model-not-pulled`.
   */
  use(model: string): Promise<void>
  /** Resolves once it starts. Throws NotFoundError `engine-not-found`. */
  restart(provider: string): Promise<void>
}
