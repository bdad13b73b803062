import { sql, type Kysely } from 'kysely'
import type { PolicySection } from '../domain/ports.ts'
import type { CommerceTables } from '../domain/commerce-tables.ts'

/** Sections that share a word with `text`, best first. */
export async function searchPolicies(
  db: Kysely<CommerceTables>,
  tenantId: string,
  text: string,
  limit: number,
): Promise<PolicySection[]> {
  // Any word may match; plainto_tsquery stems them and drops stop words, and its & becomes |.
  const query = sql`replace(plainto_tsquery('english', ${text})::text, '&', '|')::tsquery`
  const rows = await db
    .selectFrom('policy_section')
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`words @@ ${query}`)
    .select(['section', 'title', 'body'])
    .orderBy(sql`ts_rank(words, ${query})`, 'desc')
    .orderBy('section')
    .limit(limit)
    .execute()
  return rows.map(({ section, title, body }) => ({ section, title, text: body }))
}

export async function listPolicies(db: Kysely<CommerceTables>, tenantId: string): Promise<PolicySection[]> {
  const rows = await db
    .selectFrom('policy_section')
    .where('tenant_id', '=', tenantId)
    .select(['section', 'title', 'body'])
    .orderBy('section')
    .execute()
  return rows.map(({ section, title, body }) => ({ section, title, text: body }))
}

/** Replaces all of the store's rules at once. */
export async function savePolicies(
  db: Kysely<CommerceTables>,
  tenantId: string,
  sections: readonly PolicySection[],
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('policy_section').where('tenant_id', '=', tenantId).execute()
    if (sections.length === 0) return
    await transaction
      .insertInto('policy_section')
      .values(
        sections.map(({ section, title, text }) => ({ tenant_id: tenantId, section, title, body: text })),
      )
      .execute()
  })
}
