import type { Logger } from '@heavylift/core'
import { readConfigFile } from './config-file.ts'
import type { ConfigProblem } from './config-problem.ts'
import type { NamesBeside } from './cross-checks.ts'
import { editGatewayConfig, writeGatewayConfig } from './edit-gateway-config.ts'
import type { ConfigEdit, EditOptions } from './edit-gateway-config.ts'
import { gatewayConfigSchema } from './gateway-config.ts'
import type { GatewayConfig } from './gateway-config.ts'
import { SecretHosts } from './secret-moves.ts'
import { watchGatewayConfig } from './watch-gateway-config.ts'
import type { ConfigWatcher } from './watch-gateway-config.ts'
import type { ConfigFile, ConfigState } from '../context.ts'

/** Version of a file that is not there. */
const absent = ''

export interface TableFileOptions {
  file: string
  log: Logger
  /** Names that the file may use without having them. */
  beside: () => NamesBeside
  /** Those of the options, whose secrets are not to be moved either. */
  providersBeside: GatewayConfig['providers']
  /** The one folder that secret files may lie in, absolute. */
  secretsDir: string
}

/**
 * The file of the gateway's table. What of it was last valid is in effect: a bad change is told with line and reason, and the
 * table before it stays. With a bad file at the start the gateway runs on what it has without one. What is written through here comes
 * by the API, and sends no secret to another host than before.
 */
export class TableFile implements ConfigFile {
  readonly #file: string
  readonly #options: TableFileOptions
  readonly #hosts = new SecretHosts()
  readonly #watcher: ConfigWatcher
  #table = gatewayConfigSchema.parse({})
  #problems: ConfigProblem[] = []

  private constructor(options: TableFileOptions, onChange: () => Promise<void>) {
    this.#file = options.file
    this.#options = options
    this.#hosts.allow(options.providersBeside)
    this.#watcher = watchGatewayConfig({
      ...options,
      version: null,
      onChange: (table) => {
        this.#table = table
        this.#hosts.allow(table.providers)
        this.#problems = []
        return onChange()
      },
      onProblem: (problems) => {
        this.#problems = problems
      },
    })
  }

  /** Reads the file, if there is one, and follows it. `onChange` puts a new table in effect; */
  static async open(options: TableFileOptions, onChange: () => Promise<void>): Promise<TableFile> {
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
    await writeGatewayConfig(this.#file, text, versionOrNull(baseVersion), this.#checks())
    return this.#inEffect()
  }

  async edit(edits: readonly ConfigEdit[], baseVersion: string): Promise<ConfigState> {
    await editGatewayConfig(this.#file, edits, versionOrNull(baseVersion), this.#checks())
    return this.#inEffect()
  }

  close(): Promise<void> {
    return this.#watcher.close()
  }

  #checks(): EditOptions {
    const { beside, secretsDir } = this.#options
    return { beside: beside(), check: ({ providers }) => this.#hosts.check(providers, secretsDir) }
  }

  async #inEffect(): Promise<ConfigState> {
    await this.#watcher.check()
    return this.read()
  }
}

function versionOrNull(version: string): string | null {
  return version === absent ? null : version
}
