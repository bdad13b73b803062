import type { Position } from '../openscenario/scenario.ts'
import type { World } from './world.ts'

const pose = new Float64Array(4)

/** Writes x and y of a position, as things stand, into `out`. */
export function placeOf(world: World, of: Position, out: Float64Array): void {
  const position = world.placeFor(of)
  const { network } = world
  switch (position.kind) {
    case 'world':
      out[0] = position.x
      out[1] = position.y
      return
    case 'relativeLane': {
      const { entity } = position
      const s = (world.s[entity] as number) + position.ds * world.direction(entity)
      const lane = (world.lane[entity] as number) + position.dLane
      network.lanePose(world.road[entity] as number, lane, s, position.offset, pose)
      break
    }
    case 'lane':
      network.lanePose(network.indexOf(position.road), position.lane, position.s, position.offset, pose)
      break
    case 'road':
      network.trackPose(network.indexOf(position.road), position.s, position.t, pose)
      break
    case 'relativeRoad': {
      const { entity } = position
      const t = world.lateral(entity) + position.dt
      network.trackPose(world.road[entity] as number, (world.s[entity] as number) + position.ds, t, pose)
      break
    }
    case 'relativeObject':
    case 'relativeWorld': {
      const [x, y] = world.beside(position)
      pose[0] = x
      pose[1] = y
    }
  }
  out[0] = pose[0] as number
  out[1] = pose[1] as number
}

const place = new Float64Array(2)

/** Metres from an entity's reference point to a position. */
export function distanceTo(world: World, entity: number, position: Position): number {
  placeOf(world, position, place)
  return Math.hypot(
    (place[0] as number) - (world.x[entity] as number),
    (place[1] as number) - (world.y[entity] as number),
  )
}
