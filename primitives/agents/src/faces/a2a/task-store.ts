import { Message, TaskState } from '@a2a-js/sdk'
import type { ListTasksRequest } from '@a2a-js/sdk'
import { RequestMalformedError } from '@a2a-js/sdk/errors'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { AgentsTables, RunRow } from '../../run/run-row.ts'
import type { RunState } from '../../run/entry.ts'
import type { FaceCaller } from '../call.ts'

export interface StoredTask {
  contextId: string
  history: Message[]
}

const runStates: Partial<Record<TaskState, readonly RunState[]>> = {
  [TaskState.TASK_STATE_SUBMITTED]: ['queued'],
  [TaskState.TASK_STATE_WORKING]: ['running', 'waiting'],
  [TaskState.TASK_STATE_INPUT_REQUIRED]: ['waiting'],
  [TaskState.TASK_STATE_COMPLETED]: ['done'],
  [TaskState.TASK_STATE_FAILED]: ['failed'],
  [TaskState.TASK_STATE_CANCELED]: ['cancelled'],
}
const changedMs = sql<number>`coalesce(run.ended_ms, run.turned_ms)`

/** What tasks have that runs do not: their conversation. */
export class TaskStore {
  readonly #db: Kysely<AgentsTables>

  constructor(db: Kysely<AgentsTables>) {
    this.#db = db
  }

  /** False where there is a task of this id already, which stays as it is. */
  async add(caller: FaceCaller, agent: string, runId: string, task: StoredTask): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto('a2a_task')
      .values({
        tenant_id: caller.tenantId,
        run_id: runId,
        agent,
        context_id: task.contextId,
        by_key: caller.keyId,
        history: JSON.stringify(task.history.map((each) => Message.toJSON(each))),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n
  }

  async remove(tenantId: string, runId: string): Promise<void> {
    await this.#db
      .deleteFrom('a2a_task')
      .where('tenant_id', '=', tenantId)
      .where('run_id', '=', runId)
      .execute()
  }

  /** Null for a task that is not there, is another agent's, or that the caller may not see. */
  async find(caller: FaceCaller, agent: string, runId: string): Promise<StoredTask | null> {
    const row = await this.#db
      .selectFrom('a2a_task')
      .selectAll()
      .where('tenant_id', '=', caller.tenantId)
      .where('run_id', '=', runId)
      .where('agent', '=', agent)
      .executeTakeFirst()
    if (row === undefined || (!caller.seesAll && row.by_key !== caller.keyId)) return null
    return storedTask(row)
  }

  async say(tenantId: string, runId: string, history: readonly Message[]): Promise<void> {
    await this.#db
      .updateTable('a2a_task')
      .set({ history: JSON.stringify(history.map((each) => Message.toJSON(each))) })
      .where('tenant_id', '=', tenantId)
      .where('run_id', '=', runId)
      .execute()
  }

  /** A page of tasks, those that changed last first, and how many there are in all. */
  async list(
    caller: FaceCaller,
    agent: string,
    wanted: ListTasksRequest,
    pageSize: number,
  ): Promise<{ rows: { row: RunRow; task: StoredTask }[]; total: number; next: string }> {
    let query = this.#db
      .selectFrom('a2a_task')
      .innerJoin('run', (join) =>
        join.onRef('run.tenant_id', '=', 'a2a_task.tenant_id').onRef('run.id', '=', 'a2a_task.run_id'),
      )
      .where('a2a_task.tenant_id', '=', caller.tenantId)
      .where('a2a_task.agent', '=', agent)
    if (!caller.seesAll)
      query = query.where(sql<boolean>`a2a_task.by_key is not distinct from ${caller.keyId}`)
    if (wanted.contextId !== '') query = query.where('a2a_task.context_id', '=', wanted.contextId)
    if (wanted.status !== TaskState.TASK_STATE_UNSPECIFIED) {
      query = query.where('run.state', 'in', [...(runStates[wanted.status] ?? []), 'no' as RunState])
      if (runStates[wanted.status]?.includes('waiting') === true)
        query = query.where(
          sql<boolean>`(run.state = 'waiting' and exists (select 1 from wait where wait.tenant_id = run.tenant_id
            and wait.run_id = run.id and wait.question is not null and wait.answered_ms is null))
            = ${wanted.status === TaskState.TASK_STATE_INPUT_REQUIRED}`,
        )
    }
    if (wanted.statusTimestampAfter !== undefined)
      query = query.where(changedMs, '>=', timeOf(wanted.statusTimestampAfter))
    const { total } = await query.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
    if (wanted.pageToken !== '') {
      const last = readToken(wanted.pageToken)
      query = query.where(sql<boolean>`(${changedMs}, run.id) < (${last.ms}, ${last.id})`)
    }
    const rows = await query
      .selectAll('run')
      .select(['a2a_task.context_id', 'a2a_task.history'])
      .orderBy(changedMs, 'desc')
      .orderBy('run.id', 'desc')
      .limit(pageSize + 1)
      .execute()
    const page = rows.slice(0, pageSize)
    const last = page.at(-1)
    const hasMore = rows.length > pageSize && last !== undefined
    return {
      rows: page.map((row) => ({ row, task: storedTask(row) })),
      total,
      next: hasMore ? makeToken(last.ended_ms ?? last.turned_ms, last.id) : '',
    }
  }
}

function storedTask(row: { context_id: string; history: unknown[] }): StoredTask {
  return { contextId: row.context_id, history: row.history.map((each) => Message.fromJSON(each)) }
}

const makeToken = (ms: number, id: string): string =>
  Buffer.from(JSON.stringify([ms, id])).toString('base64url')

function readToken(token: string): { ms: number; id: string } {
  try {
    const [ms, id] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[]
    if (Number.isSafeInteger(ms) && typeof id === 'string') return { ms: ms as number, id }
  } catch {
    // Said below.
  }
  throw new RequestMalformedError('pageToken is none that ListTasks gave. Begin without one.')
}

function timeOf(text: string): number {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new RequestMalformedError('statusTimestampAfter is no time as ISO 8601 has it.')
  return ms
}
