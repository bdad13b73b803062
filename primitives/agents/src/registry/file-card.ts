import { sql, type Kysely, type Transaction } from 'kysely'
import { agentDefinition } from '../definition/definition.ts'
import { isTrial } from '../drafts/trial-name.ts'
import { cardOf, edgesOf } from './card.ts'
import type { RegistryTables } from './registry-tables.ts'

/**
 * Brings the card and the edges of an agent in step with its versions: the card says what the live version says, the edges what it and its canary
 * reach; of an agent that never was live, its last version. In the transaction that changes them, so that none is ever seen without the other.
 */
export async function fileCard(
  transaction: Transaction<RegistryTables>,
  tenantId: string,
  name: string,
  nowMs: number,
): Promise<void> {
  if (isTrial(name)) return
  const { rows } = await sql<{ version: number; definition: unknown; is_canary: boolean }>`
    select v.version, v.definition, v.version is not distinct from a.canary_version is_canary
    from agent a join agent_version v on v.tenant_id = a.tenant_id and v.name = a.name
    where a.tenant_id = ${tenantId} and a.name = ${name} and (v.version in (a.live_version, a.canary_version) or a.live_version is null
      and v.version = (select max(version) from agent_version where tenant_id = a.tenant_id and name = a.name))`.execute(
    transaction,
  )
  const versions = rows.map((row) => ({ ...row, definition: agentDefinition.parse(row.definition) }))
  const shown = versions.find(({ is_canary: isCanary }) => !isCanary) ?? versions[0]
  if (shown === undefined) return
  const { title, summary, jobs, tags, team, owner, standIn, reviewOn } = cardOf(shown.definition)
  const handover = await transaction
    .selectFrom('agent_handover')
    .select('to_person')
    .where('tenant_id', '=', tenantId)
    .where('agent', '=', name)
    .where('from_person', '=', owner ?? '')
    .where('accepted_ms', 'is not', null)
    .executeTakeFirst()
  const values = {
    version: shown.version,
    title,
    summary,
    jobs: JSON.stringify(jobs),
    tags: JSON.stringify(tags),
    team,
    owner: handover?.to_person ?? owner,
    stand_in: handover === undefined ? standIn : null,
    review_on: reviewOn,
    filed_ms: nowMs,
  }
  await transaction
    .insertInto('agent_card')
    .values({ tenant_id: tenantId, name, ...values, found: null })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'name']).doUpdateSet(values))
    .execute()
  await transaction
    .deleteFrom('agent_edge')
    .where('tenant_id', '=', tenantId)
    .where('agent', '=', name)
    .execute()
  const edges = versions.flatMap(({ definition }) => edgesOf(definition))
  if (edges.length === 0) return
  await transaction
    .insertInto('agent_edge')
    .values(edges.map((edge) => ({ tenant_id: tenantId, agent: name, ...edge })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Files agents that were published before there was a catalogue. Returns how many. */
export async function fileAll(database: Kysely<RegistryTables>, nowMs: number): Promise<number> {
  const missing = await database
    .selectFrom('agent')
    .leftJoin('agent_card', (join) =>
      join.onRef('agent_card.tenant_id', '=', 'agent.tenant_id').onRef('agent_card.name', '=', 'agent.name'),
    )
    .where('agent_card.name', 'is', null)
    .where('agent.name', 'not like', 'try-%')
    .select(['agent.tenant_id', 'agent.name'])
    .execute()
  for (const { tenant_id: tenantId, name } of missing)
    await database.transaction().execute((transaction) => fileCard(transaction, tenantId, name, nowMs))
  return missing.length
}
