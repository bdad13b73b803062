import type { Clock } from '@heavylift/core'
import type { Kysely } from 'kysely'
import type { AskedFor } from './authorization.ts'
import type { CredentialTables, CredentialUse } from './credential-tables.ts'

/** Who used which credential for which call. */
export class CredentialUses {
  readonly #clock: Clock
  readonly #database: Kysely<CredentialTables>

  constructor(options: { clock: Clock; database: Kysely<CredentialTables> }) {
    this.#clock = options.clock
    this.#database = options.database
  }

  /** Of calls only: that tools are listed is no use of a credential that anybody asks for. */
  async note(source: string, { tenantId, credential, caller, tool }: AskedFor): Promise<void> {
    if (tool === undefined) return
    await this.#database
      .insertInto('credential_use')
      .values({
        tenant_id: tenantId,
        credential: credential!,
        at_ms: this.#clock.nowMs(),
        source,
        tool,
        agent: caller?.agent ?? null,
        version: caller?.version ?? null,
        run_id: caller?.runId ?? null,
        path: caller?.path ?? null,
      })
      .execute()
  }

  /** The last first. */
  async of(tenantId: string, name: string, limit: number): Promise<CredentialUse[]> {
    return await this.#database
      .selectFrom('credential_use')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('credential', '=', name)
      .orderBy('at_ms', 'desc')
      .limit(limit)
      .execute()
  }

  /** When each was last used, by its name. */
  async last(tenantId: string): Promise<Map<string, number>> {
    const rows = await this.#database
      .selectFrom('credential_use')
      .select((select) => ['credential', select.fn.max('at_ms').as('at_ms')])
      .where('tenant_id', '=', tenantId)
      .groupBy('credential')
      .execute()
    return new Map(rows.map((row) => [row.credential, row.at_ms]))
  }

  async forget(beforeMs: number): Promise<void> {
    await this.#database.deleteFrom('credential_use').where('at_ms', '<', beforeMs).execute()
  }
}
