import { sql } from 'kysely'
import type { ColumnType, Kysely } from 'kysely'
import { parseRules } from './rules.ts'
import type { Rule } from './rules.ts'

export interface RuleTables {
  merchandising: {
    tenant_id: string
    lines: ColumnType<string[], string, string>
    version: number
    changed_at: Date
  }
}

/** A merchant's rules as they were written. */
export interface WrittenRules {
  lines: string[]
  /** Null before the first change. */
  changedAtMs: number | null
}

/** The rules of each tenant's store. */
export class StoreRules {
  readonly #db: Kysely<RuleTables>
  readonly #known = new Map<string, { version: number; rules: Rule[] }>()

  constructor(db: Kysely<RuleTables>) {
    this.#db = db
  }

  /** Reads one row by key each time; parsed anew only when it changed. */
  async read(tenantId: string): Promise<readonly Rule[]> {
    const row = await this.#db
      .selectFrom('merchandising')
      .where('tenant_id', '=', tenantId)
      .select('version')
      .executeTakeFirst()
    if (!row) return []
    const known = this.#known.get(tenantId)
    if (known?.version === row.version) return known.rules
    const rules = parseRules((await this.written(tenantId)).lines)
    this.#known.set(tenantId, { version: row.version, rules })
    return rules
  }

  async written(tenantId: string): Promise<WrittenRules> {
    const row = await this.#db
      .selectFrom('merchandising')
      .where('tenant_id', '=', tenantId)
      .select(['lines', 'changed_at'])
      .executeTakeFirst()
    return { lines: row?.lines ?? [], changedAtMs: row?.changed_at.getTime() ?? null }
  }

  /** Replaces all of a tenant's rules. Throws `rules-invalid` and changes nothing when a line is none. */
  async save(tenantId: string, lines: readonly string[], atMs: number): Promise<WrittenRules> {
    parseRules(lines)
    const kept = lines.map((line) => line.trimEnd())
    const at = new Date(atMs)
    await this.#db
      .insertInto('merchandising')
      .values({ tenant_id: tenantId, lines: JSON.stringify(kept), version: 1, changed_at: at })
      .onConflict((conflict) =>
        conflict.column('tenant_id').doUpdateSet({
          lines: JSON.stringify(kept),
          version: sql<number>`merchandising.version + 1`,
          changed_at: at,
        }),
      )
      .execute()
    return { lines: kept, changedAtMs: atMs }
  }
}
