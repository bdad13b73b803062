import { randomBytes } from 'node:crypto'
import { ConflictError } from '@heavylift/core'
import type { Store } from '@heavylift/store'
import type { Kysely } from 'kysely'
import type { ControlTables } from './control-tables.ts'
import type { FloorLog } from './floor-log.ts'

export interface StopState {
  /** Counts the stops of a floor. */
  number: number
  isLatched: boolean
  reason: string
  byWhom: string
  at: Date
  /** Since when a release is asked for and not confirmed. */
  releaseAskedAt: Date | null
}

/** How long the second step of a release may come after the first. */
const confirmMs = 60_000

/** The emergency stop of a floor: once pressed it stays, whatever ends and starts again, until somebody asks for its release and confirms it. */
export class EmergencyStop {
  readonly #db: Kysely<ControlTables>
  readonly #shared: Store['shared']
  readonly #log: FloorLog

  constructor(store: Pick<Store, 'database' | 'shared'>, log: FloorLog) {
    this.#db = store.database<ControlTables>()
    this.#shared = store.shared
    this.#log = log
  }

  async state(): Promise<StopState | null> {
    const row = await this.#row()
    if (row === undefined) return null
    return {
      number: row.number,
      isLatched: row.is_latched,
      reason: row.reason,
      byWhom: row.by_whom,
      at: row.at,
      releaseAskedAt: row.release_asked_at,
    }
  }

  /** Stops every robot of the floor. Pressed again it stays the same stop, and a release that was asked for is void. */
  async press(reason: string, byWhom: string, now: Date): Promise<StopState> {
    const { tenantId: tenant_id, floorId: floor_id } = this.#log.key
    await this.#db
      .insertInto('control_stop')
      .values({
        tenant_id,
        floor_id,
        number: 1,
        is_latched: true,
        reason,
        by_whom: byWhom,
        at: now,
        release_token: null,
        release_asked_at: null,
      })
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'floor_id']).doUpdateSet((say) => ({
          number: say
            .case()
            .when('control_stop.is_latched', '=', true)
            .then(say.ref('control_stop.number'))
            .else(say('control_stop.number', '+', 1))
            .end(),
          is_latched: true,
          reason,
          by_whom: byWhom,
          at: now,
          release_token: null,
          release_asked_at: null,
        })),
      )
      .execute()
    await this.#shared.notify(this.#log.nameOf('stop'), this.#db)
    return (await this.state())!
  }

  /** First step of a release: names what the second has to give. @throws ConflictError `stop-not-pressed` */
  async askRelease(now: Date): Promise<{ token: string; confirmUntil: Date }> {
    if ((await this.#row())?.is_latched !== true) throw notPressed()
    const token = randomBytes(16).toString('hex')
    await this.#update({ release_token: token, release_asked_at: now })
    return { token, confirmUntil: new Date(now.getTime() + confirmMs) }
  }

  /** Second step: robots go on. @throws ConflictError `stop-not-pressed`, or `release-not-asked` where the token is not that of the last first step or too old */
  async confirmRelease(token: string, reason: string, byWhom: string, now: Date): Promise<StopState> {
    const row = await this.#row()
    if (row?.is_latched !== true) throw notPressed()
    const isAsked =
      row.release_token === token && now.getTime() - row.release_asked_at!.getTime() <= confirmMs
    if (!isAsked)
      throw new ConflictError({
        code: 'release-not-asked',
        message: 'This release was not asked for, or more than a minute ago. Ask for it again, then confirm.',
      })
    await this.#update({
      is_latched: false,
      reason,
      by_whom: byWhom,
      at: now,
      release_token: null,
      release_asked_at: null,
    })
    await this.#shared.notify(this.#log.nameOf('stop'), this.#db)
    return (await this.state())!
  }

  #row() {
    return this.#db
      .selectFrom('control_stop')
      .selectAll()
      .where('tenant_id', '=', this.#log.key.tenantId)
      .where('floor_id', '=', this.#log.key.floorId)
      .executeTakeFirst()
  }

  async #update(
    values: Partial<Omit<ControlTables['control_stop'], 'tenant_id' | 'floor_id'>>,
  ): Promise<void> {
    await this.#db
      .updateTable('control_stop')
      .set(values)
      .where('tenant_id', '=', this.#log.key.tenantId)
      .where('floor_id', '=', this.#log.key.floorId)
      .execute()
  }
}

function notPressed() {
  return new ConflictError({ code: 'stop-not-pressed', message: 'The emergency stop is not pressed.' })
}
