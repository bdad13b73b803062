import type { XmlNode } from '../xml/write-xml.ts'
import { holder, node } from '../xml/write-xml.ts'
import type { TrafficArea, TrafficFlow, VehicleShares } from './scenario.ts'
import type { NameOf } from './write-place.ts'
import { positionNode } from './write-position.ts'

const categoryOfKind: Readonly<Record<keyof VehicleShares, string>> = {
  car: 'car',
  truck: 'truck',
  bus: 'bus',
  motorcycle: 'motorbike',
  bicycle: 'bicycle',
}

function sharesNode(shares: VehicleShares): XmlNode | null {
  const kinds = Object.keys(shares) as (keyof VehicleShares)[]
  const entries = kinds.map((kind) =>
    node('VehicleCategoryDistributionEntry', { category: categoryOfKind[kind], weight: shares[kind] }),
  )
  const categories = holder('VehicleCategoryDistribution', entries)
  return categories && node('TrafficDefinition', { name: 'traffic' }, [categories])
}

/** Kinds of vehicles for an action that knows only templates of them. */
function templatesNode(shares: VehicleShares): XmlNode {
  const kinds = Object.keys(shares) as (keyof VehicleShares)[]
  const entries = kinds.map((kind) =>
    node('EntityDistributionEntry', { weight: shares[kind] }, [
      node('ScenarioObjectTemplate', {}, [
        node('Vehicle', { name: kind, vehicleCategory: categoryOfKind[kind] }),
      ]),
    ]),
  )
  return node('TrafficDistribution', {}, [
    node('TrafficDistributionEntry', { weight: 1 }, [node('EntityDistribution', {}, entries)]),
  ])
}

function areaNode(area: TrafficArea, nameOf: NameOf): XmlNode {
  if (area.kind === 'polygon')
    return node('TrafficArea', {}, [
      node(
        'Polygon',
        {},
        area.corners.map((corner) => positionNode(corner, nameOf)),
      ),
    ])
  return node(
    'TrafficArea',
    {},
    area.pieces.map(({ road, fromS, lengthM, lanes }) =>
      node('RoadRange', { length: Number.isFinite(lengthM) ? lengthM : null }, [
        node(
          'RoadCursor',
          { roadId: road, s: fromS },
          lanes.map((id) => node('Lane', { id })),
        ),
      ]),
    ),
  )
}

/** What a `<TrafficAction>` holds. */
export function trafficNode(flow: TrafficFlow | null, nameOf: NameOf): XmlNode {
  if (!flow) return node('TrafficStopAction')
  switch (flow.kind) {
    case 'swarm': {
      const { sameWayShare, speedMps } = flow
      return node(
        'TrafficSwarmAction',
        {
          numberOfVehicles: flow.count,
          semiMajorAxis: flow.semiMajorM,
          semiMinorAxis: flow.semiMinorM,
          innerRadius: flow.innerM,
          offset: flow.aheadM,
        },
        [
          node('CentralObject', { entityRef: nameOf(flow.entity) }),
          sharesNode(flow.shares),
          speedMps && node('InitialSpeedRange', { lowerLimit: speedMps[0], upperLimit: speedMps[1] }),
          sameWayShare === null
            ? null
            : node('DirectionOfTravelDistribution', { same: sameWayShare, opposite: 1 - sameWayShare }),
        ],
      )
    }
    case 'source':
      return node('TrafficSourceAction', { radius: flow.radiusM, rate: flow.perS, speed: flow.speedMps }, [
        positionNode(flow.position, nameOf),
        sharesNode(flow.shares),
      ])
    case 'sink': {
      const rate = Number.isFinite(flow.perS) ? flow.perS : null
      return node('TrafficSinkAction', { radius: flow.radiusM, rate }, [positionNode(flow.position, nameOf)])
    }
    case 'area':
      return node('TrafficAreaAction', { numberOfEntities: flow.count, continuous: flow.isContinuous }, [
        templatesNode(flow.shares),
        areaNode(flow.area, nameOf),
      ])
  }
}
