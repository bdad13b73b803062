import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  booleanAttribute,
  childrenOf,
  limitAttribute,
  numberAttribute,
  onlyChild,
  optionalChild,
  positiveAttribute,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { ParseContext } from './parse-context.ts'
import { parsePosition } from './parse-position.ts'
import type { ActionContent, TrafficArea, TrafficFlow, VehicleShares } from './scenario.ts'

/** More vehicles than any road network here holds. */
const mostVehicles = 10_000
/** Of an ellipse or radius that the file does not give. */
const usualSemiMajorM = 200
const usualSemiMinorM = 100
const usualRadiusM = 5

const kindOfCategory: Readonly<Record<string, keyof VehicleShares>> = {
  car: 'car',
  van: 'car',
  truck: 'truck',
  trailer: 'truck',
  semitrailer: 'truck',
  bus: 'bus',
  motorbike: 'motorcycle',
  bicycle: 'bicycle',
}

/** A category of vehicle with a weight; none where nothing of its kind drives on roads here. */
function addShare(shares: VehicleShares, category: string, weight: number): void {
  const kind = kindOfCategory[category]
  if (kind) shares[kind] = (shares[kind] ?? 0) + weight
}

/** Kinds of vehicles by a `<TrafficDefinition>`, or, from OpenSCENARIO 1.3 on, by a `<TrafficDistribution>` of templates. */
function parseShares(action: XmlElement, context: ParseContext): VehicleShares {
  const shares: VehicleShares = {}
  const definition = optionalChild(action, 'TrafficDefinition')
  const categories = definition && optionalChild(definition, 'VehicleCategoryDistribution')
  for (const entry of categories ? childrenOf(categories, 'VehicleCategoryDistributionEntry') : [])
    addShare(shares, attribute(entry, 'category'), positiveAttribute(entry, 'weight'))
  const distribution = optionalChild(action, 'TrafficDistribution')
  for (const part of distribution ? childrenOf(distribution, 'TrafficDistributionEntry') : []) {
    const entries = childrenOf(requiredChild(part, 'EntityDistribution'), 'EntityDistributionEntry')
    for (const entry of entries) {
      const template = requiredChild(entry, 'ScenarioObjectTemplate')
      const held = template.children.find(({ name }) => name !== 'ObjectController')
      if (!held) throw schemaError(template, 'holds nothing that could take part in traffic')
      const object = held.name === 'CatalogReference' ? context.fromCatalog(held) : held
      const weight = positiveAttribute(part, 'weight') * positiveAttribute(entry, 'weight')
      addShare(shares, object.attributes.vehicleCategory ?? '', weight)
    }
  }
  if (definition ?? distribution)
    context.notes.remark(
      'Vehicles of traffic have bodies and manners of our own, of the kinds that the scenario names.',
    )
  return shares
}

function wholeNumber(element: XmlElement, name: string): number {
  const count = positiveAttribute(element, name)
  if (!Number.isInteger(count) || count > mostVehicles)
    throw schemaError(element, `needs a whole ${name} of at most ${mostVehicles}`)
  return count
}

/** `speed` is what OpenSCENARIO 1.2 calls the velocity. */
function speedOf(element: XmlElement): number | null {
  const name = ['speed', 'velocity'].find((known) => element.attributes[known] !== undefined)
  return name === undefined ? null : positiveAttribute(element, name)
}

function parseSwarm(action: XmlElement, context: ParseContext): TrafficFlow {
  const range = optionalChild(action, 'InitialSpeedRange')
  const single = speedOf(action)
  const directions = optionalChild(action, 'DirectionOfTravelDistribution')
  const [same, opposite] = ['same', 'opposite'].map((name) =>
    directions ? positiveAttribute(directions, name, 0) : 0,
  ) as [number, number]
  return {
    kind: 'swarm',
    entity: context.entityRef(requiredChild(action, 'CentralObject'), 'entityRef'),
    count: wholeNumber(action, 'numberOfVehicles'),
    semiMajorM: positiveAttribute(action, 'semiMajorAxis', usualSemiMajorM),
    semiMinorM: positiveAttribute(action, 'semiMinorAxis', usualSemiMinorM),
    innerM: positiveAttribute(action, 'innerRadius', 0),
    aheadM: numberAttribute(action, 'offset', 0),
    speedMps: range
      ? [positiveAttribute(range, 'lowerLimit'), positiveAttribute(range, 'upperLimit')]
      : single === null
        ? null
        : [single, single],
    sameWayShare: same + opposite > 0 ? same / (same + opposite) : null,
    shares: parseShares(action, context),
  }
}

function parseArea(element: XmlElement, context: ParseContext): TrafficArea {
  const polygon = optionalChild(element, 'Polygon')
  if (polygon) {
    const corners = childrenOf(polygon, 'Position').map((position) => parsePosition(position, context))
    if (corners.length < 3) throw schemaError(polygon, 'needs at least three <Position>')
    return { kind: 'polygon', corners }
  }
  const pieces = childrenOf(element, 'RoadRange').flatMap((range) => {
    const lengthM = positiveAttribute(range, 'length', Infinity)
    return childrenOf(range, 'RoadCursor').map((cursor) => ({
      road: attribute(cursor, 'roadId'),
      fromS: positiveAttribute(cursor, 's', 0),
      lengthM,
      lanes: childrenOf(cursor, 'Lane').map((lane) => numberAttribute(lane, 'id')),
    }))
  })
  if (pieces.length === 0)
    throw schemaError(element, 'needs a <Polygon> or a <RoadRange> with a <RoadCursor>')
  return { kind: 'roads', pieces }
}

function parseFlow(action: XmlElement, context: ParseContext): TrafficFlow {
  const place = () => ({
    position: parsePosition(requiredChild(action, 'Position'), context),
    radiusM: positiveAttribute(action, 'radius', usualRadiusM),
    shares: parseShares(action, context),
  })
  switch (action.name) {
    case 'TrafficSwarmAction':
      return parseSwarm(action, context)
    case 'TrafficSourceAction':
      return {
        kind: 'source',
        ...place(),
        perS: positiveAttribute(action, 'rate'),
        speedMps: speedOf(action),
      }
    case 'TrafficSinkAction':
      return { kind: 'sink', ...place(), perS: limitAttribute(action, 'rate') }
    case 'TrafficAreaAction':
      return {
        kind: 'area',
        count: wholeNumber(action, 'numberOfEntities'),
        isContinuous: booleanAttribute(action, 'continuous'),
        area: parseArea(requiredChild(action, 'TrafficArea'), context),
        shares: parseShares(action, context),
      }
    default:
      throw schemaError(action, 'is no action on traffic')
  }
}

/** A `<TrafficAction>`. */
export function parseTraffic(element: XmlElement, context: ParseContext): ActionContent {
  const action = onlyChild(element)
  const name = element.attributes.trafficName ?? ''
  const flow = action.name === 'TrafficStopAction' ? null : parseFlow(action, context)
  return { kind: 'traffic', name, flow }
}
