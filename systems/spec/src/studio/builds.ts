import { join } from 'node:path'
import { ConflictError, HeavyliftError, NotFoundError } from '@heavylift/core'
import type { Clock, Ids, Logger } from '@heavylift/core'
import type { Ledger } from '@heavylift/store'
import type { Kysely } from 'kysely'
import { agentByName } from '../plan/agents.ts'
import { forgetBuild } from '../plan/build.ts'
import type { BuildState } from '../plan/build.ts'
import { buildEdits } from '../plan/build-edits.ts'
import { commandOf } from '../plan/project-tests.ts'
import { assertRoot } from '../plan/spec-edits.ts'
import type { SpecEdit } from '../plan/spec-edits.ts'
import type { Repositories } from './repositories.ts'
import type { BuildStatus, SpecTables } from './tables.ts'

export interface Build {
  repository: string
  name: string
  agent: string
  testCommand: string
  status: BuildStatus
  state: BuildState | null
  body: string
  problem: string
  log: string[]
  edits: SpecEdit[]
  startedAtMs: number
  endedAtMs: number | null
}

const mostLogLines = 500

interface BuildsOptions {
  db: Kysely<SpecTables>
  repositories: Repositories
  ledger: Ledger
  clock: Clock
  ids: Ids
  log: Logger
  folder: string
  agents: Readonly<Record<string, string>>
  agentMinutes: number
}

/**
 * Builds that the studio began. A row is written with each step, so that a server that was killed takes up what ran; lines of the
 * agent are kept in memory while it runs, and in the row from time to time and at the end.
 */
export class Builds {
  readonly #options: BuildsOptions
  readonly #running = new Map<string, { lines: string[]; abort: AbortController; ended: Promise<void> }>()

  constructor(options: BuildsOptions) {
    this.#options = options
  }

