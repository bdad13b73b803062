import { NotFoundError, type Clock } from '@heavylift/core'
import type { Store } from '@heavylift/store'
import { sql, type Kysely } from 'kysely'
import type { Agents } from '../publish/agents.ts'
import type { RegistryTables } from './registry-tables.ts'

/** An agent that is offered to the stand-in of somebody who is gone. */
export interface Handover {
  agent: string
  from: string
  to: string
  dueMs: number
}

/** What people have to see to. */
export interface Duties {
  handovers: Handover[]
  /** Live agents that should have been looked at again, the longest due first; the first hundred. `reviewOn`: `YYYY-MM-DD`. */
  overdue: { agent: string; owner: string | null; reviewOn: string }[]
}

const dayMs = 86_400_000

/** Who answers for agents. Somebody who is gone hands over to the stand-in; what nobody takes over is paused. */
export class Owners {
  readonly #agents: Agents
  readonly #clock: Clock
  readonly #database: Kysely<RegistryTables>
  readonly #handoverMs: number

  constructor(options: { agents: Agents; clock: Clock; store: Store; handoverDays: number }) {
    this.#agents = options.agents
    this.#clock = options.clock
    this.#database = options.store.database<RegistryTables>()
    this.#handoverMs = options.handoverDays * dayMs
  }

  /** Somebody can no longer answer for agents: those that are live are offered to their stand-ins, or paused where there is none. */
  async gone(tenantId: string, person: string, by: string): Promise<void> {
    await this.#database
      .insertInto('person_gone')
      .values({ tenant_id: tenantId, person, said_by: by, gone_ms: this.#clock.nowMs() })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await this.look(tenantId)
  }

  /** Somebody is there again. What was handed over stays with whom it is. */
  async back(tenantId: string, person: string): Promise<void> {
    await this.#database
      .deleteFrom('person_gone')
      .where('tenant_id', '=', tenantId)
      .where('person', '=', person)
      .execute()
    await this.#database
      .deleteFrom('agent_handover')
      .where('tenant_id', '=', tenantId)
      .where('from_person', '=', person)
      .where('accepted_ms', 'is', null)
      .execute()
  }

  /** The stand-in answers for an agent from now on. @throws NotFoundError `handover-unknown` */
  async accept(tenantId: string, agent: string): Promise<void> {
    const { numUpdatedRows } = await this.#database
      .updateTable('agent_handover')
      .set({ accepted_ms: this.#clock.nowMs() })
      .where('tenant_id', '=', tenantId)
      .where('agent', '=', agent)
      .where('accepted_ms', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n)
      throw new NotFoundError({
        code: 'handover-unknown',
        message: `Nobody hands over the agent "${agent}".`,
      })
    // Files it anew; one that was paused for want of an owner works again.
    const { paused_because: because } = await this.#agents.find(tenantId, agent)
    await this.#agents.pause(tenantId, agent, because?.startsWith(ownerless) === true ? null : because)
  }

  /** Offers and pauses what has to be, of one tenant or all. */
  async look(tenantId: string | null = null): Promise<void> {
    const nowMs = this.#clock.nowMs()
    const { rows } = await sql<{
      tenantId: string
      agent: string
      owner: string
      standIn: string | null
      dueMs: number | null
    }>`
      select c.tenant_id "tenantId", c.name agent, c.owner, h.due_ms "dueMs",
        case when s.person is null and c.stand_in <> c.owner then c.stand_in end "standIn"
      from agent_card c
      join person_gone g on g.tenant_id = c.tenant_id and g.person = c.owner
      join agent a on a.tenant_id = c.tenant_id and a.name = c.name and a.live_version is not null and a.paused_because is null and a.life <> 'retired'
      left join person_gone s on s.tenant_id = c.tenant_id and s.person = c.stand_in
      left join agent_handover h on h.tenant_id = c.tenant_id and h.agent = c.name and h.from_person = c.owner
      where ${tenantId === null ? sql`true` : sql`c.tenant_id = ${tenantId}`}`.execute(this.#database)
    for (const { tenantId: tenant, agent, owner, standIn, dueMs } of rows) {
      if (standIn !== null && dueMs === null)
        await this.#database
          .insertInto('agent_handover')
          .values({
            tenant_id: tenant,
            agent,
            from_person: owner,
            to_person: standIn,
            asked_ms: nowMs,
            due_ms: nowMs + this.#handoverMs,
            accepted_ms: null,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      else if (standIn === null || (dueMs !== null && dueMs <= nowMs))
        await this.#agents.pause(
          tenant,
          agent,
          `${ownerless}: ${owner} is gone and ${standIn === null ? 'nobody stands in' : `${standIn} has not taken it over`}. Publish it with an owner who is there${standIn === null ? '' : ', or take it over'}.`,
        )
    }
  }

  async duties(tenantId: string): Promise<Duties> {
    const today = new Date(this.#clock.nowMs()).toISOString().slice(0, 10)
    const [handovers, overdue] = await Promise.all([
      this.#database
        .selectFrom('agent_handover')
        .select(['agent', 'from_person as from', 'to_person as to', 'due_ms as dueMs'])
        .where('tenant_id', '=', tenantId)
        .where('accepted_ms', 'is', null)
        .orderBy('due_ms')
        .limit(100)
        .execute(),
      this.#database
        .selectFrom('agent_card')
        .innerJoin('agent', (join) =>
          join
            .onRef('agent.tenant_id', '=', 'agent_card.tenant_id')
            .onRef('agent.name', '=', 'agent_card.name'),
        )
        .select(['agent_card.name as agent', 'owner', sql<string>`review_on`.as('reviewOn')])
        .where('agent_card.tenant_id', '=', tenantId)
        .where('review_on', '<', today)
        .where('live_version', 'is not', null)
        .where('life', '<>', 'retired')
        .orderBy('review_on')
        .limit(100)
        .execute(),
    ])
    return { handovers, overdue }
  }
}

/** How the reason begins for which an agent is paused that nobody answers for. */
const ownerless = 'Nobody answers for it'
