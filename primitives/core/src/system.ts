import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { z } from 'zod'
import type { Clock } from './clock.ts'
import type { Ids } from './ids.ts'
import type { Logger } from './log.ts'
import type { ReportProgress } from './progress.ts'
import type { Caller, Route, Scope } from './route.ts'
import type { Telemetry } from './telemetry.ts'

/** One forward step of a system's schema; runs in a transaction with `search_path` set to that schema. */
export interface Migration {
  /** `0001-catalog`: four digits that give the order, then what it makes. Never changed once landed. */
  name: string
  sql: string
}

/** What every system is given. Primitives add theirs by intersection (`CoreServices & StoreServices`). */
export interface CoreServices {
  clock: Clock
  ids: Ids
  log: Logger
  telemetry: Telemetry
  /** Folder for this system's own files (indexes, caches), created on demand. Everything in it can be rebuilt. */
  dataDir: string
  /** As `dataDir`, in the folder that all servers of one database see (`data.sharedDir`); absent where there is none. */
  sharedDir?: string
  /** Folder of `heavylift.config.json`, for a table of the system's own that people write beside it. */
  configDir: string
  /** Where this server answers with several processes (`server.processes`). */
  processes?: Processes
  /** Aborts when the process shuts down. */
  signal: AbortSignal
}

/** The processes that answer for one server, of which this is one. */
export interface Processes {
  count: number
  /** 1 runs everything; the others run only the systems with something to answer at `/v1`, without what happens once for all. */
  number: number
  /** Tells all the others what survives JSON. At best once: who is just starting does not hear it. */
  tell(topic: string, data: unknown): void
  hear(topic: string, onData: (data: unknown) => void): void
}

/** What `eval` prints. `version` is the package version and the commit, so that a number can be rerun. */
export interface MeasuredResult {
  name: string
  version: string
  n: number
  metrics: Record<string, number>
  baseline?: Record<string, number>
  peers?: Record<string, Record<string, number>>
  /** The same metrics for each source (store, season, town) by itself, with its `n`. */
  sources?: Record<string, Record<string, number>>
  /** The source that does worst by a metric, with its figure. */
  worst?: Record<string, { source: string; value: number }>
  /** 95 % intervals of metrics, low and high. */
  intervals?: Record<string, [number, number]>
  /** What failed, one line each: where and why. */
  failures?: string[]
  /** What the figures mean, in plain words, one sentence or so each. */
  notes?: string[]
  seconds: number
}

export interface MeasureInput {
  /** The user's files (`--data`), or null for the system's own sample. */
  dataDir: string | null
  /** The measure's own `options` that were given, by their long name in camel case; a `<dir>` or `<file>` is absolute. */
  options?: Record<string, string | boolean>
  report: ReportProgress
  signal: AbortSignal
}

/** An eval or a bench. The runner adds name, version and seconds. */
export interface Measure {
  /** Without the system, e.g. `retrieval`. */
  name: string
  /** One line: what is measured, on what, and the unit. */
  summary: string
  /** Goal per metric, shown beside the result: `{ ndcgAt10: { atLeast: 0.85 } }`. */
  goals?: Record<string, { atLeast?: number; atMost?: number }>
  /** Options of its own beside `--data`, e.g. `{ flags: '--states <dir>', summary: 'recorded states' }`. */
  options?: { flags: string; summary: string }[]
  run(input: MeasureInput): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>>
}

/** A subcommand: `heavylift <system> <name> …`. */
export interface Command {
  name: string
  summary: string
  /** Positional arguments in order. */
  args?: { name: string; summary: string; optional?: boolean; complete?: CompleteWord }[]
  options?: { flags: string; summary: string; complete?: CompleteWord }[]
  /**
   * For a command that judges: what its `no` means, e.g. `the version is not cleared`. `--help` shows it with the exit code.
   * Such a command returns an object with `verdict` (see `Verdict`).
   */
  no?: string
  /** True when it removes what cannot be had back: the command line adds `--yes`, and `run` asks by `input.confirm`. */
  isDestructive?: boolean
  /**
   * Does the work, by the running server (`api`) or on its own. What it returns is printed as JSON with `--json`, else it
   * prints by `print`. When that is an object with `verdict: 'no'`, the process exits with code 5: it ran, and its answer is
   * no; with 6 where it is `'undecided'`. What it throws exits with 1.
   */
  run(input: CommandInput): Promise<unknown>
}

/** Part of what a command returns when its result can be a no: not cleared, rows refused, a check that fails. */
export interface Verdict {
  verdict: 'yes' | 'no' | 'undecided'
}

/** Words that may stand here, for the shell's completion. It is given a second at most; what it throws offers nothing. */
export type CompleteWord = (input: CompleteInput) => Promise<string[]>

export interface CompleteInput extends Pick<
  CommandInput,
  'args' | 'api' | 'dataDir' | 'sharedDir' | 'configDir' | 'config' | 'signal'
> {
  /** What is typed of the word so far; the caller keeps those that begin with it. */
  word: string
}

export interface CommandInput {
  args: Record<string, string>
  options: Record<string, string | boolean>
  /** Calls the running server (base address and key from configuration); rejects with a clear error if none runs. */
  api: (path: string, init?: RequestInit & { duplex?: 'half' }) => Promise<Response>
  report: ReportProgress
  print: (line: string) => void
  /**
   * Asks a person before something is destroyed: `what` is the whole question, with figures (`Remove 5,000 products?`).
   * Returns when the answer is yes or `--yes` was given.
   * @throws HeavyliftError `not-confirmed` when the answer is no, or when nobody can be asked
   */
  confirm: (what: string) => Promise<void>
  /** The system's own folder on this machine, the same as `CoreServices.dataDir`. It may not exist yet. */
  dataDir: string
  /** As `CoreServices.sharedDir`. */
  sharedDir?: string
  /** Folder of `heavylift.config.json`; absent where a command is called without an installation. */
  configDir?: string
  /** The checked options of a system, by its name; absent where a command is called without an installation. */
  config?: (system: string) => unknown
  signal: AbortSignal
}

