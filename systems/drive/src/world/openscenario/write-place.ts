import { InvalidInputError } from '@heavylift/core'
import type { XmlNode } from '../xml/write-xml.ts'
import { node } from '../xml/write-xml.ts'
import type { Entity, Position } from './scenario.ts'

/** Name of an entity by its index. */
export type NameOf = (entity: number) => string

export function namesOf(entities: readonly Entity[]): NameOf {
  return (entity) => (entities[entity] as Entity).name
}

export function orientation({ heading, isHeadingRelative, pitch, roll }: Position): (XmlNode | null)[] {
  if (isHeadingRelative && heading === 0 && pitch === undefined && roll === undefined) return [null]
  return [
    node('Orientation', { type: isHeadingRelative ? 'relative' : 'absolute', h: heading, p: pitch, r: roll }),
  ]
}

function content(position: Exclude<Position, { kind: 'route' | 'trajectory' }>, nameOf: NameOf): XmlNode {
  switch (position.kind) {
    case 'lane':
      return node(
        'LanePosition',
        { roadId: position.road, laneId: position.lane, s: position.s, offset: position.offset },
        orientation(position),
      )
    case 'relativeLane':
      return node(
        'RelativeLanePosition',
        {
          entityRef: nameOf(position.entity),
          dLane: position.dLane,
          [position.isAlongLane ? 'dsLane' : 'ds']: position.ds,
          offset: position.offset,
        },
        orientation(position),
      )
    case 'road':
      return node(
        'RoadPosition',
        { roadId: position.road, s: position.s, t: position.t },
        orientation(position),
      )
    case 'relativeRoad':
      return node(
        'RelativeRoadPosition',
        { entityRef: nameOf(position.entity), ds: position.ds, dt: position.dt },
        orientation(position),
      )
    case 'relativeObject':
    case 'relativeWorld':
      return node(
        position.kind === 'relativeObject' ? 'RelativeObjectPosition' : 'RelativeWorldPosition',
        { entityRef: nameOf(position.entity), dx: position.dx, dy: position.dy, dz: position.dz },
        orientation(position),
      )
    case 'earth':
      return node(
        'GeoPosition',
        { longitudeDeg: position.longitudeDeg, latitudeDeg: position.latitudeDeg },
        orientation(position),
      )
    case 'world':
      return node('WorldPosition', {
        x: position.x,
        y: position.y,
        h: position.heading,
        p: position.pitch,
        r: position.roll,
      })
  }
}

/** A `<Position>` that is no place on a route or a trajectory: those are made of such positions. */
export function placeNode(position: Position, nameOf: NameOf): XmlNode {
  if (position.kind === 'route' || position.kind === 'trajectory')
    throw new InvalidInputError({
      code: 'scenario-not-writable',
      message: 'A way cannot be made of places on other ways. Give it positions on roads or in the world.',
    })
  return node('Position', {}, [content(position, nameOf)])
}
