import { TaskPushNotificationConfig } from '@a2a-js/sdk'
import type { Kysely } from 'kysely'
import type { AgentsTables } from '../../run/run-row.ts'

/** Who wants to be told of a task. */
export class PushStore {
  readonly #db: Kysely<AgentsTables>

  constructor(db: Kysely<AgentsTables>) {
    this.#db = db
  }

  async put(
    tenantId: string,
    config: TaskPushNotificationConfig,
    told: string,
    nowMs: number,
  ): Promise<void> {
    const values = {
      config: JSON.stringify(TaskPushNotificationConfig.toJSON(config)),
      told,
      next_ms: nowMs,
      failed: 0,
    }
    await this.#db
      .insertInto('a2a_push')
      .values({ ...values, tenant_id: tenantId, run_id: config.taskId, id: config.id })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'run_id', 'id']).doUpdateSet(values))
      .execute()
  }

  /** Those of a task by their ids. */
  async list(tenantId: string, runId: string): Promise<TaskPushNotificationConfig[]> {
    const rows = await this.#db
      .selectFrom('a2a_push')
      .select('config')
      .where('tenant_id', '=', tenantId)
      .where('run_id', '=', runId)
      .orderBy('id')
      .limit(100)
      .execute()
    return rows.map(({ config }) => TaskPushNotificationConfig.fromJSON(config))
  }

  async remove(tenantId: string, runId: string, id: string): Promise<void> {
    await this.#db
      .deleteFrom('a2a_push')
      .where('tenant_id', '=', tenantId)
      .where('run_id', '=', runId)
      .where('id', '=', id)
      .execute()
  }
}
