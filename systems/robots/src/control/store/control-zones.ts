import { NotFoundError } from '@heavylift/core'
import type { Store } from '@heavylift/store'
import type { Kysely } from 'kysely'
import type { controlZoneTypes } from '../zone-types.ts'
import type { ControlTables } from './control-tables.ts'
import type { FloorLog } from './floor-log.ts'

export interface ControlZone {
  id: number
  type: (typeof controlZoneTypes)[number]
  /** Cells from row and column to row and column, both included. */
  top: number
  left: number
  bottom: number
  right: number
  reason: string
  byWhom: string
  at: Date
}

/** The zones of a floor: kept, so that they outlive planner and gateway. */
export class ControlZones {
  readonly #db: Kysely<ControlTables>
  readonly #shared: Store['shared']
  readonly #log: FloorLog

  constructor(store: Pick<Store, 'database' | 'shared'>, log: FloorLog) {
    this.#db = store.database<ControlTables>()
    this.#shared = store.shared
    this.#log = log
  }

  async all(): Promise<ControlZone[]> {
    const rows = await this.#db
      .selectFrom('control_zone')
      .selectAll()
      .where('tenant_id', '=', this.#log.key.tenantId)
      .where('floor_id', '=', this.#log.key.floorId)
      .orderBy('zone_id')
      .execute()
    return rows.map((row) => ({
      id: row.zone_id,
      type: row.type,
      top: row.first_row,
      left: row.first_column,
      bottom: row.last_row,
      right: row.last_column,
      reason: row.reason,
      byWhom: row.by_whom,
      at: row.at,
    }))
  }

  async draw(zone: Omit<ControlZone, 'id'>): Promise<ControlZone> {
    const { tenantId: tenant_id, floorId: floor_id } = this.#log.key
    const { zone_id } = await this.#db
      .insertInto('control_zone')
      .values({
        tenant_id,
        floor_id,
        type: zone.type,
        first_row: zone.top,
        first_column: zone.left,
        last_row: zone.bottom,
        last_column: zone.right,
        reason: zone.reason,
        by_whom: zone.byWhom,
        at: zone.at,
      })
      .returning('zone_id')
      .executeTakeFirstOrThrow()
    await this.#shared.notify(this.#log.nameOf('zone'), this.#db)
    return { ...zone, id: zone_id }
  }

  /** @throws NotFoundError `zone-unknown` */
  async open(id: number): Promise<void> {
    const gone = await this.#db
      .deleteFrom('control_zone')
      .where('tenant_id', '=', this.#log.key.tenantId)
      .where('floor_id', '=', this.#log.key.floorId)
      .where('zone_id', '=', id)
      .returning('zone_id')
      .executeTakeFirst()
    if (gone === undefined)
      throw new NotFoundError({ code: 'zone-unknown', message: `There is no zone ${id} on this floor.` })
    await this.#shared.notify(this.#log.nameOf('zone'), this.#db)
  }
}
