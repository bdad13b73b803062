import type { Store } from '@heavylift/store'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { applyStep } from '../release/apply-step.ts'
import { floorPlaces } from '../release/floor-places.ts'
import type { FloorPlaces } from '../release/floor-places.ts'
import { RouteBook } from '../release/route-book.ts'
import type { ControlTables, FloorRobot, PlannedErrand, RobotTrouble } from './control-tables.ts'

/** Which floor, whose. */
export interface FloorKey {
  tenantId: string
  floorId: string
}

export interface StoredFloor {
  run: string
  places: FloorPlaces
  robots: FloorRobot[]
}

export interface PlannedStep {
  step: number
  actions: Uint8Array
  errands: PlannedErrand[]
  plannedAtMs: number
}

/** Routes as of a step. */
export interface Kept {
  step: number
  states: Int32Array
  book: RouteBook
}

/** What is kept of one floor. Every write is whole or not at all, and a step is kept before anything of it is sent. */
export class FloorLog {
  readonly key: FloorKey
  readonly #db: Kysely<ControlTables>
  readonly #shared: Store['shared']

  constructor(store: Pick<Store, 'database' | 'shared'>, key: FloorKey) {
    this.key = key
    this.#db = store.database<ControlTables>()
    this.#shared = store.shared
  }

