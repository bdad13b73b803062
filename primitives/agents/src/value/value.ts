import { type Clock, NotFoundError } from '@heavylift/core'
import type { Ledger, RecordedDecision } from '@heavylift/store'
import { type Kysely, sql } from 'kysely'
import type { Agents } from '../publish/agents.ts'
import type { AgentsTables } from '../run/run-row.ts'
import { errorsAvoided, type Figure, hoursSaved, moneySaved, type SetBaseline } from './grade.ts'

/** What came of one run, or of one case that no agent did. */
export interface OutcomeOf {
  /** A run, or the unit of an arm. */
  subjectId: string
  kind: 'rework-minutes' | 'error'
  /** Minutes; or 1 for an error and 0 for none. */
  value: number
}

export interface AgentValue {
  agent: string
  baseline: SetBaseline | null
  runs: number
  costMicros: number
  approvals: number
  outcomes: number
  hours: Figure | null
  errorsAvoided: Figure | null
  usd: Figure | null
}

/** Runs with an outcome that count for an agent: the newest. */
const mostOutcomes = 2_000
const pageSize = 500
const dayMs = 86_400_000

/** What agents save, computed from their runs and the ledger and nothing else, each figure with how far it can be trusted. */
export class Value {
  readonly #agents: Agents
  readonly #clock: Clock
  readonly #database: Kysely<AgentsTables>
  readonly #ledger: Ledger
  readonly #onReported: (tenantId: string, agent: string) => Promise<void>

  constructor(options: {
    agents: Agents
    clock: Clock
    database: Kysely<AgentsTables>
    ledger: Ledger
    /** After something was reported of runs of an agent. */
    onReported: (tenantId: string, agent: string) => Promise<void>
  }) {
    this.#onReported = options.onReported
    this.#agents = options.agents
    this.#clock = options.clock
    this.#database = options.database
    this.#ledger = options.ledger
  }

