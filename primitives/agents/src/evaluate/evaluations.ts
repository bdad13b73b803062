import { type Clock, ConflictError, type Ids, NotFoundError } from '@heavylift/core'
import { mapConcurrently } from '@heavylift/core/async'
import type { Durable, DurableWorkflow } from '@heavylift/store'
import type { Kysely } from 'kysely'
import type { AgentDefinition } from '../definition/definition.ts'
import type { Agents } from '../publish/agents.ts'
import type { ExecutionDeps } from '../run/deps.ts'
import type { AgentsTables, EvaluationCaseRow, EvaluationRow, RunRow } from '../run/run-row.ts'
import type { Runs } from '../run/runs.ts'
import type { ToolSources } from '../tools/tool-sources.ts'
import type { JsonSchema } from '../tools/tool.ts'
import type { Cases } from './cases.ts'
import { judgeCase } from './judge-case.ts'
import { recordingOf } from './recording.ts'
import { rehearsalDeps } from './rehearse.ts'
import type { CaseVerdict, Change } from './verdict.ts'

/** Cases of an evaluation that are played at once. */
const atOnce = 8
/** A case that has not ended by then fails. */
const mostMs = 10 * 60_000
const mostEntries = 20_000

interface Key {
  tenantId: string
  id: string
}

/** Where a version stands with the cases of its agent. */
export type Standing =
  | { state: 'no-cases' | 'passed' | 'not-played' }
  | { state: 'playing' | 'failed'; evaluation: string; failed: number; cases: number }

/**
 * Plays the cases of agents and says what came of them. Each is a run that changes nothing outside (`rehearsalDeps`); an evaluation
 * is a durable run of the store, which goes on where it was when its process dies.
 */
export class Evaluations {
  readonly #agents: Agents
  readonly #cases: Cases
  readonly #clock: Clock
  readonly #database: Kysely<AgentsTables>
  readonly #ids: Ids
  readonly #runs: Runs
  readonly #sources: ToolSources
  readonly #workflow: DurableWorkflow<Key, null>

