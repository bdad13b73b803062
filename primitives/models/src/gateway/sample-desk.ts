import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CoreServices } from '@heavylift/core'
import type { SampleTraffic } from '../../samples/sample-traffic.ts'
import type { SampleControl } from '../context.ts'
import type { UsageStore } from '../metering/usage-store.ts'
import type { Gateway } from './gateway.ts'

export interface SampleDeskOptions extends Pick<CoreServices, 'clock' | 'ids' | 'log' | 'dataDir'> {
  usage: Pick<UsageStore, 'flush' | 'hasCalls' | 'removeSamples'>
  gateway: Gateway
  /** The sample came or went: makes the table anew. */
  onChange: () => Promise<void>
}

/**
 * Sample traffic until there is real traffic. Off → on (`start`, where nobody has called a model yet) → gone for good: by
 * `remove`, or by the first call of a client. A mark on disk keeps it gone when old calls have been dropped.
 */
export class SampleDesk implements SampleControl {
  readonly #options: SampleDeskOptions
  readonly #mark: string
  #traffic: SampleTraffic | null = null
  #removing: Promise<void> | null = null

  constructor(options: SampleDeskOptions) {
    this.#options = options
    this.#mark = join(options.dataDir, 'sample-removed')
  }

  /** What it adds to the gateway's table; null while it is off. */
  get table(): SampleTraffic['table'] | null {
    return this.#traffic?.table ?? null
  }

  get isOn(): boolean {
    return this.#traffic !== null
  }

  look(): void {
    this.#traffic?.look()
  }

  /** Does nothing where models have been called, or where it was removed before. */
  async start(): Promise<void> {
    if (this.#traffic !== null || (await this.#isOver())) return
    const { clock, ids, gateway, onChange } = this.#options
    const { startSampleTraffic } = await import('../../samples/sample-traffic.ts')
    const traffic = await startSampleTraffic({
      open: (call, sink) => gateway.open(call, sink),
      ids,
      nowMs: () => clock.monotonicMs(),
    })
    this.#traffic = traffic
    await onChange()
    gateway.onRealCall = () => {
      gateway.onRealCall = null
      this.remove().catch((error: unknown) => {
        this.#options.log.error({ error }, 'the sample traffic could not be removed')
      })
    }
    traffic.begin()
  }

  /** Takes it out of the table, the log, the usage and the ledger. Resolves when nothing of it is left. */
  remove(): Promise<void> {
    this.#removing ??= this.#takeAway().finally(() => {
      this.#removing = null
    })
    return this.#removing
  }

  /** Ends the traffic; what was recorded stays for the next start. */
  async close(): Promise<void> {
    this.#options.gateway.onRealCall = null
    await this.#removing?.catch(() => undefined)
    await this.#traffic?.stop()
  }

  async #takeAway(): Promise<void> {
    const { dataDir, gateway, onChange, usage } = this.#options
    gateway.onRealCall = null
    await mkdir(dataDir, { recursive: true })
    await writeFile(this.#mark, '')
    const traffic = this.#traffic
    this.#traffic = null
    await traffic?.stop()
    if (traffic) await onChange()
    gateway.cache.clear()
    // What is still on its way to the database would come back after it.
    await usage.flush()
    await this.forget()
  }

  /** Deletes what an earlier start has recorded. */
  forget(): Promise<void> {
    return this.#options.usage.removeSamples()
  }

  async #isOver(): Promise<boolean> {
    if ((await stat(this.#mark).catch(() => null)) !== null) return true
    return this.#options.usage.hasCalls()
  }
}