  /** @throws NotFoundError `agent-unknown` */
  async setBaseline(tenantId: string, agent: string, baseline: SetBaseline): Promise<void> {
    await this.#agents.find(tenantId, agent)
    const values = { baseline: JSON.stringify(baseline), set_ms: this.#clock.nowMs() }
    await this.#database
      .insertInto('agent_baseline')
      .values({ tenant_id: tenantId, agent, ...values })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'agent']).doUpdateSet(values))
      .execute()
  }

  /** Whether the agent does a case or a person, by chance and always the same for a unit. @throws NotFoundError `agent-unknown` */
  async arm(tenantId: string, agent: string, unitId: string): Promise<'person' | 'agent'> {
    await this.#agents.find(tenantId, agent)
    return (await this.#ledger.assign(trialOf(tenantId, agent), unitId)) === 'agent' ? 'agent' : 'person'
  }

  /**
   * Writes down what came of runs. The same run, kind and moment of ending count once.
   * @throws NotFoundError `subject-unknown` where one is neither a run of the agent nor a unit with an arm
   */
  async report(tenantId: string, agent: string, outcomes: readonly OutcomeOf[]): Promise<void> {
    const atMs = this.#clock.nowMs()
    const rows = await this.#database
      .selectFrom('run')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('agent', '=', agent)
      .where('id', 'in', [...outcomes.map(({ subjectId }) => subjectId), '-'])
      .execute()
    const known = new Set(rows.map(({ id }) => id))
    const stranger = outcomes.find(
      ({ subjectId }) => !known.has(subjectId) && !subjectId.startsWith(unitPrefix),
    )
    if (stranger !== undefined)
      throw new NotFoundError({
        code: 'subject-unknown',
        message: `The agent "${agent}" has no run "${stranger.subjectId}". Name its run, or ${unitPrefix}ID for a case that was given an arm.`,
      })
    await this.#ledger.decideAll(
      rows.map((row) => ({
        id: row.id,
        tenantId,
        ...runsOf(agent),
        subjectId: null,
        inputRef: null,
        inputHash: '',
        output: { state: row.state },
        confidence: null,
        costMicros: row.cost_micros,
        durationMs: (row.ended_ms ?? atMs) - row.created_ms,
        version: `${agent} ${row.version}`,
        atMs: row.created_ms,
      })),
    )
    await this.#ledger.outcomeAll(
      outcomes.map(({ subjectId, kind, value }) => ({
        tenantId,
        subjectId: subjectId.startsWith(unitPrefix) ? subjectId.slice(unitPrefix.length) : subjectId,
        kind: `agents.${kind}`,
        value,
        idempotencyKey: `${agent} ${subjectId} ${kind}`,
        atMs,
      })),
    )
    await this.#onReported(tenantId, agent)
  }

  /** Of every agent with runs or a baseline, over so many days; the most hours first. */
  async all(tenantId: string, days: number): Promise<AgentValue[]> {
    const sinceMs = this.#clock.nowMs() - days * dayMs
    const [counts, answers, baselines] = await Promise.all([
      this.#database
        .selectFrom('run')
        .where('tenant_id', '=', tenantId)
        .where('created_ms', '>=', sinceMs)
        .where(sql<boolean>`trigger->>'kind' <> 'case'`)
        .groupBy('agent')
        .select([
          'agent',
          sql<number>`count(*) filter (where state = 'done')`.as('runs'),
          sql<number>`coalesce(sum(cost_micros), 0)::bigint`.as('costMicros'),
        ])
        .execute(),
      this.#database
        .selectFrom('wait')
        .innerJoin('run', (join) =>
          join.onRef('run.tenant_id', '=', 'wait.tenant_id').onRef('run.id', '=', 'wait.run_id'),
        )
        .where('wait.tenant_id', '=', tenantId)
        .where('run.created_ms', '>=', sinceMs)
        .where('wait.question', 'is not', null)
        .where('wait.answered_by', 'not in', ['time'])
        .groupBy('run.agent')
        .select(['run.agent', sql<number>`count(*)`.as('answers')])
        .execute(),
      this.#database.selectFrom('agent_baseline').selectAll().where('tenant_id', '=', tenantId).execute(),
    ])
    const names = new Set([...counts, ...baselines].map(({ agent }) => agent))
    const values = await Promise.all(
      [...names]
        .filter((name) => !name.startsWith('try-'))
        .map((agent) => {
          const { runs = 0, costMicros = 0 } = counts.find((each) => each.agent === agent) ?? {}
          return this.#of(tenantId, sinceMs, {
            agent,
            runs: Number(runs),
            costMicros: Number(costMicros),
            approvals: Number(answers.find((each) => each.agent === agent)?.answers ?? 0),
            baseline: baselines.find((each) => each.agent === agent)?.baseline ?? null,
          })
        }),
    )
    return values.toSorted((a, b) => (b.hours?.estimate ?? -Infinity) - (a.hours?.estimate ?? -Infinity))
  }

  async #of(
    tenantId: string,
    sinceMs: number,
    of: Pick<AgentValue, 'agent' | 'runs' | 'costMicros' | 'approvals' | 'baseline'>,
  ): Promise<AgentValue> {
    const { agent, runs, approvals, baseline, costMicros } = of
    if (baseline === null) return { ...of, outcomes: 0, hours: null, errorsAvoided: null, usd: null }
    const decisions = await this.#withOutcomes(tenantId, agent, sinceMs)
    const valuesOf = (kind: string): number[] =>
      decisions.flatMap(({ outcomes }) =>
        outcomes.flatMap((each) => (each.kind === `agents.${kind}` ? [each.value] : [])),
      )
    const errors = valuesOf('error')
    const after = {
      runs,
      approvals,
      minutesPerApproval: baseline.minutesPerApproval,
      reworkMinutes: valuesOf('rework-minutes'),
      errors: { count: errors.filter((value) => value > 0).length, of: errors.length },
    }
    const trial = await this.#ledger.experiment(trialOf(tenantId, agent), 'agents.error')
    const isProven = trial.sequentialPValue !== null && trial.sequentialPValue < 0.05
    const hours = hoursSaved(baseline, after)
    return {
      ...of,
      outcomes: decisions.length,
      hours,
      errorsAvoided: errorsAvoided(baseline, after, isProven ? trial.difference : null),
      usd: moneySaved(hours, baseline.usdPerHour, costMicros / 1e6),
    }
  }

  async #withOutcomes(tenantId: string, agent: string, fromMs: number): Promise<RecordedDecision[]> {
    const found: RecordedDecision[] = []
    for (;;) {
      const beforeId = found.at(-1)?.id
      const page = await this.#ledger.decisions(tenantId, {
        ...runsOf(agent),
        fromMs,
        limit: pageSize,
        ...(beforeId === undefined ? {} : { beforeId }),
      })
      found.push(...page)
      if (page.length < pageSize || found.length >= mostOutcomes) return found
    }
  }
}

/** What stands before the id of a case that was given an arm. */
export const unitPrefix = 'unit:'

/** Under what the ledger has the runs of an agent of which something was reported. */
export const runsOf = (agent: string): { system: string; kind: string } => ({
  system: 'agents',
  kind: `run of ${agent}`,
})

function trialOf(tenantId: string, agent: string): Parameters<Ledger['assign']>[0] {
  return { tenantId, name: `agent:${agent}`, arms: { person: 1, agent: 1 } }
}
