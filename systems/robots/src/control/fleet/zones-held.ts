import type { Action, NodePosition, RobotState, ZoneSet } from '../vda5050/messages.ts'

type Held = { set: ZoneSet['zoneSet']; isEnabled: boolean }

/** The zone sets that a robot has: one of a map is enabled (VDA 5050 3.0.0, 6.4). */
export class ZonesHeld {
  readonly #held = new Map<string, Held>()

  /** False where it has a set of that name already, which stays as it is. */
  take(set: ZoneSet['zoneSet']): boolean {
    if (this.#held.has(set.zoneSetId)) return false
    this.#held.set(set.zoneSetId, { set, isEnabled: false })
    return true
  }

  /** Does what an instant action about zone sets asks; false where it asks for something else, or for a set that there is none of or that is in use. */
  act({ actionType, actionParameters = [] }: Action): boolean {
    const id = String(actionParameters.find(({ key }) => key === 'zoneSetId')?.value)
    const held = this.#held.get(id)
    if (held === undefined) return false
    if (actionType === 'enableZoneSet') {
      for (const other of this.#held.values())
        if (other.set.mapId === held.set.mapId) other.isEnabled = other === held
      return true
    }
    return actionType === 'deleteZoneSet' && !held.isEnabled && this.#held.delete(id)
  }

  get states(): NonNullable<RobotState['zoneSets']> {
    return Array.from(this.#held.values(), ({ set, isEnabled }) => ({
      zoneSetId: set.zoneSetId,
      mapId: set.mapId,
      zoneSetStatus: isEnabled ? 'ENABLED' : 'DISABLED',
    }))
  }

  /** Whether a place is in a BLOCKED zone of the enabled set of its map. */
  isBlocked(position: NodePosition | undefined): boolean {
    if (position === undefined) return false
    for (const { set, isEnabled } of this.#held.values())
      if (
        isEnabled &&
        set.mapId === position.mapId &&
        set.zones.some(({ zoneType, vertices }) => zoneType === 'BLOCKED' && isInside(position, vertices))
      )
        return true
    return false
  }
}

/** By the edges that a ray to the right crosses. */
function isInside(
  { x, y }: { x: number; y: number },
  vertices: readonly { x: number; y: number }[],
): boolean {
  let isIn = false
  for (const [at, a] of vertices.entries()) {
    const b = vertices[(at + 1) % vertices.length]!
    if (a.y > y !== b.y > y && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) isIn = !isIn
  }
  return isIn
}
