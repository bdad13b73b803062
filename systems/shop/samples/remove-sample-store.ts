import type { Kysely } from 'kysely'
import type { CommerceTables } from '../src/domain/commerce-tables.ts'
import { listPolicies, savePolicies } from '../src/tools/policies.ts'
import { sampleCustomerIds } from '../src/tools/sample-customers.ts'
import { samplePolicies } from './policies.ts'

/**
 * Takes away what came with the sample beside its products: its rules (where the store has changed none of their words), its
 * customers' accounts, and their orders. Does nothing when they are gone.
 */
export async function removeSampleStore(db: Kysely<CommerceTables>, tenantId: string): Promise<void> {
  const words = new Map(samplePolicies.map(({ section, text }) => [section, text]))
  const policies = await listPolicies(db, tenantId)
  const own = policies.filter(({ section, text }) => words.get(section) !== text)
  if (own.length < policies.length) await savePolicies(db, tenantId, own)
  const shoppers = await db
    .selectFrom('shopper')
    .where('tenant_id', '=', tenantId)
    .where('external_id', 'in', sampleCustomerIds)
    .select('id')
    .execute()
  const ids = shoppers.map(({ id }) => id)
  if (ids.length === 0) return
  for (const table of ['purchase_order', 'account'] as const)
    await db.deleteFrom(table).where('tenant_id', '=', tenantId).where('shopper_id', 'in', ids).execute()
}
