import { type Clock, ConflictError, type Ids, InvalidInputError, NotFoundError } from '@heavylift/core'
import { Wakeup } from '@heavylift/core/async'
import { sql, type Kysely } from 'kysely'
import type { Store } from '@heavylift/store'
import type { Stops } from '../registry/stops.ts'
import type { Agents } from '../publish/agents.ts'
import type { AgentDefinition } from '../definition/definition.ts'
import type { ChildRun, Expressions } from './deps.ts'
import { cancelledFailure, endStates } from './entry.ts'
import type { Entry, Failure, RunState } from './entry.ts'
import type { Executor } from './executor.ts'
import { forkOf } from './fork-run.ts'
import type { Journal, RunKey } from './journal.ts'
import { listRuns } from './list-runs.ts'
import type { RunFilter } from './list-runs.ts'
import type { Payloads } from './payload.ts'
import type { AgentsTables, Question, RunRow, StartedBy, WaitRow } from './run-row.ts'
import type { PostgresRunStore } from './run-store.ts'
import type { Scope } from './scope.ts'

/** A run in another process is looked at so often by who waits for its end. */
const elsewhereMs = 500
/** Between processes: a run has an answer, or is to be cancelled. */
const stirred = 'agents.run'
const longestSubject = 300

export interface StartRun {
  tenantId: string
  agent: string
  /** The same id joins the run there is; it has the input of the first. */
  id?: string | undefined
  input: unknown
  trigger: StartedBy
  /** Default: the live version, or the canary for its share. */
  version?: number | undefined
  /** How deep in agents that call agents it is, where one of ours called from outside. Default 0. */
  depth?: number
}

/** What is done with runs from outside. */
export class Runs {
  readonly #agents: Agents
  readonly #clock: Clock
  readonly #database: Kysely<AgentsTables>
  readonly #executor: Executor
  readonly #expressions: Expressions
  readonly #ids: Ids
  readonly #journal: Journal
  readonly #maxDepth: number
  readonly #misfit: (schema: Readonly<Record<string, unknown>>, value: unknown) => Promise<string | null>
  readonly #payloads: Payloads
  readonly #runStore: PostgresRunStore
  readonly #runsAtOnce: number
  readonly #stops: Pick<Stops, 'check'>
  readonly #store: Store
  readonly #isLimited: (tenantId: string, agent: string) => Promise<boolean>
  /** A run waits in line. */
  onQueued: () => void = () => undefined

  constructor(options: {
    agents: Agents
    clock: Clock
    executor: Executor
    expressions: Expressions
    ids: Ids
    journal: Journal
    maxDepth: number
    misfit: (schema: Readonly<Record<string, unknown>>, value: unknown) => Promise<string | null>
    payloads: Payloads
    runStore: PostgresRunStore
    runsAtOnce: number
    signal: AbortSignal
    stops: Pick<Stops, 'check'>
    store: Store
    isLimited: (tenantId: string, agent: string) => Promise<boolean>
  }) {
    this.#isLimited = options.isLimited
    this.#agents = options.agents
    this.#clock = options.clock
    this.#database = options.store.database<AgentsTables>()
    this.#executor = options.executor
    this.#expressions = options.expressions
    this.#ids = options.ids
    this.#journal = options.journal
    this.#maxDepth = options.maxDepth
    this.#misfit = options.misfit
    this.#payloads = options.payloads
    this.#runStore = options.runStore
    this.#runsAtOnce = options.runsAtOnce
    this.#stops = options.stops
    this.#store = options.store
    options.store.shared.listen(stirred, options.signal, (detail) => {
      const [tenantId, runId] = detail?.split('\t', 2) ?? []
      if (tenantId !== undefined && runId !== undefined)
        void this.#executor.stir({ tenantId, runId }).catch(() => undefined)
    })
  }

