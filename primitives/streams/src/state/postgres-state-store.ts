import type { Store } from '@heavylift/store'
import type { LogTables } from '../log/postgres/tables.ts'
import type { Snapshot, StateStore } from './state-store.ts'

/** The newest snapshot of each name and version, in the tables of `postgresLogSql`; shared by all processes on one database. */
export class PostgresStateStore implements StateStore {
  readonly #store: Pick<Store, 'database'>

  constructor(store: Pick<Store, 'database'>) {
    this.#store = store
  }

  async load(name: string, version: number): Promise<Snapshot | null> {
    const row = await this.#store
      .database<LogTables>()
      .selectFrom('log_snapshot')
      .select(['log_offset', 'bytes'])
      .where('name', '=', name)
      .where('version', '=', version)
      .executeTakeFirst()
    return row === undefined ? null : { offset: row.log_offset, bytes: row.bytes }
  }

  async save(name: string, version: number, offset: number, bytes: Uint8Array): Promise<void> {
    const snapshot = { log_offset: offset, bytes: Buffer.from(bytes) }
    await this.#store
      .database<LogTables>()
      .insertInto('log_snapshot')
      .values({ name, version, ...snapshot })
      .onConflict((conflict) =>
        conflict
          .columns(['name', 'version'])
          .doUpdateSet(snapshot)
          .where('log_snapshot.log_offset', '<=', offset),
      )
      .execute()
  }
}