/** What `heavylift doctor` found out about one thing. */
export interface Check {
  /** What was looked at, e.g. `NATS`. */
  name: string
  /** `note`: nothing is wrong, and something could be more. */
  state: 'ok' | 'note' | 'warn' | 'fail'
  found: string
  /** What to do; absent where there is nothing. */
  advice?: string
}

/** The folders of a system, as `CoreServices` has them. */
export type CheckInput = Pick<CoreServices, 'dataDir' | 'sharedDir' | 'configDir'>

/** The live picture on the home page. */
export interface Tile {
  state: 'running' | 'starting' | 'degraded' | 'stopped'
  /** One sentence on what is happening now. */
  headline: string
  /** The one number that matters. */
  number: { label: string; value: number | null; unit: string; goal?: { atLeast?: number; atMost?: number } }
  decisionsToday: number
  /** What waits for a person, the most pressing first; `to` is a path of the console. Home lists it. */
  needs?: { text: string; to: string }[]
  /** Small payload for the tile's live miniature; the system's console code knows its shape. */
  picture?: unknown
}

/** A page of a system in the console's left rail. The console's code for it lives in the system's `console/`. */
export interface ConsolePage {
  /** Below `/<system>`, e.g. `/search-lab`. */
  path: string
  title: string
}

/** A folder of files that the server sends as they are (a storefront's build). Needs no key, so it holds no tenant data. */
export interface StaticFiles {
  /** Absolute path below which the files appear, with a slash at both ends: `/store/`. Not below `/api/`. */
  mount: string
  /** Absolute folder. `index.html` answers every path below `mount` that names no file (client-side routing). */
  dir: string
  /** Pages of other sites may load these files too (graphics in a renderer elsewhere). */
  isShared?: boolean
  /** Where pages of this folder connect to beside their own server, as in a content security policy, e.g. `https:`. */
  connectSources?: string[]
}

/**
 * Paths that a system answers on the bare request of `node:http`, where the server's own cost per byte would count
 * (a proxy of streams). Host, origin and key are checked when the system calls `identify`, which it must before anything else.
 */
export interface RawMount {
  /** Absolute path whose requests come here, with all below it: `/v1/`. Not below `/api/`. */
  mount: string
  handle(request: IncomingMessage, response: ServerResponse, identify: IdentifyRaw): void
  /** Takes over a connection that asks to be a WebSocket; without it such requests are refused. Owns `socket` from here on. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer, identify: IdentifyRaw): void
  /** The server's grace is over: connections that still have an answer under way are closed in a moment. */
  stopping?(): void
}

/** Who calls, with at least `scope` (`operator` when left out). Rejects with an error that has a status: 401, 403, 421, 429. */
export type IdentifyRaw = (request: IncomingMessage, scope?: Scope) => Promise<Caller>

export interface DeclaredExperiment {
  name: string
  /** The kind of outcome that decides it. */
  outcomeKind: string
  attributionMs?: number
  /** What is given an arm, as people say it: `shoppers`. */
  units: string
  /** Whether the outcome is wished for (a purchase) or not (a defect). */
  betterIs: 'more' | 'fewer'
}

/** A system after it has started. */
export interface RunningSystem {
  routes: Route[]
  static?: StaticFiles[]
  raw?: RawMount[]
  /** Experiments of this system whose arms the ledger assigns. */
  experiments?: DeclaredExperiment[]
  tile(tenantId: string): Promise<Tile>
  /** Loads the sample into a tenant that has no data yet; does nothing when there is some. Idempotent. */
  loadSample?(tenantId: string, report: ReportProgress): Promise<void>
  /** Stops background work and closes files. Called once, after the last request. */
  stop(): Promise<void>
}

export interface System<Services, Config> {
  name: string
  title: string
  /** One sentence on what it does, shown on its tile. */
  summary: string
  layer: 'system' | 'primitive'
  /**
   * Systems whose services this one uses, by name, e.g. `['models']`: they run whenever it does, and it is given no others.
   * Left out when it uses none.
   */
  needs?: readonly Extract<Exclude<keyof Services, keyof CoreServices>, string>[]
  /** It runs without PostgreSQL as well: `store` of its services may be null, and it keeps what it must in its own folder then. */
  worksWithoutDatabase?: true
  /** Options of this system. Every field has a default and a `.describe()`; `heavylift config` documents them. */
  config: z.ZodType<Config>
  migrations: Migration[]
  pages: ConsolePage[]
  commands: Command[]
  evals: Measure[]
  benches: Measure[]
  /** What `heavylift doctor` looks at beside the store: whatever else this system needs to work. Changes nothing. */
  checks?(config: Config, folders: CheckInput): Promise<Check[]>
  start(services: Services, config: Config): Promise<RunningSystem>
}

/** The only plug: the server, the CLI, the console, `eval` and `bench` list systems from what this returns. */
export function defineSystem<Services extends CoreServices, Config>(
  system: System<Services, Config>,
): System<Services, Config> {
  if (!/^[a-z][a-z0-9-]*$/.test(system.name)) {
    throw new Error(`A system's name is lower-case letters, digits and dashes; got "${system.name}".`)
  }
  return system
}