  /**
   * Starts a run, or joins the one of the same id. It is durable once this resolves.
   * @throws NotFoundError `agent-unknown`; ConflictError `agent-paused`, `agent-not-live`, `run-of-another-agent`; InvalidInputError `input-misfit`
   */
  async start(wanted: StartRun): Promise<{ id: string; isNew: boolean }> {
    const { tenantId, agent, input, trigger } = wanted
    const id = wanted.id ?? this.#ids.next('run')
    const version = wanted.version ?? (await this.#agents.versionFor(tenantId, agent, id))
    const { depth = 0 } = wanted
    this.#checkDepth(depth)
    return await this.#insert({ tenantId, agent, id, version, input, trigger, parent: null, depth })
  }

  async startChild(child: ChildRun): Promise<void> {
    const { tenantId, agent, id, input, parent } = child
    const version = child.version ?? (await this.#agents.versionFor(tenantId, agent, id))
    const depth = parent.depth + 1
    this.#checkDepth(depth)
    const around = parent.callers.findIndex((caller) => caller.agent === agent)
    if (around >= 0)
      throw new ConflictError({
        code: 'agents-in-circle',
        message: `The agent ${agent} is called by what it called itself (${[...parent.callers.slice(around).map((caller) => caller.agent), agent].join(' → ')}). Take one of these calls away.`,
      })
    await this.#insert({
      tenantId,
      agent,
      id,
      version,
      input,
      trigger: { kind: 'agent', origins: parent.origins, callers: parent.callers },
      parent,
      depth,
    })
  }

  #checkDepth(depth: number): void {
    if (depth > this.#maxDepth)
      throw new ConflictError({
        code: 'agents-too-deep',
        message: `Agents call agents ${this.#maxDepth} deep here, and no deeper. Does one of them call itself?`,
      })
  }

