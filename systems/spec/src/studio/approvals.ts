import type { Clock } from '@heavylift/core'
import type { Kysely } from 'kysely'
import type { SpecTables } from './tables.ts'

export interface Approval {
  by: string
  note: string
  atMs: number
  /** Of the sentences that were approved. */
  textHash: string
}

/** Who approved which requirement, as it stood. */
export class Approvals {
  readonly #db: Kysely<SpecTables>
  readonly #clock: Clock

  constructor(db: Kysely<SpecTables>, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** By document and requirement, `openspec/specs/loans/spec.md#GET /loans`. */
  async list(tenantId: string, repository: string): Promise<Map<string, Approval>> {
    const rows = await this.#db
      .selectFrom('approval')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('repository', '=', repository)
      .execute()
    return new Map(
      rows.map((row) => [
        row.requirement,
        { by: row.by_name, note: row.note, atMs: row.at.getTime(), textHash: row.text_hash },
      ]),
    )
  }

  async put(
    tenantId: string,
    repository: string,
    { requirement, by, note, textHash }: Omit<Approval, 'atMs'> & { requirement: string },
  ): Promise<void> {
    const values = { text_hash: textHash, by_name: by, note, at: new Date(this.#clock.nowMs()) }
    await this.#db
      .insertInto('approval')
      .values({ tenant_id: tenantId, repository, requirement, ...values })
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'repository', 'requirement']).doUpdateSet(values),
      )
      .execute()
  }
}
