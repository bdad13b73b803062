import type { Store } from '@heavylift/store'
import type { Kysely } from 'kysely'
import type { ControlTables, RobotRow } from './control-tables.ts'
import type { FloorKey } from './floor-log.ts'

/** What the gateway tells people of its robots every two seconds. */
export interface FloorReport {
  /** Without user and password. */
  broker: string
  /** Since when the gateway has not reached it; null while it does. */
  brokerLostAt: Date | null
  counts: { received: number; sent: number; resent: number; refused: number }
  robots: RobotRow[]
  at: Date
}

export class FloorReports {
  readonly #db: Kysely<ControlTables>

  constructor(store: Pick<Store, 'database'>) {
    this.#db = store.database<ControlTables>()
  }

  /** Floors of a tenant that are or were under control, the newest first. */
  async floors(tenantId: string) {
    const rows = await this.#db
      .selectFrom('control_floor')
      .select(['floor_id', 'created_at'])
      .where('tenant_id', '=', tenantId)
      .orderBy('created_at', 'desc')
      .limit(100)
      .execute()
    return rows.map((row) => ({ floorId: row.floor_id, createdAt: row.created_at }))
  }

  async save({ tenantId: tenant_id, floorId: floor_id }: FloorKey, report: FloorReport): Promise<void> {
    const { brokerLostAt: broker_lost_at, ...rest } = report
    const values = {
      ...rest,
      broker_lost_at,
      counts: JSON.stringify(report.counts),
      robots: JSON.stringify(report.robots),
    }
    await this.#db
      .insertInto('control_report')
      .values({ tenant_id, floor_id, ...values })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'floor_id']).doUpdateSet(values))
      .execute()
  }

  /** Null before a gateway has led the floor. */
  async last({ tenantId, floorId }: FloorKey): Promise<FloorReport | null> {
    const row = await this.#db
      .selectFrom('control_report')
      .select(['broker', 'counts', 'robots', 'at', 'broker_lost_at as brokerLostAt'])
      .where('tenant_id', '=', tenantId)
      .where('floor_id', '=', floorId)
      .executeTakeFirst()
    return row ?? null
  }
}