  async #insert(run: {
    tenantId: string
    agent: string
    id: string
    version: number
    input: unknown
    trigger: StartedBy
    parent: ChildRun['parent'] | null
    depth: number
  }): Promise<{ id: string; isNew: boolean }> {
    const { tenantId, agent, id, version, input, trigger, parent, depth } = run
    await this.#stops.check({ tenant_id: tenantId, agent, version })
    const definition = await this.#agents.definition(tenantId, agent, version)
    const misfit = await this.#misfit(definition.input, input)
    if (misfit !== null)
      throw new InvalidInputError({
        code: 'input-misfit',
        message: `The input does not fit what the agent "${agent}" takes: ${misfit}`,
      })
    const nowMs = this.#clock.nowMs()
    // Under limits a run waits in line, where they are counted.
    const isHere = this.#executor.count < this.#runsAtOnce && !(await this.#isLimited(tenantId, agent))
    const row: RunRow = {
      tenant_id: tenantId,
      id,
      agent,
      version,
      state: isHere ? 'running' : 'queued',
      epoch: isHere ? 1 : 0,
      segment: isHere ? 1 : 0,
      input: await this.#payloads.keep(tenantId, id, input ?? null),
      output: null,
      error: null,
      trigger,
      parent_run: parent?.runId ?? null,
      parent_path: parent?.path ?? null,
      depth,
      forked_from: null,
      forked_at: null,
      wants_cancel: false,
      cost_micros: 0,
      tokens: 0,
      team: definition.owner?.team ?? null,
      subject:
        this.#subjectOf(definition, { input, steps: {}, run: { id, agent, version, startedMs: nowMs } }) ??
        parent?.subject ??
        null,
      created_ms: nowMs,
      turned_ms: nowMs,
      started_ms: isHere ? nowMs : null,
      ended_ms: null,
    }
    if (await this.#journal.insert(row)) {
      if (isHere) this.#executor.begin(row, true)
      else this.onQueued()
      return { id, isNew: true }
    }
    const there = await this.find(tenantId, id)
    if (there.agent !== agent)
      throw new ConflictError({
        code: 'run-of-another-agent',
        message: `There is a run "${id}" of the agent "${there.agent}" already. Take another id.`,
      })
    return { id, isNew: false }
  }

  #subjectOf({ subject }: AgentDefinition, scope: Scope): string | null {
    if (subject === undefined) return null
    try {
      const said = this.#expressions.fill(subject, scope)
      if (typeof said !== 'string' && typeof said !== 'number') return null
      return said === '' ? null : String(said).slice(0, longestSubject)
    } catch {
      // An input without it is about nobody in particular.
      return null
    }
  }

  /** @throws NotFoundError `run-unknown` */
  async find(tenantId: string, runId: string): Promise<RunRow> {
    const row = await this.#runStore.find({ tenantId, runId })
    if (row !== null) return row
    throw new NotFoundError({ code: 'run-unknown', message: `There is no run "${runId}".` })
  }

  /** A run once it has ended, wherever it runs, or as it is when the signal aborts. */
  async ended(tenantId: string, runId: string, signal: AbortSignal): Promise<RunRow> {
    const wakeup = new Wakeup()
    const stop = this.#executor.listenForEnd({ tenantId, runId }, () => wakeup.wake())
    try {
      for (;;) {
        const { count } = wakeup
        const row = await this.find(tenantId, runId)
        if (endStates.includes(row.state) || signal.aborted) return row
        await wakeup.wait({ since: count, timeoutMs: elsewhereMs, signal })
      }
    } finally {
      stop()
    }
  }

  /** Entries of a run in their order, after the one of that number. */
  async entries(tenantId: string, runId: string, afterSeq: number, limit: number): Promise<Entry[]> {
    return await this.#journal.read({ tenantId, runId }, afterSeq, limit)
  }

  async waits(key: RunKey): Promise<WaitRow[]> {
    return await this.#runStore.waits(key)
  }

  async read(payload: RunRow['input'] | null): Promise<unknown> {
    return payload === null ? null : await this.#payloads.read(payload)
  }

  /** Newest first. */
  async list(filter: RunFilter): Promise<RunRow[]> {
    const last = filter.before === undefined ? null : await this.find(filter.tenantId, filter.before)
    return await listRuns(this.#database, filter, last)
  }

  /** What a run asks people, and what those that it called ask, at any depth. */
  async openQuestions({ tenantId, runId }: RunKey): Promise<(WaitRow & { question: Question })[]> {
    const { rows } = await sql<WaitRow>`
      with recursive called as (
        select id from run where tenant_id = ${tenantId} and id = ${runId}
        union select run.id from run join called on run.tenant_id = ${tenantId} and run.parent_run = called.id)
      select wait.* from wait join called on wait.run_id = called.id
      where wait.tenant_id = ${tenantId} and wait.answered_ms is null and wait.question is not null
      order by wait.opened_ms`.execute(this.#database)
    return rows.flatMap((row) => (row.question === null ? [] : [{ ...row, question: row.question }]))
  }

  /** Questions to people that are open, oldest first. */
  async questions(tenantId: string, limit: number): Promise<(WaitRow & { question: Question })[]> {
    const rows = await this.#database
      .selectFrom('wait')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('kind', 'in', ['approval', 'uncertain', 'verdict'])
      .where('answered_ms', 'is', null)
      .orderBy('opened_ms')
      .limit(limit)
      .execute()
    return rows.flatMap((row) => (row.question === null ? [] : [{ ...row, question: row.question }]))
  }

  /**
   * A person's answer to a run's question. The first one stays.
   * @throws NotFoundError `question-unknown`; InvalidInputError `choice-wrong`, `value-misfit`; ConflictError `answered-already`, `approval-late`
   */
  async answer(
    tenantId: string,
    runId: string,
    path: string,
    answer: { choice: string; by: string; note?: string | undefined; value?: unknown },
  ): Promise<void> {
    const key = { tenantId, runId }
    const wait = (await this.#runStore.waits(key)).find((each) => each.path === path)
    if (wait === undefined || wait.question === null)
      throw new NotFoundError({
        code: 'question-unknown',
        message: `The run "${runId}" asks nothing at "${path}".`,
      })
    if (!wait.question.choices.includes(answer.choice))
      throw new InvalidInputError({
        code: 'choice-wrong',
        message: `Choose one of: ${wait.question.choices.join(', ')}.`,
      })
    const { form, choices } = wait.question
    const wrong =
      form !== undefined && answer.choice === choices[0] ? await this.#misfit(form, answer.value ?? {}) : null
    if (wrong !== null)
      throw new InvalidInputError({
        code: 'value-misfit',
        message: `What is filled in does not fit what is asked: ${wrong}.`,
      })
    const nowMs = this.#clock.nowMs()
    const { choice, by, note, value } = answer
    const isTaken = await this.#runStore.answer(key, path, {
      value: { choice, ...(note === undefined ? {} : { note }), ...(value === undefined ? {} : { value }) },
      by,
      nowMs,
    })
    if (!isTaken) {
      const isLate =
        wait.answered_by === 'time' ||
        (wait.answered_ms === null && wait.until_ms !== null && wait.until_ms <= nowMs)
      throw new ConflictError({
        code: isLate ? 'approval-late' : 'answered-already',
        message: isLate
          ? `The deadline of this question is over, and "${wait.question.late}" counts.`
          : 'Somebody has answered this question already, and the first answer stays.',
      })
    }
    await this.stir(key)
  }

  /** Gives an event to every run of the tenant that waits for one of its type. Returns how many went on. */
  async event(tenantId: string, type: string, data: unknown): Promise<number> {
    const nowMs = this.#clock.nowMs()
    const waiting = await this.#database
      .selectFrom('wait')
      .select(['run_id', 'path'])
      .where('tenant_id', '=', tenantId)
      .where('event', '=', type)
      .where('answered_ms', 'is', null)
      .execute()
    let given = 0
    for (const { run_id: runId, path } of waiting) {
      const key = { tenantId, runId }
      if (!(await this.#runStore.answer(key, path, { value: data, by: 'event', nowMs }))) continue
      given++
      await this.stir(key)
    }
    return given
  }

  /** Ends a run that has not ended; one under way ends once its calls with effects are over. Returns its state. */
  async cancel(tenantId: string, runId: string, because: Failure = cancelledFailure): Promise<RunState> {
    const nowMs = this.#clock.nowMs()
    const rows = await this.#database
      .updateTable('run')
      .set({ state: 'cancelled', ended_ms: nowMs, error: JSON.stringify(because) as never })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', runId)
      .where('state', 'in', ['queued', 'waiting'])
      .returning('state')
      .execute()
    if (rows.length > 0) {
      await this.#database
        .deleteFrom('wait')
        .where('tenant_id', '=', tenantId)
        .where('run_id', '=', runId)
        .where('answered_ms', 'is', null)
        .execute()
      await this.#tellParent(tenantId, runId, because)
      return 'cancelled'
    }
    const row = await this.find(tenantId, runId)
    if (endStates.includes(row.state)) return row.state
    await this.#database
      .updateTable('run')
      // Whoever has it ends it for this reason; an end in another way overwrites it.
      .set({ wants_cancel: true, error: JSON.stringify(because) as never })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', runId)
      .where('state', 'not in', [...endStates])
      .execute()
    await this.stir({ tenantId, runId })
    return row.state
  }

  async #tellParent(tenantId: string, runId: string, because: Failure): Promise<void> {
    const { parent_run: parent, parent_path: path } = await this.find(tenantId, runId)
    if (parent === null || path === null) return
    const value = { state: 'cancelled', output: null, error: because }
    const key = { tenantId, runId: parent }
    await this.#runStore.answer(key, path, { value, by: 'run', nowMs: this.#clock.nowMs() })
    await this.stir(key)
  }

  /** A run has an answer: it goes on here if it rests, and in whichever process has it otherwise. */
  async stir(key: RunKey): Promise<void> {
    // Where no durable run can begin yet, another process finds it answered.
    const isReady = await this.#executor.isReady()
    const row = isReady ? await this.#runStore.wake(key, this.#clock.nowMs()) : null
    if (row !== null) this.#executor.begin(row, false)
    else await this.#store.shared.notify(stirred, this.#database, `${key.tenantId}\t${key.runId}`)
  }

  /**
   * A new run of the same input that takes over what went before a step and does the rest anew: a retry, or with another version a comparison.
   * Without a step it begins where the run failed.
   * @throws NotFoundError `run-unknown`; ConflictError `run-not-ended`; InvalidInputError `step-unknown`
   */
  async fork(
    tenantId: string,
    runId: string,
    how: {
      step: string | null
      version?: number | undefined
      id?: string | undefined
      by?: string | undefined
    },
  ): Promise<{ id: string; isNew: boolean }> {
    const was = await this.find(tenantId, runId)
    const id = how.id ?? this.#ids.next('run')
    const forked = await forkOf(
      { agents: this.#agents, journal: this.#journal, payloads: this.#payloads, stops: this.#stops },
      was,
      { ...how, id, nowMs: this.#clock.nowMs() },
    )
    const isNew = await this.#journal.insert(forked.row, forked.kept)
    if (isNew) this.#executor.begin(forked.row, false)
    return { id, isNew }
  }

  /** Removes ended runs and what they kept, some at a go. Returns how many. */
  async removeOld(beforeMs: number, most: number): Promise<number> {
    const old = await this.#database
      .selectFrom('run')
      .select(['tenant_id', 'id'])
      .where('state', 'in', [...endStates])
      .where('ended_ms', '<', beforeMs)
      .limit(most)
      .execute()
    for (const { tenant_id: tenantId, id } of old) {
      await this.#payloads.removeOf(tenantId, id)
      await this.#database.transaction().execute(async (transaction) => {
        for (const table of ['journal', 'wait'] as const)
          await transaction
            .deleteFrom(table)
            .where('tenant_id', '=', tenantId)
            .where('run_id', '=', id)
            .execute()
        await transaction.deleteFrom('run').where('tenant_id', '=', tenantId).where('id', '=', id).execute()
      })
    }
    return old.length
  }

  /** Calls `onEntries` when this process has written of a run. Returns how to stop. */
  listen(key: RunKey, onEntries: () => void): () => void {
    return this.#journal.listen(key, onEntries)
  }
}
