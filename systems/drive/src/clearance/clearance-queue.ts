import { ConflictError } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { toDatabaseJson, type Store } from '@heavylift/store'
import type { ClearanceWords, RunningClearance } from './clearance-schema.ts'

interface ClearingTables {
  clearing: {
    only_row: boolean
    words: ClearanceWords
    suite: string
    progress: RunningClearance['progress']
    error: string | null
    is_stop_asked: boolean
  }
}

export interface AskedClearance {
  words: ClearanceWords
  running: RunningClearance
  isStopAsked: boolean
}

const signalName = 'drive clearing'

/**
 * The clearance that is asked for and not done, as all servers on one database see it. It outlives whoever runs it: the next one that leads goes
 * on with it.
 */
export class ClearanceQueue {
  readonly #store: Pick<Store, 'database' | 'shared'>

  constructor(store: Pick<Store, 'database' | 'shared'>) {
    this.#store = store
  }

  get #db() {
    return this.#store.database<ClearingTables>()
  }

  /** Throws `clearance-running` while there is another; one that failed makes room. */
  async put(words: ClearanceWords, suite: string): Promise<void> {
    const row = {
      words: toDatabaseJson(words) as never,
      suite,
      progress: null,
      error: null,
      is_stop_asked: false,
    }
    const put = await this.#db
      .insertInto('clearing')
      .values({ only_row: true, ...row })
      .onConflict((conflict) =>
        conflict.column('only_row').doUpdateSet(row).where('clearing.error', 'is not', null),
      )
      .returning('suite')
      .executeTakeFirst()
    if (put === undefined) {
      const version = (await this.read())?.words.version.name ?? 'Another version'
      throw new ConflictError({
        code: 'clearance-running',
        message: `${version} is being cleared. Wait for it, or stop it first.`,
      })
    }
    await this.#store.shared.notify(signalName, this.#db)
  }

  async read(): Promise<AskedClearance | null> {
    const row = await this.#db.selectFrom('clearing').selectAll().executeTakeFirst()
    if (row === undefined) return null
    const { words, suite, progress, error } = row
    return {
      words,
      running: { version: words.version.name, suite, progress, error },
      isStopAsked: row.is_stop_asked,
    }
  }

  /** Says how far it is; true when it is to be stopped. */
  async tell(progress: RunningClearance['progress']): Promise<boolean> {
    const row = await this.#db
      .updateTable('clearing')
      .set({ progress: progress === null ? null : (toDatabaseJson(progress) as never) })
      .returning('is_stop_asked')
      .executeTakeFirst()
    return row?.is_stop_asked ?? true
  }

  async fail(error: string): Promise<void> {
    await this.#db
      .updateTable('clearing')
      .set({ error: error.replaceAll('\0', '') })
      .execute()
  }

  async remove(): Promise<void> {
    await this.#db.deleteFrom('clearing').execute()
  }

  /** Asks whoever runs it to stop; resolves when it is gone, or `signal` aborts. */
  async stop(signal: AbortSignal): Promise<void> {
    await this.#db.deleteFrom('clearing').where('error', 'is not', null).execute()
    await this.#db.updateTable('clearing').set({ is_stop_asked: true }).execute()
    await this.#store.shared.notify(signalName, this.#db)
    await this.settled(signal)
  }

  /** Resolves when none is under way. */
  async settled(signal: AbortSignal): Promise<void> {
    for (;;) {
      const asked = await this.read()
      if (asked === null || asked.running.error !== null || signal.aborted) return
      await sleep(50, signal)
    }
  }

  /** Calls `onChange` when one is asked for, or to be stopped, on any server. */
  listen(signal: AbortSignal, onChange: () => void): void {
    this.#store.shared.listen(signalName, signal, onChange)
  }
}