  async list(tenantId: string, repository: string): Promise<Build[]> {
    const rows = await this.#options.db
      .selectFrom('build')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('repository', '=', repository)
      .orderBy('started_at', 'desc')
      .limit(50)
      .execute()
    return rows.map((row) => this.#toBuild(tenantId, row))
  }

  /** @throws NotFoundError `build-not-found` */
  async find(tenantId: string, repository: string, name: string): Promise<Build> {
    const row = await this.#options.db
      .selectFrom('build')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('repository', '=', repository)
      .where('name', '=', name)
      .executeTakeFirst()
    if (!row)
      throw new NotFoundError({
        code: 'build-not-found',
        message: `There is no build "${name.slice(0, 60)}".`,
      })
    return this.#toBuild(tenantId, row)
  }

  /** @throws ConflictError `build-running`; InvalidInputError `agent-unknown`, `not-a-repository` */
  async start(
    tenantId: string,
    repository: string,
    input: { edits: SpecEdit[]; agent: string; testCommand: string },
    signal: AbortSignal,
  ): Promise<Build> {
    const { db, repositories, clock, agents } = this.#options
    agentByName(input.agent, agents)
    const { folder } = await repositories.find(tenantId, repository)
    await assertRoot(folder, signal)
    if ([...this.#running.keys()].some((key) => key.startsWith(`${tenantId} ${repository} `)))
      throw new ConflictError({
        code: 'build-running',
        message: 'A build of this repository is running. Wait for it, or stop it.',
      })
    const earlier = await this.list(tenantId, repository)
    const name = `change-${Math.max(0, ...earlier.map((one) => Number(/\d+$/.exec(one.name)?.[0] ?? 0))) + 1}`
    await db
      .insertInto('build')
      .values({
        tenant_id: tenantId,
        repository,
        name,
        agent: input.agent,
        test_command: input.testCommand,
        edits: JSON.stringify(input.edits),
        status: 'running',
        state: JSON.stringify(null),
        body: '',
        problem: '',
        log: '',
        started_at: new Date(clock.nowMs()),
        ended_at: null,
      })
      .execute()
    const build = await this.find(tenantId, repository, name)
    this.#go(tenantId, build, folder)
    return await this.find(tenantId, repository, name)
  }

  /** Takes up what ran when the server stopped. */
  async resume(): Promise<void> {
    const { db, repositories } = this.#options
    const rows = await db.selectFrom('build').selectAll().where('status', '=', 'running').execute()
    for (const row of rows) {
      const { folder } = await repositories.find(row.tenant_id, row.repository)
      this.#go(row.tenant_id, this.#toBuild(row.tenant_id, row), folder)
    }
  }

  /** Ends the agent; what it did is forgotten. */
  async stop(tenantId: string, repository: string, name: string): Promise<Build> {
    const running = this.#running.get(keyOf(tenantId, repository, name))
    running?.abort.abort(new HeavyliftError({ code: 'build-stopped', message: 'Somebody stopped it.' }))
    await running?.ended
    return await this.find(tenantId, repository, name)
  }

  /** With the server: what runs goes on when it starts again. */
  async close(): Promise<void> {
    for (const { abort } of this.#running.values()) abort.abort(closing)
    await Promise.all([...this.#running.values()].map(({ ended }) => ended))
  }

  #go(tenantId: string, build: Build, folder: string) {
    const key = keyOf(tenantId, build.repository, build.name)
    if (this.#running.has(key)) return
    const lines = [...build.log]
    const abort = new AbortController()
    const ended = this.#run(tenantId, build, folder, lines, abort.signal)
      .catch((error: unknown) => this.#options.log.error({ error }, 'a build could not be kept'))
      .finally(() => this.#running.delete(key))
    this.#running.set(key, { lines, abort, ended })
  }

  async #run(tenantId: string, build: Build, folder: string, lines: string[], stopped: AbortSignal) {
    const { repositories, agents, agentMinutes, clock } = this.#options
    const startedMs = clock.monotonicMs()
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(agentMinutes * 60_000)])
    const runsFolder = join(this.#options.folder, tenantId, build.repository)
    const keep = (
      values: Partial<{ status: BuildStatus; state: string; body: string; problem: string; ended_at: Date }>,
    ) =>
      this.#options.db
        .updateTable('build')
        .set({ ...values, log: lines.slice(-mostLogLines).join('\n') })
        .where('tenant_id', '=', tenantId)
        .where('repository', '=', build.repository)
        .where('name', '=', build.name)
        .execute()
    try {
      const { reading } = await repositories.show(tenantId, build.repository, signal)
      const steps: Promise<unknown>[] = []
      const { state, body } = await buildEdits({
        name: build.name,
        root: folder,
        runsFolder,
        edits: build.edits,
        set: reading.set,
        agentCommand: agentByName(build.agent, agents),
        testCommand: commandOf(build.testCommand),
        onLine: (line) => void lines.push(line.slice(0, 2000)),
        onStep: (step) => {
          lines.push(`step: ${step.step}`)
          steps.push(keep({ state: JSON.stringify(step) }))
        },
        report: () => undefined,
        signal,
      })
      await Promise.all(steps)
      const status = state.step === 'done' ? 'done' : 'refused'
      await keep({ status, state: JSON.stringify(state), body, ended_at: new Date(clock.nowMs()) })
      await this.#record(tenantId, build, state, clock.monotonicMs() - startedMs)
    } catch (error) {
      // It goes on with the next start.
      if (stopped.aborted && stopped.reason === closing) return
      const problem = error instanceof Error ? error.message : String(error)
      await forgetBuild(folder, runsFolder, build.name).catch(() => undefined)
      await keep({ status: 'failed', problem, ended_at: new Date(clock.nowMs()) })
    }
  }

  /** The loop from edit to branch is a decision; its merge and its deployment are outcomes. */
  async #record(tenantId: string, build: Build, state: BuildState, durationMs: number) {
    const { ledger, ids, clock, repositories } = this.#options
    const { isSample } = await repositories.find(tenantId, build.repository)
    await ledger.decide({
      id: ids.next('build'),
      tenantId,
      system: 'spec',
      kind: isSample ? 'sample-build' : 'build',
      subjectId: `${build.repository}/${build.name}`,
      inputRef: null,
      inputHash: state.base,
      output: {
        repository: build.repository,
        branch: state.branch,
        commit: state.commit,
        step: state.step,
        gates: state.gates.map(({ gate, isPassed }) => ({ gate, isPassed })),
      },
      confidence: null,
      costMicros: 0,
      durationMs,
      version: build.agent,
      atMs: clock.nowMs(),
    })
  }

  #toBuild(tenantId: string, row: BuildRow): Build {
    const running = this.#running.get(keyOf(tenantId, row.repository, row.name))
    return {
      repository: row.repository,
      name: row.name,
      agent: row.agent,
      testCommand: row.test_command,
      status: row.status,
      state: row.state,
      body: row.body,
      problem: row.problem,
      log: running ? running.lines.slice(-mostLogLines) : row.log === '' ? [] : row.log.split('\n'),
      edits: row.edits,
      startedAtMs: row.started_at.getTime(),
      endedAtMs: row.ended_at?.getTime() ?? null,
    }
  }
}

const closing = new Error('The server stops.')
const keyOf = (tenantId: string, repository: string, name: string) => `${tenantId} ${repository} ${name}`

interface BuildRow {
  repository: string
  name: string
  agent: string
  test_command: string
  edits: SpecEdit[]
  status: BuildStatus
  state: BuildState | null
  body: string
  problem: string
  log: string
  started_at: Date
  ended_at: Date | null
}
