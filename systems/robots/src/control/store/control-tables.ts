import type { ColumnType, Generated } from 'kysely'
import type { RouteBookSnapshot } from '../release/route-book.ts'
import type { RobotAddress } from '../vda5050/protocol.ts'

interface OfFloor {
  tenant_id: string
  floor_id: string
}

/** JSON goes in as text: an array would be taken for one of PostgreSQL's. */
type Json<T> = ColumnType<T, string, string>

export interface ControlTables {
  control_floor: OfFloor & {
    run: string
    map: string
    cell_metres: number
    robots: Json<FloorRobot[]>
    created_at: Date
  }
  control_step: OfFloor & {
    step: number
    actions: Buffer
    errands: Json<PlannedErrand[]>
    planned_at_ms: ColumnType<string, number, number>
  }
  control_keep: OfFloor & { step: number; states: Buffer; book: Json<RouteBookSnapshot> }
  control_progress: OfFloor & { stands: Buffer; troubles: Json<RobotTrouble[]> }
  control_task: OfFloor & {
    task_id: Generated<string>
    errands: number[]
    robot: number | null
    planned: Generated<number>
    done: Generated<number>
    created_at: Date
    begun_at: Date | null
    finished_at: Date | null
  }
  control_zone: OfFloor & {
    zone_id: Generated<number>
    type: 'BLOCKED' | 'PERSON'
    first_row: number
    first_column: number
    last_row: number
    last_column: number
    reason: string
    by_whom: string
    at: Date
  }
  control_report: OfFloor & {
    broker: string
    counts: Json<{ received: number; sent: number; resent: number; refused: number }>
    robots: Json<RobotRow[]>
    at: Date
    broker_lost_at: Date | null
  }
  control_stop: OfFloor & {
    number: number
    is_latched: boolean
    reason: string
    by_whom: string
    at: Date
    release_token: string | null
    release_asked_at: Date | null
  }
}

/** A robot of a floor; `start` is `cell * 4 + direction`. */
export interface FloorRobot extends RobotAddress {
  start: number
}

/** A robot that does not go on by itself, and why. */
export interface RobotTrouble {
  robot: number
  status: string
  why: string
}

/** What people see of a robot; milliseconds since 1970, null where nothing was heard or sent since the gateway began; `charge` in percent. */
export type RobotRow = [
  status: string,
  cell: number,
  heardAtMs: number | null,
  sentAtMs: number | null,
  charge: number | null,
  why: string,
]

export type PlannedErrand = [robot: number, task: number, errand: number, isLast: boolean]
