import { createHash } from 'node:crypto'
import type { FloorPlaces } from '../release/floor-places.ts'
import { cellsWith } from '../plan/zone-cells.ts'
import type { ControlZone } from '../store/control-zones.ts'
import type { Action, Factsheet, RobotState, ZoneSet } from '../vda5050/messages.ts'

/** Zones of a floor as robots are told of them, and the cells in them. */
export interface ToldZones {
  set: ZoneSet['zoneSet']
  cells: ReadonlySet<number>
}

const prefix = 'heavylift-'

/** A set never changes once a robot has it (3.0.0, 6.4), so its name follows from what it holds; who takes over makes the same one. */
export function toldZones(places: FloorPlaces, zones: readonly ControlZone[]): ToldZones {
  const { cellMetres: side, origin = { x: 0, y: 0 } } = places
  const held = zones.map(({ id, top, left, bottom, right }) => {
    const [west, east] = [origin.x + (left - 0.5) * side, origin.x + (right + 0.5) * side]
    const [north, south] = [origin.y + (0.5 - top) * side, origin.y - (bottom + 0.5) * side]
    return {
      zoneId: `zone-${id}`,
      zoneType: 'BLOCKED',
      vertices: [
        { x: west, y: north },
        { x: east, y: north },
        { x: east, y: south },
        { x: west, y: south },
      ],
    }
  })
  const hash = createHash('sha256').update(JSON.stringify(held)).digest('hex').slice(0, 16)
  return {
    set: { mapId: places.mapId, zoneSetId: `${prefix}${hash}`, zones: held },
    cells: cellsWith(null, zones, places.floor),
  }
}

/** How long an enabling may be on its way. */
const enablingMs = 5_000

/**
 * Brings one robot to have the zones that are wanted: sends the set until a state lists it, enables it until a state says so, then deletes those of before. Robots
 * whose factsheet names no BLOCKED zones are left alone.
 */
export class ZoneSetKeeper {
  #wanted: ToldZones | null = null
  readonly #known = new Map<string, ReadonlySet<number>>()
  #enabling: { id: string; atMs: number } | null = null
  #sentAtMs = -Infinity

  want(zones: ToldZones): void {
    this.#wanted = zones
    this.#known.set(zones.set.zoneSetId, zones.cells)
    this.#sentAtMs = -Infinity
  }

  /** The one next thing that is to be sent, or null. */
  due(
    state: RobotState,
    factsheet: Factsheet | null,
    nowMs: number,
    resendMs: number,
  ): { set: ZoneSet['zoneSet'] } | { action: Action } | null {
    const wanted = this.#wanted
    if (wanted === null || factsheet?.typeSpecification.supportedZones?.includes('BLOCKED') !== true)
      return null
    const { set } = wanted
    const ours = (state.zoneSets ?? []).filter(({ zoneSetId }) => zoneSetId.startsWith(prefix))
    const own = ours.find(({ zoneSetId }) => zoneSetId === set.zoneSetId)
    // Who has none of ours needs none without a zone.
    if (own === undefined && set.zones.length === 0 && ours.length === 0) return null
    const old = ours.find(({ zoneSetId }) => zoneSetId !== set.zoneSetId)
    if (own?.zoneSetStatus === 'ENABLED' && old === undefined) return null
    if (nowMs - this.#sentAtMs < resendMs) return null
    this.#sentAtMs = nowMs
    if (own === undefined) return { set }
    if (own.zoneSetStatus === 'ENABLED') return { action: actionOf('deleteZoneSet', old!.zoneSetId, nowMs) }
    this.#enabling = { id: set.zoneSetId, atMs: nowMs }
    return { action: actionOf('enableZoneSet', set.zoneSetId, nowMs) }
  }

  /** Whether the robot would refuse to drive onto a cell, by what it says that it has, or may have by now. */
  keepsOut(state: RobotState, cell: number, nowMs: number): boolean {
    const enabled = state.zoneSets?.find(({ zoneSetStatus }) => zoneSetStatus === 'ENABLED')?.zoneSetId
    const isComing = this.#enabling !== null && nowMs - this.#enabling.atMs < enablingMs
    const coming = isComing ? this.#enabling!.id : undefined
    return [enabled, coming].some((id) => id !== undefined && this.#known.get(id)?.has(cell) === true)
  }
}

function actionOf(actionType: string, zoneSetId: string, nowMs: number): Action {
  return {
    actionType,
    actionId: `${actionType}-${Math.floor(nowMs)}`,
    blockingType: 'NONE',
    actionParameters: [{ key: 'zoneSetId', value: zoneSetId }],
  }
}
