import { NotFoundError, type Clock } from '@heavylift/core'
import type { RecordedDecision, Store } from '@heavylift/store'
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Agents } from '../publish/agents.ts'
import { runsOf } from '../value/value.ts'
import { beginTest, changeOf, evidenceOf, observe } from './change-test.ts'
import type { ChangeTest, Observed } from './change-test.ts'
import type { DriftTables } from './drift-tables.ts'
import { measures } from './measure.ts'
import type { Accepted, Alarm, Measure } from './measure.ts'

/** How an agent fares in one measure. `evidence` over `limit` is an alarm. */
export interface Watched {
  measure: Measure
  count: number
  mean: number
  evidence: number
  limit: number
  alarm: Alarm | null
  accepted: Accepted | null
}

type OnDrift = 'tell' | 'pause' | 'roll-back'

/** Runs that end are observed after this, so that one whose transaction took longer is not passed over. */
const settleMs = 5_000
const runsAtOnce = 2_000
const pageSize = 500

/** Watches whether agents still do what they did: the outcomes of their runs, and what was reported of them. */
export class Drift {
  readonly #agents: Agents
  readonly #clock: Clock
  readonly #store: Store
  readonly #database: Kysely<DriftTables>
  readonly #falseAlarms: number
  readonly #onDrift: OnDrift

  constructor(options: {
    agents: Agents
    clock: Clock
    store: Store
    /** Share of agents that are ever alarmed of although nothing changed, over all measures together. */
    falseAlarms: number
    onDrift: OnDrift
  }) {
    this.#agents = options.agents
    this.#clock = options.clock
    this.#store = options.store
    this.#database = options.store.database<DriftTables>()
    this.#falseAlarms = options.falseAlarms
    this.#onDrift = options.onDrift
  }

