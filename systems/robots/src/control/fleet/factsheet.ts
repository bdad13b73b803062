import type { Factsheet } from '../vda5050/messages.ts'
import type { SimulatedRobot } from './simulated-robot.ts'

/** What the simulated robots say of themselves; each version's schema asks for other words. */
export function factsheetOf(robot: SimulatedRobot, nowMs: number): Factsheet {
  const header = robot.factsheetHeader(nowMs)
  const physical = { width: 0.7, length: 0.8 }
  if (robot.address.major === 2)
    return {
      ...header,
      typeSpecification: {
        seriesName: 'simulated',
        agvKinematic: 'DIFF',
        agvClass: 'CARRIER',
        maxLoadMass: 500,
        localizationTypes: ['GRID'],
        navigationTypes: ['VIRTUAL_LINE_GUIDED'],
      },
      physicalParameters: {
        ...physical,
        speedMin: 0.01,
        speedMax: 2,
        accelerationMax: 1,
        decelerationMax: 1,
        heightMin: 0.3,
        heightMax: 0.4,
      },
      protocolLimits: {
        maxStringLens: {},
        maxArrayLens: { 'order.nodes': 40, 'order.edges': 39 },
        timing: { minOrderInterval: 0.01, minStateInterval: 0.01 },
      },
      protocolFeatures: { optionalParameters: [], agvActions: [] },
      agvGeometry: {},
      loadSpecification: {},
    } as unknown as Factsheet
  return {
    ...header,
    typeSpecification: {
      seriesName: 'simulated',
      mobileRobotKinematics: 'DIFFERENTIAL',
      mobileRobotClass: 'CARRIER',
      maximumLoadMass: 500,
      localizationTypes: ['GRID'],
      navigationTypes: ['VIRTUALLY_LINE_GUIDED'],
      supportedZones: ['BLOCKED'],
    },
    physicalParameters: {
      ...physical,
      minimumSpeed: 0.01,
      maximumSpeed: 2,
      maximumAcceleration: 1,
      maximumDeceleration: 1,
      minimumHeight: 0.3,
      maximumHeight: 0.4,
    },
    protocolLimits: {
      maximumStringLengths: {},
      maximumArrayLengths: { 'order.nodes': 40, 'order.edges': 39 },
      timing: { minimumOrderInterval: 0.01, minimumStateInterval: 0.01 },
    },
    protocolFeatures: { optionalParameters: [], mobileRobotActions: [] },
    mobileRobotGeometry: {},
    loadSpecification: {},
  } as Factsheet
}
