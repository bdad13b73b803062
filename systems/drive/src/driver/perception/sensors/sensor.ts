import type { SensorFan } from '../../explanation.ts'

export type SensorKind = SensorFan['kind']

/**
 * One sensor and where it is mounted. Positions are metres from the centre of the vehicle's body on the ground, headings radians to the left
 * of ahead. Errors are standard deviations; NaN marks what this sensor does not measure.
 */
export interface Sensor {
  name: string
  kind: SensorKind
  aheadM: number
  leftM: number
  upM: number
  headingRad: number
  fieldOfViewRad: number
  /** How far it sees a car in clear air (a camera: in daylight). */
  rangeM: number
  /** Time from scan to scan, and of the first scan: every sensor has its own. */
  periodS: number
  phaseS: number
  rangeSigmaM: number
  /** Further error of the range, as a share of it. */
  rangeSigmaShare: number
  bearingSigmaRad: number
  radialSpeedSigmaMps: number
  headingSigmaRad: number
  sizeSigmaM: number
  /** Chance to be told the right kind of agent; NaN where it tells none. */
  kindChance: number
  /** Chance that it sees what is near, whole and well lit. */
  detectionChance: number
  /** False alarms a scan, in dry and clear air. */
  clutterPerScan: number
  /** Angles between neighbouring beams of a lidar. */
  azimuthStepRad: number
  elevationStepRad: number
}

const degree = Math.PI / 180

const camera: Omit<Sensor, 'name' | 'headingRad' | 'aheadM' | 'leftM' | 'phaseS'> = {
  kind: 'camera',
  upM: 1.7,
  fieldOfViewRad: 70 * degree,
  rangeM: 90,
  periodS: 0.1,
  rangeSigmaM: 0.2,
  rangeSigmaShare: 0.05,
  bearingSigmaRad: 0.25 * degree,
  radialSpeedSigmaMps: NaN,
  headingSigmaRad: 12 * degree,
  sizeSigmaM: 0.25,
  kindChance: 0.94,
  detectionChance: 0.95,
  clutterPerScan: 0.04,
  azimuthStepRad: NaN,
  elevationStepRad: NaN,
}

const lidar: Sensor = {
  ...camera,
  name: 'lidar',
  kind: 'lidar',
  aheadM: 0,
  leftM: 0,
  upM: 1.9,
  headingRad: 0,
  fieldOfViewRad: 360 * degree,
  rangeM: 100,
  phaseS: 0.03,
  rangeSigmaM: 0.12,
  rangeSigmaShare: 0.001,
  bearingSigmaRad: 0.12 * degree,
  headingSigmaRad: 4 * degree,
  sizeSigmaM: 0.15,
  kindChance: 0.8,
  detectionChance: 0.97,
  clutterPerScan: 0.4,
  azimuthStepRad: 0.2 * degree,
  elevationStepRad: 0.4 * degree,
}

const radar: typeof camera = {
  ...camera,
  kind: 'radar',
  upM: 0.5,
  fieldOfViewRad: 140 * degree,
  rangeM: 80,
  periodS: 0.075,
  rangeSigmaM: 0.3,
  rangeSigmaShare: 0,
  bearingSigmaRad: 1.2 * degree,
  radialSpeedSigmaMps: 0.15,
  headingSigmaRad: NaN,
  sizeSigmaM: NaN,
  kindChance: NaN,
  detectionChance: 0.9,
  clutterPerScan: 0.6,
}

const thermal: typeof camera = {
  ...camera,
  kind: 'thermal',
  upM: 1.6,
  fieldOfViewRad: 75 * degree,
  rangeM: 90,
  periodS: 1 / 9,
  rangeSigmaShare: 0.08,
  bearingSigmaRad: 0.4 * degree,
  headingSigmaRad: NaN,
  sizeSigmaM: NaN,
  kindChance: 0.88,
  detectionChance: 0.9,
  clutterPerScan: 0.06,
}

/** Fifteen sensors all round: six cameras, a lidar on the roof, five radars, two thermal cameras, microphones. */
export const defaultSuite: readonly Sensor[] = [
  lidar,
  {
    ...camera,
    name: 'camera-front-far',
    headingRad: 0,
    aheadM: 0.8,
    leftM: 0,
    phaseS: 0,
    fieldOfViewRad: 32 * degree,
    rangeM: 150,
  },
  { ...camera, name: 'camera-front-left', headingRad: 30 * degree, aheadM: 0.8, leftM: 0.5, phaseS: 0.01 },
  { ...camera, name: 'camera-front-right', headingRad: -30 * degree, aheadM: 0.8, leftM: -0.5, phaseS: 0.02 },
  { ...camera, name: 'camera-left', headingRad: 95 * degree, aheadM: 0, leftM: 0.7, phaseS: 0.04 },
  { ...camera, name: 'camera-right', headingRad: -95 * degree, aheadM: 0, leftM: -0.7, phaseS: 0.05 },
  {
    ...camera,
    name: 'camera-rear',
    headingRad: 180 * degree,
    aheadM: -0.8,
    leftM: 0,
    phaseS: 0.06,
    fieldOfViewRad: 110 * degree,
  },
  {
    ...radar,
    name: 'radar-front',
    headingRad: 0,
    aheadM: 2.2,
    leftM: 0,
    phaseS: 0,
    fieldOfViewRad: 40 * degree,
    rangeM: 180,
    bearingSigmaRad: 0.6 * degree,
  },
  { ...radar, name: 'radar-front-left', headingRad: 60 * degree, aheadM: 2, leftM: 0.8, phaseS: 0.015 },
  { ...radar, name: 'radar-front-right', headingRad: -60 * degree, aheadM: 2, leftM: -0.8, phaseS: 0.03 },
  { ...radar, name: 'radar-rear-left', headingRad: 130 * degree, aheadM: -2, leftM: 0.8, phaseS: 0.045 },
  { ...radar, name: 'radar-rear-right', headingRad: -130 * degree, aheadM: -2, leftM: -0.8, phaseS: 0.06 },
  { ...thermal, name: 'thermal-front', headingRad: 0, aheadM: 0.9, leftM: 0, phaseS: 0.05 },
  { ...thermal, name: 'thermal-rear', headingRad: 180 * degree, aheadM: -0.9, leftM: 0, phaseS: 0.1 },
  {
    ...camera,
    name: 'microphones',
    kind: 'microphone',
    headingRad: 0,
    aheadM: 0,
    leftM: 0,
    upM: 1.9,
    phaseS: 0.07,
    periodS: 0.2,
    fieldOfViewRad: 360 * degree,
    rangeM: 300,
    rangeSigmaM: NaN,
    rangeSigmaShare: NaN,
    bearingSigmaRad: 7 * degree,
    headingSigmaRad: NaN,
    sizeSigmaM: NaN,
    kindChance: NaN,
    clutterPerScan: 0.01,
  },
]

export function fanOf({ name, kind, aheadM, leftM, headingRad, fieldOfViewRad, rangeM }: Sensor): SensorFan {
  return { sensor: name, kind, x: aheadM, y: leftM, heading: headingRad, fieldOfViewRad, rangeM }
}