  /** Evidence from which on a measure is alarmed of: the promise is shared among all measures. */
  get #limit(): number {
    return Object.keys(measures).length / this.#falseAlarms
  }

  /** Observes the runs that have ended since, of all tenants. */
  async look(): Promise<void> {
    while ((await this.#lookOnce()) === runsAtOnce);
  }

  async #lookOnce(): Promise<number> {
    const untilMs = this.#clock.nowMs() - settleMs
    const { ended, found } = await this.#database.transaction().execute(async (transaction) => {
      const through = await readThrough(transaction, '', 'runs')
      const { rows } = await sql<EndedRun>`
        select r.tenant_id "tenantId", r.id, r.agent, r.version, r.state, r.cost_micros "costMicros", r.ended_ms "endedMs",
          (select bool_or(w.answer ->> 'choice' = 'refused') from wait w
            where w.tenant_id = r.tenant_id and w.run_id = r.id and w.question is not null and w.answered_by not in ('time', 'run')) "isRefused"
        from run r
        where r.ended_ms is not null and (r.ended_ms, r.id) > (${through.atMs}, ${through.ids[0] ?? ''}) and r.ended_ms <= ${untilMs}
          and r.state in ('done', 'failed') and r.trigger ->> 'kind' <> 'case'
        order by r.ended_ms, r.id limit ${runsAtOnce}`.execute(transaction)
      const last = rows.at(-1)
      if (last === undefined) return { ended: 0, found: [] }
      await writeThrough(transaction, '', 'runs', { atMs: last.endedMs, ids: [last.id] })
      return { ended: rows.length, found: await this.#observe(transaction, rows.flatMap(observedOfRun)) }
    })
    await this.#answer(found)
    return ended
  }

  /** Observes what has been reported of an agent's runs: whether there was rework or an error. The first that is said of a run counts. */
  async reported(tenantId: string, agent: string): Promise<void> {
    const found = await this.#database.transaction().execute(async (transaction) => {
      const through = await readThrough(transaction, tenantId, agent)
      const decisions = (await this.#recordedSince(tenantId, agent, through.atMs)).filter(
        ({ id, recordedAtMs }) => recordedAtMs > through.atMs || !through.ids.includes(id),
      )
      const last = decisions.at(-1)
      if (last === undefined) return []
      const now = decisions.filter(({ recordedAtMs }) => recordedAtMs === last.recordedAtMs)
      await writeThrough(transaction, tenantId, agent, {
        atMs: last.recordedAtMs,
        ids: [...(last.recordedAtMs === through.atMs ? through.ids : []), ...now.map(({ id }) => id)],
      })
      return await this.#observe(
        transaction,
        decisions.flatMap(({ id, atMs, version, outcomes }) =>
          outcomes.length === 0
            ? []
            : {
                tenantId,
                agent,
                measure: 'rework' as const,
                id,
                atMs,
                version: Number(version.split(' ').at(-1)),
                value: Number(outcomes.some(({ value }) => value > 0)),
              },
        ),
      )
    })
    await this.#answer(found)
  }

  /** The oldest first. */
  async #recordedSince(tenantId: string, agent: string, fromMs: number): Promise<RecordedDecision[]> {
    const found: RecordedDecision[] = []
    for (;;) {
      const beforeId = found.at(-1)?.id
      const page = await this.#store.ledger.decisions(tenantId, {
        ...runsOf(agent),
        by: 'recorded',
        fromMs,
        limit: pageSize,
        ...(beforeId === undefined ? {} : { beforeId }),
      })
      found.push(...page)
      if (page.length < pageSize) return found.toReversed()
    }
  }

  /** Adds outcomes to their tests, in order; which of them alarm. */
  async #observe(transaction: Transaction<DriftTables>, outcomes: readonly OfAgent[]): Promise<OfAgent[]> {
    const found: OfAgent[] = []
    const grouped = Map.groupBy(outcomes, ({ tenantId, agent, measure }) =>
      [tenantId, agent, measure].join('\n'),
    )
    for (const group of grouped.values()) {
      const { tenantId, agent, measure } = group[0]!
      const row = await transaction
        .selectFrom('agent_drift')
        .select(['test', 'alarm'])
        .where('tenant_id', '=', tenantId)
        .where('agent', '=', agent)
        .where('measure', '=', measure)
        .forUpdate()
        .executeTakeFirst()
      if (row !== undefined && row.alarm !== null) continue
      const kind = measures[measure]
      const test: ChangeTest = row?.test ?? beginTest(kind)
      let alarm: Alarm | null = null
      for (const outcome of group) {
        observe(test, kind, { ...outcome, id: `${measure} ${outcome.id}` })
        const change = evidenceOf(test) < this.#limit ? null : changeOf(test)
        if (change === null) continue
        alarm = { ...change, atMs: this.#clock.nowMs(), did: 'told' }
        found.push(outcome)
        break
      }
      const values = { test: JSON.stringify(test), alarm: alarm === null ? null : JSON.stringify(alarm) }
      await transaction
        .insertInto('agent_drift')
        .values({ tenant_id: tenantId, agent, measure, accepted: null, ...values })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'agent', 'measure']).doUpdateSet(values))
        .execute()
    }
    return found
  }

  /** Does about alarms what the administrator says is to be done. */
  async #answer(found: readonly OfAgent[]): Promise<void> {
    for (const { tenantId, agent, measure } of found) {
      const watched = (await this.of(tenantId, agent)).find((each) => each.measure === measure)
      if (watched?.alarm == null) continue
      const did = await this.#act(tenantId, agent, measure, watched.alarm)
      await this.#database
        .updateTable('agent_drift')
        .set({ alarm: JSON.stringify({ ...watched.alarm, did }) })
        .where('tenant_id', '=', tenantId)
        .where('agent', '=', agent)
        .where('measure', '=', measure)
        .where('alarm', 'is not', null)
        .execute()
    }
  }

  async #act(tenantId: string, agent: string, measure: Measure, { since }: Alarm): Promise<Alarm['did']> {
    if (this.#onDrift === 'tell') return 'told'
    const row = await this.#agents.find(tenantId, agent)
    if (this.#onDrift === 'roll-back' && row.canary_version === since.version) {
      await this.#agents.endCanary(tenantId, agent)
      return 'canary-ended'
    }
    const before = await this.#agents.liveBefore(tenantId, agent, since.version)
    if (this.#onDrift === 'roll-back' && row.live_version === since.version && before !== null) {
      await this.#agents.putLive(tenantId, agent, before)
      return 'rolled-back'
    }
    await this.#agents.pause(
      tenantId,
      agent,
      `${driftWords[measure]} than before. Look at its outcomes in the registry.`,
    )
    return 'paused'
  }

  /** What is watched of an agent; measures of which nothing is known yet are left out. */
  async of(tenantId: string, agent: string): Promise<Watched[]> {
    const rows = await this.#database
      .selectFrom('agent_drift')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('agent', '=', agent)
      .execute()
    return (Object.keys(measures) as Measure[]).flatMap((measure) => {
      const row = rows.find((each) => each.measure === measure)
      if (row === undefined) return []
      const { test, alarm, accepted } = row
      const mean = test.count === 0 ? 0 : test.sum / test.count
      return {
        measure,
        count: test.count,
        mean,
        evidence: evidenceOf(test),
        limit: this.#limit,
        alarm,
        accepted,
      }
    })
  }

  /** Agents of which something became worse, the newest first; the first hundred. */
  async alarms(tenantId: string): Promise<{ agent: string; measure: Measure; alarm: Alarm }[]> {
    const rows = await this.#database
      .selectFrom('agent_drift')
      .select(['agent', 'measure', 'alarm'])
      .where('tenant_id', '=', tenantId)
      .where('alarm', 'is not', null)
      .orderBy(sql`(alarm ->> 'atMs')::double precision`, 'desc')
      .limit(100)
      .execute()
    return rows.flatMap(({ alarm, ...row }) => (alarm === null ? [] : { ...row, alarm }))
  }

  /** It is as it should be: outcomes from now on are held against those from now on. @throws NotFoundError `drift-unknown` */
  async accept(
    tenantId: string,
    agent: string,
    measure: Measure,
    said: Omit<Accepted, 'atMs'>,
  ): Promise<void> {
    const { numUpdatedRows } = await this.#database
      .updateTable('agent_drift')
      .set({
        test: JSON.stringify(beginTest(measures[measure])),
        alarm: null,
        accepted: JSON.stringify({ ...said, atMs: this.#clock.nowMs() }),
      })
      .where('tenant_id', '=', tenantId)
      .where('agent', '=', agent)
      .where('measure', '=', measure)
      .executeTakeFirst()
    if (numUpdatedRows === 0n)
      throw new NotFoundError({
        code: 'drift-unknown',
        message: `Nothing is known yet of "${measure}" of the agent "${agent}".`,
      })
  }
}

const driftWords: Record<Measure, string> = {
  failed: 'More of its runs fail',
  refused: 'People refuse more of what it asks',
  rework: 'More of its runs need rework or have errors',
  cost: 'Its runs are dearer',
}

type OfAgent = Observed & { tenantId: string; agent: string; measure: Measure }

interface EndedRun {
  tenantId: string
  id: string
  agent: string
  version: number
  state: 'done' | 'failed'
  costMicros: number
  endedMs: number
  /** Null where nobody was asked. */
  isRefused: boolean | null
}

function observedOfRun({ state, costMicros, isRefused, endedMs, ...run }: EndedRun): OfAgent[] {
  const { tenantId, agent, id, version } = run
  // Trials in the studio are of drafts.
  if (agent.startsWith('try-')) return []
  const of = (measure: Measure, value: number): OfAgent => ({
    tenantId,
    agent,
    id,
    version,
    atMs: endedMs,
    measure,
    value,
  })
  return [
    of('failed', Number(state === 'failed')),
    of('cost', Number(costMicros)),
    ...(isRefused === null ? [] : [of('refused', Number(isRefused))]),
  ]
}

interface Through {
  atMs: number
  ids: string[]
}

async function readThrough(
  transaction: Transaction<DriftTables>,
  tenantId: string,
  of: string,
): Promise<Through> {
  await transaction
    .insertInto('drift_through')
    .values({ tenant_id: tenantId, of, at_ms: 0, ids: '[]' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  // Of two that look at once, the second begins where the first ended.
  const { at_ms: atMs, ids } = await transaction
    .selectFrom('drift_through')
    .select(['at_ms', 'ids'])
    .where('tenant_id', '=', tenantId)
    .where('of', '=', of)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { atMs, ids }
}

async function writeThrough(
  transaction: Transaction<DriftTables>,
  tenantId: string,
  of: string,
  { atMs, ids }: Through,
): Promise<void> {
  await transaction
    .updateTable('drift_through')
    .set({ at_ms: atMs, ids: JSON.stringify(ids) })
    .where('tenant_id', '=', tenantId)
    .where('of', '=', of)
    .execute()
}
