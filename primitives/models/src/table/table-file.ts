import type { Logger } from '@heavylift/core'
import { readConfigFile } from './config-file.ts'
import type { ConfigProblem } from './config-problem.ts'
import type { NamesBeside } from './cross-checks.ts'
import { editGatewayConfig, writeGatewayConfig } from './edit-gateway-config.ts'
import type { ConfigEdit } from './edit-gateway-config.ts'
import { gatewayConfigSchema } from './gateway-config.ts'
import type { GatewayConfig } from './gateway-config.ts'
import { watchGatewayConfig } from './watch-gateway-config.ts'
import type { ConfigWatcher } from './watch-gateway-config.ts'
import type { ConfigFile, ConfigState } from '../context.ts'

/** Version of a file that is not there. */
const absent = ''

/**
 * The file of the gateway's table. What of it was last valid is in effect: a bad change is told with line and reason, and the
 * table before it stays. With a bad file at the start the gateway runs on what it has without one.
 */
export class TableFile implements ConfigFile {
  readonly #file: string
  readonly #beside: () => NamesBeside
  readonly #watcher: ConfigWatcher
  #table = gatewayConfigSchema.parse({})
  #problems: ConfigProblem[] = []

  private constructor(
    options: { file: string; log: Logger; beside: () => NamesBeside },
    onChange: () => Promise<void>,
  ) {
    this.#file = options.file
    this.#beside = options.beside
    this.#watcher = watchGatewayConfig({
      ...options,
      version: null,
      onChange: (table) => {
        this.#table = table
        this.#problems = []
        return onChange()
      },
      onProblem: (problems) => {
        this.#problems = problems
      },
    })
  }

  /** Reads the file, if there is one, and follows it. `onChange` puts a new table in effect; `beside`: names beside the file's. */
  static async open(
    options: { file: string; log: Logger; beside: () => NamesBeside },
    onChange: () => Promise<void>,
  ): Promise<TableFile> {
    const file = new TableFile(options, onChange)
    await file.#watcher.check()
    return file
  }

  /** The one in effect. */
  get table(): GatewayConfig {
    return this.#table
  }

  async read(): Promise<ConfigState> {
    const found = await readConfigFile(this.#file)
    return {
      file: this.#file,
      text: found?.text ?? '',
      version: found?.version ?? absent,
      problems: this.#problems,
    }
  }

  async write(text: string, baseVersion: string): Promise<ConfigState> {
    await writeGatewayConfig(this.#file, text, versionOrNull(baseVersion), this.#beside())
    return this.#inEffect()
  }

  async edit(edits: readonly ConfigEdit[], baseVersion: string): Promise<ConfigState> {
    await editGatewayConfig(this.#file, edits, versionOrNull(baseVersion), this.#beside())
    return this.#inEffect()
  }

  close(): Promise<void> {
    return this.#watcher.close()
  }

  async #inEffect(): Promise<ConfigState> {
    await this.#watcher.check()
    return this.read()
  }
}

function versionOrNull(version: string): string | null {
  return version === absent ? null : version
}
