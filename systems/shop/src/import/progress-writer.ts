import type { Kysely } from 'kysely'
import type { CatalogTables } from '../catalog/catalog-tables.ts'
import type { ImportProgress } from '../catalog/import-record.ts'

const everyMs = 300

/** Writes an import's progress to its row, a few times a second, so that any process can show it. Losing one is fine. */
export class ProgressWriter {
  readonly #write: (progress: ImportProgress) => Promise<unknown>
  #lastMs = 0
  #busy = false

  constructor(db: Kysely<CatalogTables>, tenantId: string, importId: string) {
    this.#write = (progress) =>
      db
        .updateTable('import')
        .set({ progress: JSON.stringify(progress) })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', importId)
        .where('state', '=', 'running')
        .execute()
  }

  report(progress: ImportProgress): void {
    const nowMs = performance.now()
    if (this.#busy || nowMs - this.#lastMs < everyMs) return
    this.#lastMs = nowMs
    this.#busy = true
    this.#write(progress)
      .catch(() => undefined)
      .finally(() => {
        this.#busy = false
      })
  }
}