  get #of() {
    return { tenant_id: this.key.tenantId, floor_id: this.key.floorId }
  }

  /** Name of a lease or a signal of this floor. */
  nameOf(what: 'planner' | 'gateway' | 'step' | 'stop' | 'zone' | 'believe'): string {
    return `robots-${what}:${this.key.tenantId}:${this.key.floorId}`
  }

  async create(
    floor: { run: string; map: string; cellMetres: number; robots: FloorRobot[] },
    now: Date,
  ): Promise<void> {
    await this.#db
      .insertInto('control_floor')
      .values({
        ...this.#of,
        run: floor.run,
        map: floor.map,
        cell_metres: floor.cellMetres,
        robots: JSON.stringify(floor.robots),
        created_at: now,
      })
      .execute()
  }

  async floor(): Promise<StoredFloor | null> {
    const row = await this.#db
      .selectFrom('control_floor')
      .selectAll()
      .where('tenant_id', '=', this.key.tenantId)
      .where('floor_id', '=', this.key.floorId)
      .executeTakeFirst()
    if (row === undefined) return null
    return {
      run: row.run,
      robots: row.robots,
      places: floorPlaces(row.map, this.key.floorId, row.cell_metres),
    }
  }

  /** Routes as of the last step that there is. Both parts begin with it. */
  async resume(floor: StoredFloor): Promise<Kept> {
    // Of one moment: a keep between two reads would take the steps between them away.
    return this.#db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (db) => {
        const kept = await this.#kept(floor, db)
        for (const { step, actions, errands } of await this.stepsAfter(kept.step, db)) {
          if (step !== kept.step + 1) throw new Error(`Step ${kept.step + 1} is missing.`)
          applyStep(floor.places.floor, kept.book, kept.states, actions, errands)
          kept.step = step
        }
        return kept
      })
  }

  async #kept({ robots }: StoredFloor, db: Kysely<ControlTables>): Promise<Kept> {
    const row = await db
      .selectFrom('control_keep')
      .selectAll()
      .where('tenant_id', '=', this.key.tenantId)
      .where('floor_id', '=', this.key.floorId)
      .executeTakeFirst()
    if (row === undefined)
      return {
        step: 0,
        states: Int32Array.from(robots, ({ start }) => start),
        book: new RouteBook(robots.map(({ start }) => start >> 2)),
      }
    return { step: row.step, states: int32Of(row.states), book: RouteBook.restore(row.book) }
  }

  /** Keeps the routes as of a step; steps up to there are not needed any more. */
  async keep({ step, states, book }: Kept): Promise<void> {
    // Taken at once: the routes go on while this is written.
    const values = { step, states: Buffer.from(bytesOf(states)), book: JSON.stringify(book.snapshot()) }
    await this.#db.transaction().execute(async (db) => {
      await db
        .insertInto('control_keep')
        .values({ ...this.#of, ...values })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'floor_id']).doUpdateSet(values))
        .execute()
      await db
        .deleteFrom('control_step')
        .where('tenant_id', '=', this.key.tenantId)
        .where('floor_id', '=', this.key.floorId)
        .where('step', '<=', step)
        .execute()
    })
  }

  async stepsAfter(step: number, db = this.#db): Promise<PlannedStep[]> {
    const rows = await db
      .selectFrom('control_step')
      .select(['step', 'actions', 'errands', 'planned_at_ms'])
      .where('tenant_id', '=', this.key.tenantId)
      .where('floor_id', '=', this.key.floorId)
      .where('step', '>', step)
      .orderBy('step')
      .execute()
    return rows.map((row) => ({
      step: row.step,
      actions: row.actions,
      errands: row.errands,
      plannedAtMs: Number(row.planned_at_ms),
    }))
  }

  /**
   * Keeps a step and what it means for tasks, and tells the gateway.
   * @throws a unique violation where another planner has written this step: who gets it is no longer the planner
   */
  async addStep(
    planned: PlannedStep,
    tasks: readonly { id: number; robot: number; planned: number }[],
  ): Promise<void> {
    const { step, actions, errands, plannedAtMs } = planned
    await this.#db.transaction().execute(async (db) => {
      await db
        .insertInto('control_step')
        .values({
          ...this.#of,
          step,
          actions: Buffer.from(actions),
          errands: JSON.stringify(errands),
          planned_at_ms: Math.round(plannedAtMs),
        })
        .execute()
      if (tasks.length > 0)
        await sql`
          update control_task t
          set robot = nullif(c.robot, -1), planned = c.planned,
            begun_at = case when c.planned > 0 then coalesce(begun_at, to_timestamp(${plannedAtMs / 1000})) end
          from unnest(${tasks.map(({ id }) => id)}::bigint[], ${tasks.map(({ robot }) => robot)}::int[],
            ${tasks.map((task) => task.planned)}::int[]) as c (task_id, robot, planned)
          where t.tenant_id = ${this.key.tenantId} and t.floor_id = ${this.key.floorId} and t.task_id = c.task_id`.execute(
          db,
        )
      await this.#shared.notify(this.nameOf('step'), db)
    })
  }

  /** @param stands number of the visit at which each robot is, -1 for one that is not to be moved */
  async saveProgress(stands: Int32Array, troubles: readonly RobotTrouble[]): Promise<void> {
    const values = { stands: bytesOf(stands), troubles: JSON.stringify(troubles) }
    await this.#db
      .insertInto('control_progress')
      .values({ ...this.#of, ...values })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'floor_id']).doUpdateSet(values))
      .execute()
  }

  async progress(): Promise<Int32Array | null> {
    const row = await this.#db
      .selectFrom('control_progress')
      .select('stands')
      .where('tenant_id', '=', this.key.tenantId)
      .where('floor_id', '=', this.key.floorId)
      .executeTakeFirst()
    return row === undefined ? null : int32Of(row.stands)
  }

  async troubles(): Promise<RobotTrouble[]> {
    const row = await this.#db
      .selectFrom('control_progress')
      .select('troubles')
      .where('tenant_id', '=', this.key.tenantId)
      .where('floor_id', '=', this.key.floorId)
      .executeTakeFirst()
    return row?.troubles ?? []
  }

  /** Tells the gateway that somebody has looked at a robot in quarantine. */
  async believe(robot: number): Promise<void> {
    await this.#shared.notify(this.nameOf('believe'), this.#db, String(robot))
  }

  async addTasks(tasks: readonly ArrayLike<number>[], now: Date): Promise<void> {
    for (let from = 0; from < tasks.length; from += 1000)
      await this.#db
        .insertInto('control_task')
        .values(
          tasks.slice(from, from + 1000).map((errands) => ({
            ...this.#of,
            errands: Array.from(errands),
            robot: null,
            created_at: now,
            begun_at: null,
            finished_at: null,
          })),
        )
        .execute()
  }

  /** Tasks that are not planned to their end, of a greater number than `after`. */
  async openTasks(after: number) {
    const rows = await this.#db
      .selectFrom('control_task')
      .select(['task_id', 'errands', 'robot', 'planned'])
      .where('tenant_id', '=', this.key.tenantId)
      .where('floor_id', '=', this.key.floorId)
      .where('finished_at', 'is', null)
      .where('task_id', '>', String(after))
      .where(sql<boolean>`planned < cardinality(errands)`)
      .orderBy('task_id')
      .execute()
    return rows.map((row) => ({
      id: Number(row.task_id),
      errands: row.errands,
      robot: row.robot,
      planned: row.planned,
    }))
  }

  /** Errands that robots report as done; the same ones again change nothing. @returns tasks that are finished now */
  async finishErrands(done: readonly { task: number; errand: number }[], now: Date) {
    if (done.length === 0) return []
    const { rows } = await sql<{ task_id: string; robot: number; begun_at: Date | null; created_at: Date }>`
      update control_task t
      set done = greatest(t.done, d.errand),
        finished_at = case when d.errand >= cardinality(errands) then coalesce(finished_at, ${now}) else finished_at end
      from (select task_id, max(errand) as errand
            from unnest(${done.map(({ task }) => task)}::bigint[], ${done.map(({ errand }) => errand)}::int[]) as u (task_id, errand)
            group by task_id) d
      where t.tenant_id = ${this.key.tenantId} and t.floor_id = ${this.key.floorId} and t.task_id = d.task_id and t.finished_at is null
      returning case when t.finished_at is not null then t.task_id end as task_id, robot, begun_at, created_at`.execute(
      this.#db,
    )
    return rows.filter(({ task_id }) => task_id !== null)
  }

  /** Errands that are done, as their actions are named. */
  async doneErrands(): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('control_task')
      .select(['task_id', 'done'])
      .where('tenant_id', '=', this.key.tenantId)
      .where('floor_id', '=', this.key.floorId)
      .execute()
    return rows.flatMap(({ task_id, done }) =>
      Array.from({ length: done }, (_, at) => `${task_id}-${at + 1}`),
    )
  }

  async countTasks(): Promise<{ open: number; finished: number; done: number }> {
    const row = await this.#db
      .selectFrom('control_task')
      .select([
        sql<number>`count(*) filter (where finished_at is null)::int`.as('open'),
        sql<number>`count(*) filter (where finished_at is not null)::int`.as('finished'),
        sql<number>`coalesce(sum(done), 0)::int`.as('done'),
      ])
      .where('tenant_id', '=', this.key.tenantId)
      .where('floor_id', '=', this.key.floorId)
      .executeTakeFirstOrThrow()
    return row
  }
}

function bytesOf(numbers: Int32Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)
}

function int32Of(bytes: Buffer): Int32Array {
  return new Int32Array(Uint8Array.from(bytes).buffer)
}
