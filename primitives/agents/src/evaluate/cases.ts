import { type Clock, ConflictError, InvalidInputError, NotFoundError } from '@heavylift/core'
import type { Kysely } from 'kysely'
import { isTrial, oneStepTag, triedAgent } from '../drafts/trial-name.ts'
import { compile } from '../expressions/expression.ts'
import { from } from '../guard/origins.ts'
import type { Agents } from '../publish/agents.ts'
import type { Payloads } from '../run/payload.ts'
import type { AgentsTables, CaseRow, RunRow } from '../run/run-row.ts'
import type { Runs } from '../run/runs.ts'
import { type Recording, recordingOf } from './recording.ts'

/** Entries of a run that are read for its recording. */
const mostEntries = 20_000
const mostCases = 1_000

/** Runs that somebody said are worth being repeated: what they were given, what should come of it, and what they met outside. */
export class Cases {
  readonly #agents: Pick<Agents, 'definition'>
  readonly #clock: Clock
  readonly #database: Kysely<AgentsTables>
  readonly #payloads: Payloads
  readonly #runs: Runs

  constructor(options: {
    agents: Pick<Agents, 'definition'>
    clock: Clock
    database: Kysely<AgentsTables>
    payloads: Payloads
    runs: Runs
  }) {
    this.#agents = options.agents
    this.#clock = options.clock
    this.#database = options.database
    this.#payloads = options.payloads
    this.#runs = options.runs
  }

  /**
   * Writes a run down as a case: its input, its result or what is given as what should come of it, and its recording. The same run is the same case; that of a
   * draft is a case of its agent.
   * @throws ConflictError `case-of-one-step`, `case-of-trial`
   */
  async save(
    tenantId: string,
    runId: string,
    given: { title: string; expected?: unknown; checks?: readonly string[] | undefined },
  ): Promise<{ caseId: string; agent: string }> {
    checkChecks(given.checks ?? [])
    const row = await this.#runs.find(tenantId, runId)
    const agent = await this.#agentOf(tenantId, row)
    const expected = given.expected ?? (await this.#runs.read(row.output))
    const caseId = `case_${runId}`
    const [entries, waits] = await Promise.all([
      this.#runs.entries(tenantId, runId, -1, mostEntries),
      this.#runs.waits({ tenantId, runId }),
    ])
    const recording = await recordingOf(row, entries, waits, (payload) => this.#payloads.read(payload))
    const values = {
      title: given.title,
      input: JSON.stringify((await this.#payloads.read(row.input)) ?? null),
      expected: JSON.stringify(expected ?? null),
      checks: JSON.stringify(given.checks ?? []),
      recorded: JSON.stringify(await this.#payloads.keep(tenantId, caseId, recording)),
      made_ms: this.#clock.nowMs(),
    }
    await this.#database
      .insertInto('agent_case')
      .values({ ...values, tenant_id: tenantId, agent, id: caseId, from_run: runId })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'agent', 'id']).doUpdateSet(values))
      .execute()
    return { caseId, agent }
  }

  async #agentOf(tenantId: string, { agent, version }: RunRow): Promise<string> {
    if (!isTrial(agent)) return agent
    const { tags } = await this.#agents.definition(tenantId, agent, version)
    if (tags.includes(oneStepTag))
      throw new ConflictError({
        code: 'case-of-one-step',
        message: 'This run tried one step. A case is of a whole agent: run the draft, and save that run.',
      })
    const tried = triedAgent(agent)
    if (tried !== null) return tried
    throw new ConflictError({
      code: 'case-of-trial',
      message: 'The name of this agent is too long for cases of its draft. Publish it, and save a run of it.',
    })
  }

  /** Newest first. */
  async list(tenantId: string, agent: string): Promise<CaseRow[]> {
    return await this.#database
      .selectFrom('agent_case')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('agent', '=', agent)
      .orderBy('made_ms', 'desc')
      .limit(mostCases)
      .execute()
  }

  /** How many cases each agent has. */
  async counts(tenantId: string): Promise<{ agent: string; cases: number }[]> {
    const rows = await this.#database
      .selectFrom('agent_case')
      .select(({ fn }) => ['agent', fn.countAll<string>().as('cases')])
      .where('tenant_id', '=', tenantId)
      .groupBy('agent')
      .orderBy('agent')
      .execute()
    return rows.map(({ agent, cases }) => ({ agent, cases: Number(cases) }))
  }

  /** @throws NotFoundError `case-unknown` */
  async find(tenantId: string, agent: string, caseId: string): Promise<CaseRow> {
    const row = await this.#database
      .selectFrom('agent_case')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('agent', '=', agent)
      .where('id', '=', caseId)
      .executeTakeFirst()
    return row ?? caseUnknown(agent, caseId)
  }

  /** Says anew what should come of a case. @throws NotFoundError `case-unknown`; InvalidInputError `check-wrong` */
  async change(
    tenantId: string,
    agent: string,
    caseId: string,
    to: { title: string; expected: unknown; checks: readonly string[] },
  ): Promise<void> {
    checkChecks(to.checks)
    const { numUpdatedRows } = await this.#database
      .updateTable('agent_case')
      .set({
        title: to.title,
        expected: JSON.stringify(to.expected ?? null),
        checks: JSON.stringify(to.checks),
        made_ms: this.#clock.nowMs(),
      })
      .where('tenant_id', '=', tenantId)
      .where('agent', '=', agent)
      .where('id', '=', caseId)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) caseUnknown(agent, caseId)
  }

  /** @throws NotFoundError `case-unknown` */
  async remove(tenantId: string, agent: string, caseId: string): Promise<void> {
    const { numDeletedRows } = await this.#database
      .deleteFrom('agent_case')
      .where('tenant_id', '=', tenantId)
      .where('agent', '=', agent)
      .where('id', '=', caseId)
      .executeTakeFirst()
    if (numDeletedRows === 0n) caseUnknown(agent, caseId)
    await this.#payloads.removeOf(tenantId, caseId)
  }

  /** Empty for a case that was saved before recordings were: its reads go to the tools, its effects fail it. */
  async recording({ recorded }: Pick<CaseRow, 'recorded'>): Promise<Recording> {
    if (recorded === null) return { origins: from('user'), calls: [], answers: [] }
    return (await this.#payloads.read(recorded)) as Recording
  }
}

function caseUnknown(agent: string, caseId: string): never {
  throw new NotFoundError({
    code: 'case-unknown',
    message: `The agent "${agent}" has no case "${caseId.slice(0, 100)}".`,
  })
}

/** @throws InvalidInputError `check-wrong` where one is no expression */
function checkChecks(checks: readonly string[]): void {
  for (const check of checks) {
    try {
      compile(check)
    } catch (error) {
      throw new InvalidInputError({
        code: 'check-wrong',
        message: `The check "${check}" is no CEL: ${error instanceof Error ? error.message : String(error)} It speaks of input, output and expected: output.kind == expected.kind`,
      })
    }
  }
}