  constructor(options: {
    agents: Agents
    cases: Cases
    clock: Clock
    database: Kysely<AgentsTables>
    durable: Durable
    ids: Ids
    runs: Runs
    sources: ToolSources
  }) {
    this.#agents = options.agents
    this.#cases = options.cases
    this.#clock = options.clock
    this.#database = options.database
    this.#ids = options.ids
    this.#runs = options.runs
    this.#sources = options.sources
    this.#workflow = options.durable.workflow('agents.evaluation', async (run, key: Key) => {
      await run.step('play', (signal) => this.#play(key, signal))
      return null
    })
  }

  /** What a run of a case works with. */
  async depsOf(row: RunRow, definition: AgentDefinition, deps: ExecutionDeps): Promise<ExecutionDeps> {
    const { plays } = row.trigger
    if (plays === undefined) return deps
    const of = await this.#cases.find(row.tenant_id, row.agent, plays.caseId)
    return rehearsalDeps(deps, definition, await this.#cases.recording(of), plays.change)
  }

  /**
   * Begins to play the cases of an agent on a version of it.
   * @throws NotFoundError `agent-unknown`, `version-unknown`; ConflictError `no-cases`
   */
  async start(
    tenantId: string,
    wanted: { agent: string; version: number; change?: Change | null; fleet?: string | null },
  ): Promise<{ evaluationId: string }> {
    const { agent, version, fleet = null } = wanted
    const { tool, model } = wanted.change ?? {}
    const change = tool === undefined && model === undefined ? null : { tool, model }
    await this.#agents.definition(tenantId, agent, version)
    const cases = await this.#cases.list(tenantId, agent)
    if (cases.length === 0)
      throw new ConflictError({
        code: 'no-cases',
        message: `The agent "${agent}" has no cases. Open a run of it that went well, and save it as a case.`,
      })
    const id = this.#ids.next('evaluation')
    await this.#database.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('agent_evaluation')
        .values({
          tenant_id: tenantId,
          id,
          agent,
          version,
          change: change === null ? null : JSON.stringify(change),
          fleet,
          state: 'playing',
          made_ms: this.#clock.nowMs(),
        })
        .execute()
      await transaction
        .insertInto('agent_evaluation_case')
        .values(
          cases.map((each) => ({
            tenant_id: tenantId,
            evaluation: id,
            case_id: each.id,
            title: each.title,
            case_ms: each.made_ms,
            run_id: this.#ids.next('run'),
          })),
        )
        .execute()
    })
    await this.#workflow.start({ tenantId, id }, { id })
    return { evaluationId: id }
  }

  /**
   * Tries a change on the cases of every agent with a live version that it could reach: those that use the tool, or all for a model.
   * @throws ConflictError `no-cases` where none of them has any
   */
  async startFleet(tenantId: string, change: Change): Promise<{ fleetId: string; agents: number }> {
    const fleet = this.#ids.next('fleet')
    let agents = 0
    for (const { agent } of await this.#cases.counts(tenantId)) {
      const { live_version: version } = await this.#agents.find(tenantId, agent)
      if (version === null) continue
      const { tools } = await this.#agents.definition(tenantId, agent, version)
      const { tool } = change
      if (tool !== undefined && !tools.some((each) => each.from === tool.from && each.tool === tool.tool))
        continue
      await this.start(tenantId, { agent, version, change, fleet })
      agents++
    }
    if (agents === 0)
      throw new ConflictError({
        code: 'no-cases',
        message: 'No live agent that this could reach has cases. Save runs of theirs as cases first.',
      })
    return { fleetId: fleet, agents }
  }

  /** Newest first. */
  async list(
    tenantId: string,
    of: { agent?: string | undefined; fleet?: string | undefined; limit: number },
  ): Promise<(EvaluationRow & { cases: EvaluationCaseRow[] })[]> {
    let query = this.#database
      .selectFrom('agent_evaluation')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .orderBy('made_ms', 'desc')
      .orderBy('id', 'desc')
      .limit(of.limit)
    if (of.agent !== undefined) query = query.where('agent', '=', of.agent)
    if (of.fleet !== undefined) query = query.where('fleet', '=', of.fleet)
    const rows = await query.execute()
    const cases = await this.#casesOf(
      tenantId,
      rows.map(({ id }) => id),
    )
    return rows.map((row) => ({ ...row, cases: cases.filter(({ evaluation }) => evaluation === row.id) }))
  }

  /** @throws NotFoundError `evaluation-unknown` */
  async find(tenantId: string, id: string): Promise<EvaluationRow & { cases: EvaluationCaseRow[] }> {
    const row = await this.#database
      .selectFrom('agent_evaluation')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .executeTakeFirst()
    if (row === undefined)
      throw new NotFoundError({
        code: 'evaluation-unknown',
        message: `There is no evaluation "${id.slice(0, 100)}".`,
      })
    return { ...row, cases: await this.#casesOf(tenantId, [id]) }
  }

  /** Stops it; what has been played stays. Does nothing to one that is over. */
  async cancel(tenantId: string, id: string): Promise<void> {
    const { cases } = await this.find(tenantId, id)
    const isCancelled = await this.#end({ tenantId, id }, 'cancelled')
    if (!isCancelled) return
    for (const { verdict, run_id: runId } of cases)
      if (verdict === null) await this.#runs.cancel(tenantId, runId).catch(() => undefined)
  }

  /** Whether a version has passed the cases that its agent has now. */
  async standing(tenantId: string, agent: string, version: number): Promise<Standing> {
    const now = await this.#cases.list(tenantId, agent)
    if (now.length === 0) return { state: 'no-cases' }
    const last = await this.#database
      .selectFrom('agent_evaluation')
      .select('id')
      .where('tenant_id', '=', tenantId)
      .where('agent', '=', agent)
      .where('version', '=', version)
      .where('change', 'is', null)
      .where('state', '!=', 'cancelled')
      .orderBy('made_ms', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (last === undefined) return { state: 'not-played' }
    const { state, cases } = await this.find(tenantId, last.id)
    const played = new Map(cases.map(({ case_id: caseId, case_ms: madeMs }) => [caseId, madeMs]))
    if (now.some(({ id, made_ms: madeMs }) => played.get(id) !== madeMs)) return { state: 'not-played' }
    if (state === 'passed') return { state }
    const failed = cases.filter(({ verdict }) => verdict !== null && !verdict.hasPassed).length
    return {
      state: state === 'playing' ? state : 'failed',
      evaluation: last.id,
      failed,
      cases: cases.length,
    }
  }

  /** @throws ConflictError `cases-not-passed` */
  async mayGoLive(tenantId: string, agent: string, version: number): Promise<void> {
    const standing = await this.standing(tenantId, agent, version)
    if (standing.state === 'passed' || standing.state === 'no-cases') return
    throw new ConflictError({
      code: 'cases-not-passed',
      message:
        standing.state === 'failed'
          ? `${standing.failed} of ${standing.cases} cases of "${agent}" fail on version ${version} (evaluation ${standing.evaluation}). Mend it, change what the cases expect, or say why it goes live all the same.`
          : `The cases of "${agent}" have not all been played on version ${version}. Play them (heavylift agents evaluate ${agent} --version ${version}), or say why it goes live all the same.`,
    })
  }

  async #casesOf(tenantId: string, ids: readonly string[]): Promise<EvaluationCaseRow[]> {
    if (ids.length === 0) return []
    return await this.#database
      .selectFrom('agent_evaluation_case')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('evaluation', 'in', ids)
      .orderBy('title')
      .orderBy('case_id')
      .execute()
  }

  async #play({ tenantId, id }: Key, signal: AbortSignal): Promise<void> {
    const evaluation = await this.find(tenantId, id)
    await mapConcurrently(evaluation.cases, atOnce, async (each) => {
      signal.throwIfAborted()
      if (each.verdict !== null || (await this.#state({ tenantId, id })) !== 'playing') return
      const verdict = await this.#playCase(evaluation, each, each.run_id, evaluation.change ?? {}, signal)
      // A case that fails without the change too is not the change's fault.
      const before =
        verdict.hasPassed || evaluation.change === null
          ? null
          : await this.#playCase(evaluation, each, `${each.run_id}-before`, {}, signal)
      await this.#database
        .updateTable('agent_evaluation_case')
        .set({ verdict: JSON.stringify(verdict), passed_before: before === null ? null : before.hasPassed })
        .where('tenant_id', '=', tenantId)
        .where('evaluation', '=', id)
        .where('case_id', '=', each.case_id)
        .execute()
    })
    const { cases } = await this.find(tenantId, id)
    await this.#end({ tenantId, id }, cases.every(({ verdict }) => verdict?.hasPassed) ? 'passed' : 'failed')
  }

  async #state({ tenantId, id }: Key): Promise<EvaluationRow['state']> {
    return (await this.find(tenantId, id)).state
  }

  async #end({ tenantId, id }: Key, state: EvaluationRow['state']): Promise<boolean> {
    const { numUpdatedRows } = await this.#database
      .updateTable('agent_evaluation')
      .set({ state, ended_ms: this.#clock.nowMs() })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .where('state', '=', 'playing')
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  async #playCase(
    { tenant_id: tenantId, agent, version }: EvaluationRow,
    { case_id: caseId }: EvaluationCaseRow,
    runId: string,
    change: Change,
    signal: AbortSignal,
  ): Promise<CaseVerdict> {
    const of = await this.#cases.find(tenantId, agent, caseId).catch(() => null)
    if (of === null) return failedAs('case-unknown', 'The case was removed before it was played.')
    const recording = await this.#cases.recording(of)
    try {
      await this.#runs.start({
        tenantId,
        agent,
        id: runId,
        version,
        input: of.input,
        trigger: { kind: 'case', origins: recording.origins, plays: { caseId, change } },
      })
    } catch (error) {
      if (error instanceof ConflictError || (error as { code?: string }).code === 'input-misfit')
        return failedAs('case-misfit', (error as Error).message)
      throw error
    }
    const late = AbortSignal.timeout(mostMs)
    const row = await this.#runs.ended(tenantId, runId, AbortSignal.any([signal, late]))
    signal.throwIfAborted()
    if (late.aborted) {
      await this.#runs.cancel(tenantId, runId)
      return failedAs('case-late', `It had not ended after ${mostMs / 60_000} minutes.`)
    }
    const [entries, waits] = await Promise.all([
      this.#runs.entries(tenantId, runId, -1, mostEntries),
      this.#runs.waits({ tenantId, runId }),
    ])
    const came = await recordingOf(row, entries, waits, (payload) => this.#runs.read(payload))
    const schemas = await this.#schemasOf(tenantId, agent, version)
    return judgeCase({
      input: of.input,
      expected: of.expected,
      checks: of.checks,
      recorded: recording.calls,
      came: { output: await this.#runs.read(row.output), failure: row.error, calls: came.calls },
      inputOf: (source, tool) => schemas.get(`${source}\n${tool}`) ?? {},
    })
  }

  /** Schemas of the version's tools, as far as their sources answer. */
  async #schemasOf(tenantId: string, agent: string, version: number): Promise<Map<string, JsonSchema>> {
    const { tools } = await this.#agents.definition(tenantId, agent, version)
    const found = await Promise.all(
      tools.map(async ({ from, tool, credential = null }) => {
        const context = { tenantId, credential, signal: AbortSignal.timeout(10_000) }
        const at = await this.#sources.findTool(from, tool, context).catch(() => null)
        return [`${from}\n${tool}`, at?.tool.input ?? {}] as const
      }),
    )
    return new Map(found)
  }
}

function failedAs(code: string, message: string): CaseVerdict {
  return {
    hasPassed: false,
    differences: [],
    failedChecks: [],
    missing: [],
    extra: [],
    failure: { code, message },
  }
}
