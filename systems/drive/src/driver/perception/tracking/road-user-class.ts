import { agentKinds } from '../../../world/scene/agent-table.ts'
import type { AgentKind } from '../../../world/scene/agent-table.ts'
import type { MotionModel } from './motion-bank.ts'

/** Sizes that a kind has before they are measured: length, width, height in metres. */
const usualSize: Record<AgentKind, [number, number, number]> = {
  car: [4.5, 1.85, 1.5],
  truck: [9, 2.5, 3.2],
  bus: [12, 2.55, 3.2],
  motorcycle: [2.2, 0.8, 1.4],
  bicycle: [1.8, 0.6, 1.7],
  pedestrian: [0.5, 0.5, 1.7],
  emergency: [6, 2.2, 2.6],
  object: [1, 1, 1],
  animal: [0.8, 0.3, 0.6],
}
export const usualSizes = agentKinds.map((kind) => usualSize[kind])

const vehicle: MotionModel = {
  steadyAlong: 0.3,
  steadyAcross: 0.02,
  turnAlong: 5,
  turnAcross: 0.3,
  turnRate: 0.15,
  stopNoise: 0.01,
  rates: [0, 0.4, 0.05, 0.5, 0, 0.15, 0.1, 0.1, 0],
  startAlongMps: 9,
  startAcrossMps: 0.7,
  startModes: [0.5, 0.2, 0.3],
}
const twoWheeler: MotionModel = { ...vehicle, steadyAlong: 0.3, steadyAcross: 0.05, startAlongMps: 6 }
const onFoot: MotionModel = {
  steadyAlong: 0.06,
  steadyAcross: 0.06,
  turnAlong: 0.8,
  turnAcross: 0.8,
  turnRate: 0.3,
  stopNoise: 0.01,
  rates: [0, 0.3, 0.1, 0.6, 0, 0.2, 0.1, 0.1, 0],
  startAlongMps: 1.4,
  startAcrossMps: 1.4,
  startModes: [0.5, 0.2, 0.3],
}
const thing: MotionModel = { ...onFoot, startAlongMps: 1, startAcrossMps: 1, startModes: [0.15, 0.05, 0.8] }

export interface RoadUserClass {
  name: 'vehicle' | 'twoWheeler' | 'onFoot' | 'thing'
  motion: MotionModel
  /** Points where it goes, so that its heading tells the direction of its velocity. */
  pointsAhead: boolean
}

const classes: RoadUserClass[] = [
  { name: 'vehicle', motion: vehicle, pointsAhead: true },
  { name: 'twoWheeler', motion: twoWheeler, pointsAhead: true },
  { name: 'onFoot', motion: onFoot, pointsAhead: false },
  { name: 'thing', motion: thing, pointsAhead: false },
]
const classOfKind: Record<AgentKind, RoadUserClass['name']> = {
  car: 'vehicle',
  truck: 'vehicle',
  bus: 'vehicle',
  emergency: 'vehicle',
  motorcycle: 'twoWheeler',
  bicycle: 'twoWheeler',
  pedestrian: 'onFoot',
  animal: 'onFoot',
  object: 'thing',
}

/** By number of `agentKinds`. */
export const roadUserClasses: readonly RoadUserClass[] = agentKinds.map(
  (kind) => classes.find(({ name }) => name === classOfKind[kind]) as RoadUserClass,
)
