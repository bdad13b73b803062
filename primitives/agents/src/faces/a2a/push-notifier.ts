import { StreamResponse, TaskPushNotificationConfig, TaskState } from '@a2a-js/sdk'
import { HeavyliftError } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { SafeFetch } from '@heavylift/core/safe-fetch'
import { sql } from 'kysely'
import type { A2aPushRow, AgentsTables } from '../../run/run-row.ts'
import type { FaceContext } from '../face-context.ts'
import { callState } from '../watch-call.ts'
import { artifactsOf, taskOf, taskState, taskStatus } from './task.ts'
import { isOver } from './tasks.ts'

const everyMs = 500
const mostAtOnce = 20
const mostTries = 6
const sendMs = 15_000
/** Another process takes over what one has taken and not told by then. */
const takenMs = 2 * sendMs

/**
 * Tells who asked for it when a task changes (A2A 1.0, 4.3): at least once for each state that lasts, later again where the other end failed, six times in
 * all. Every process looks, and each notification is one's at a time. Nothing is sent to private addresses.
 */
export class PushNotifier {
  readonly #context: FaceContext
  readonly #fetch: SafeFetch

  constructor(context: FaceContext, fetch: SafeFetch) {
    this.#context = context
    this.#fetch = fetch
  }

  /** Until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const rows = await this.#take()
        await Promise.all(rows.map((row) => this.#look(row, signal)))
        if (rows.length < mostAtOnce) await sleep(everyMs, signal)
      } catch (error) {
        this.#context.log.warn({ error }, 'push notifications wait: they could not be looked at')
        await sleep(10 * everyMs, signal)
      }
    }
  }

  async #take(): Promise<A2aPushRow[]> {
    const nowMs = this.#context.clock.nowMs()
    const db = this.#context.store.database<AgentsTables>()
    const { rows } = await sql<A2aPushRow>`
      update a2a_push set next_ms = ${nowMs + takenMs}
      where (tenant_id, run_id, id) in (
        select tenant_id, run_id, id from a2a_push where next_ms <= ${nowMs}
        order by next_ms limit ${mostAtOnce} for update skip locked)
      returning *`.execute(db)
    return rows
  }

  async #look(row: A2aPushRow, signal: AbortSignal): Promise<void> {
    const { clock, runs } = this.#context
    const key = { tenantId: row.tenant_id, runId: row.run_id }
    const state = await callState(this.#context, key).catch((error: unknown) => {
      if (HeavyliftError.isInstance(error) && error.status === 404) return null
      throw error
    })
    const now = state === null ? null : taskState(state)
    if (state === null || now === null) return await this.#remove(row)
    const ends = isOver(now) && now !== TaskState.TASK_STATE_INPUT_REQUIRED
    if (String(now) === row.told)
      return ends ? await this.#remove(row) : await this.#set(row, { next_ms: clock.nowMs() + everyMs })
    const contextId = (await this.#contextOf(row)) ?? ''
    const artifacts = artifactsOf(state.row, await runs.read(state.row.output))
    const payload: StreamResponse['payload'] = ends
      ? { $case: 'task', value: taskOf(state, contextId, { history: [], artifacts }) }
      : {
          $case: 'statusUpdate',
          value: {
            taskId: row.run_id,
            contextId,
            status: taskStatus(state, contextId),
            metadata: undefined,
          },
        }
    const isTold = await this.#send(TaskPushNotificationConfig.fromJSON(row.config), { payload }, signal)
    if (isTold && ends) return await this.#remove(row)
    const failed = isTold ? 0 : row.failed + 1
    if (failed >= mostTries) return await this.#remove(row)
    await this.#set(row, {
      next_ms: clock.nowMs() + (isTold ? everyMs : 1_000 * 4 ** failed),
      failed,
      ...(isTold ? { told: String(now) } : {}),
    })
  }

  async #send(
    { url, token, authentication }: TaskPushNotificationConfig,
    message: StreamResponse,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      const { status } = await this.#fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/a2a+json',
          ...(token === '' ? {} : { 'x-a2a-notification-token': token }),
          ...(authentication === undefined
            ? {}
            : { authorization: `${authentication.scheme} ${authentication.credentials}`.trim() }),
        },
        body: JSON.stringify(StreamResponse.toJSON(message)),
        maxBytes: 64 * 1024,
        signal: AbortSignal.any([signal, AbortSignal.timeout(sendMs)]),
      })
      return status >= 200 && status < 300
    } catch (error) {
      const code = HeavyliftError.isInstance(error) ? error.code : 'push-failed'
      this.#context.log.info({ host: URL.parse(url)?.host, code }, 'a push notification was not taken')
      return false
    }
  }

  async #contextOf(row: A2aPushRow): Promise<string | undefined> {
    const found = await this.#context.store
      .database<AgentsTables>()
      .selectFrom('a2a_task')
      .select('context_id')
      .where('tenant_id', '=', row.tenant_id)
      .where('run_id', '=', row.run_id)
      .executeTakeFirst()
    return found?.context_id
  }

  async #set(row: A2aPushRow, change: { next_ms: number; failed?: number; told?: string }): Promise<void> {
    await this.#context.store
      .database<AgentsTables>()
      .updateTable('a2a_push')
      .set(change)
      .where('tenant_id', '=', row.tenant_id)
      .where('run_id', '=', row.run_id)
      .where('id', '=', row.id)
      .execute()
  }

  async #remove(row: A2aPushRow): Promise<void> {
    await this.#context.store
      .database<AgentsTables>()
      .deleteFrom('a2a_push')
      .where('tenant_id', '=', row.tenant_id)
      .where('run_id', '=', row.run_id)
      .where('id', '=', row.id)
      .execute()
  }
}
