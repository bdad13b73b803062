import type { XmlNode } from '../xml/write-xml.ts'
import { node } from '../xml/write-xml.ts'
import type { ControllerSettings, Entity } from './scenario.ts'

/** Kilograms of what has no performance: the format asks for them, nothing here goes by them. */
const usualMass = 80

/** Wheels and axles are no part of the model: those of a usual vehicle of its size, as the format asks for some. */
function axlesNode({ body }: Entity): XmlNode {
  const axle = (name: string, share: number, maxSteering: number) =>
    node(name, {
      maxSteering,
      wheelDiameter: 0.65,
      trackWidth: 0.85 * body.width,
      positionX: body.centreX + share * body.length,
      positionZ: 0.325,
    })
  return node('Axles', {}, [axle('FrontAxle', 0.3, 0.5), axle('RearAxle', -0.3, 0)])
}

const elements = { vehicle: 'Vehicle', pedestrian: 'Pedestrian', miscObject: 'MiscObject' } as const

function objectNode(entity: Entity): XmlNode {
  const { kind, body, properties } = entity
  const limits = {
    maxSpeed: entity.maxSpeedMps,
    maxAcceleration: entity.maxAccelerationMps2,
    maxDeceleration: entity.maxDecelerationMps2,
  }
  const isLimited = Object.values(limits).every(Number.isFinite)
  return node(
    elements[kind],
    {
      name: entity.name,
      [`${kind}Category`]: entity.category === '' ? undefined : entity.category,
      mass: kind === 'vehicle' ? undefined : usualMass,
    },
    [
      node('BoundingBox', {}, [
        node('Center', { x: body.centreX, y: body.centreY, z: body.height / 2 }),
        node('Dimensions', { length: body.length, width: body.width, height: body.height }),
      ]),
      kind === 'vehicle' && isLimited ? node('Performance', limits) : null,
      kind === 'vehicle' ? axlesNode(entity) : null,
      node(
        'Properties',
        {},
        Object.entries(properties).map(([name, value]) => node('Property', { name, value })),
      ),
    ],
  )
}

/** A lane-keeping controller with the properties that the reader knows. */
export function controllerNode(name: string, settings: ControllerSettings = {}): XmlNode {
  const properties: [string, string | number | undefined][] = [
    ['timeGap', settings.timeGapS],
    ['setSpeed', settings.setSpeedMps],
    ['lateralDist', settings.lateralReachM],
    ['mode', settings.isOverride ? 'override' : undefined],
  ]
  return node('Controller', { name }, [
    node(
      'Properties',
      {},
      properties
        .filter(([, value]) => value !== undefined)
        .map(([property, value]) => node('Property', { name: property, value })),
    ),
  ])
}

export function entityNode(entity: Entity): XmlNode {
  const controller =
    entity.controller === null ? null : controllerNode(entity.controller, entity.controllerSettings)
  return node('ScenarioObject', { name: entity.name }, [
    objectNode(entity),
    controller && node('ObjectController', {}, [controller]),
  ])
}
