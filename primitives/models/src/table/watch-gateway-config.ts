import { watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Logger } from '@heavylift/core'
import { readConfigFile } from './config-file.ts'
import type { ConfigFile } from './config-file.ts'
import { problemsText } from './config-problem.ts'
import type { ConfigProblem } from './config-problem.ts'
import type { NamesBeside } from './cross-checks.ts'
import type { GatewayConfig } from './gateway-config.ts'

export interface WatchOptions {
  file: string
  /** Version of the table that is in force; null when there was no file. */
  version: string | null
  /** Names that the table may use beside its own; asked at each look. */
  beside?: () => NamesBeside
  /** A new table is valid and differs from the last one seen. */
  onChange(config: GatewayConfig, file: ConfigFile): void | Promise<void>
  /** The file is bad or gone; the table in force stays. Told once for each content. */
  onProblem(problems: ConfigProblem[]): void
  log: Logger
  /** How long the file has to be quiet before it is read. */
  debounceMs?: number
  /** It is read this often in any case: network file systems and some containers tell of no change. */
  pollMs?: number
}

/** Watches the table's file until it is closed. Errors of the file system are told as problems, never thrown. */
export function watchGatewayConfig(options: WatchOptions): ConfigWatcher {
  return new ConfigWatcher(options)
}

/**
 * Watches the folder rather than the file, since editors write a new file and rename it over the old one, which ends a
 * watch of the file itself. What is seen of the folder only says when to look; what counts is the content's version.
 */
export class ConfigWatcher {
  readonly #options: WatchOptions
  readonly #poll: NodeJS.Timeout
  #watcher: FSWatcher | null = null
  #debounce: NodeJS.Timeout | null = null
  /** Of the last content that was told of, good or bad. */
  #seen: string | null
  #checking: Promise<void> | null = null
  #isDirty = false
  #wasBlank = false
  #isClosed = false

  constructor(options: WatchOptions) {
    this.#options = options
    this.#seen = options.version
    this.#attach()
    this.#poll = setInterval(() => {
      // The folder may be new, or its watch have failed.
      this.#attach()
      void this.check()
    }, options.pollMs ?? 2000).unref()
    // What changed between the caller's reading and the watch.
    void this.check()
  }

  /** Looks now. Resolved when what is in the file has been told of. */
  check(): Promise<void> {
    this.#isDirty = true
    this.#checking ??= this.#checkAll().finally(() => (this.#checking = null))
    return this.#checking
  }

  /** After it nothing more is told. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#poll)
    if (this.#debounce) clearTimeout(this.#debounce)
    this.#watcher?.close()
    await this.#checking
  }

  #attach(): void {
    if (this.#watcher || this.#isClosed) return
    const { file } = this.#options
    try {
      const watcher = watch(dirname(file), { persistent: false })
      watcher.on('change', (_kind, name) => {
        // No name: not every system gives one.
        if (name !== null && name !== basename(file)) return
        this.#lookSoon()
      })
      watcher.on('error', () => {
        watcher.close()
        if (this.#watcher === watcher) this.#watcher = null
      })
      this.#watcher = watcher
    } catch {
      // No folder yet, or no watches left: polling goes on.
      this.#watcher = null
    }
  }

  #lookSoon(): void {
    if (this.#isClosed) return
    if (this.#debounce) clearTimeout(this.#debounce)
    this.#debounce = setTimeout(() => void this.check(), this.#options.debounceMs ?? 100).unref()
  }

  async #checkAll(): Promise<void> {
    while (this.#isDirty && !this.#isClosed) {
      this.#isDirty = false
      await this.#checkOnce()
    }
  }

  async #checkOnce(): Promise<void> {
    const { file, log } = this.#options
    let found: ConfigFile | null
    try {
      found = await readConfigFile(file, this.#options.beside?.())
    } catch (error) {
      this.#tell(`error ${(error as Error).message}`, [
        atTop(`The file cannot be read (${(error as Error).message}). Check its permissions.`),
      ])
      return
    }
    if (!found) {
      if (this.#seen !== null)
        this.#tell('gone', [atTop('The file is gone. Put it back, or save the table anew.')])
      return
    }
    if ('problems' in found.parsed) {
      // Between the truncation and the writing of a save in place the file is blank for a moment.
      if (found.text.trim() === '' && !this.#wasBlank) {
        this.#wasBlank = true
        this.#lookSoon()
        return
      }
      this.#tell(found.version, found.parsed.problems)
      return
    }
    this.#wasBlank = false
    if (found.version === this.#seen || this.#isClosed) return
    this.#seen = found.version
    try {
      await this.#options.onChange(found.parsed.config, found)
      log.info({ file, version: found.version }, 'The gateway took its new table.')
    } catch (error) {
      log.error({ err: error, file }, 'The new table could not be put in force.')
    }
  }

  #tell(state: string, problems: ConfigProblem[]): void {
    if (state === this.#seen || this.#isClosed) return
    this.#seen = state
    const { file, log } = this.#options
    log.warn({ file }, `The gateway keeps its table: ${problemsText(file, problems)}`)
    this.#options.onProblem(problems)
  }
}

function atTop(message: string): ConfigProblem {
  return { line: 1, column: 1, path: '', message }
}
