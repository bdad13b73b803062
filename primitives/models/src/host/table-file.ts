import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ConflictError } from '@heavylift/core'
import type { Logger } from '@heavylift/core'
import { gatewayConfigSchema } from '../config/gateway-config.ts'
import type { GatewayConfig } from '../config/gateway-config.ts'
import type { ConfigFile, ConfigState } from '../models-context.ts'

/** The file of the gateway's table: what of it is in effect, and changes of it. */
export class TableFile implements ConfigFile {
  readonly #file: string
  #table: GatewayConfig

  private constructor(file: string, table: GatewayConfig) {
    this.#file = file
    this.#table = table
  }

  static async open(file: string, _log: Logger): Promise<TableFile> {
    const text = await textOf(file)
    return new TableFile(file, gatewayConfigSchema.parse(text === '' ? {} : JSON.parse(text)))
  }

  /** The last one that was valid. */
  get table(): GatewayConfig {
    return this.#table
  }

  onChange(_listener: () => void): void {}

  async read(): Promise<ConfigState> {
    const text = await textOf(this.#file)
    return { file: this.#file, text, version: createHash('sha256').update(text).digest('hex'), problems: [] }
  }

  write(): Promise<ConfigState> {
    return Promise.reject(new ConflictError({ code: 'config-changed', message: 'Edit the file.' }))
  }

  edit(): Promise<ConfigState> {
    return this.write()
  }

  close(): void {}
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
