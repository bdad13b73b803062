import { clamp } from '@heavylift/core/math'
import { agentKinds } from '../../../world/scene/agent-table.ts'
import type { AgentKind } from '../../../world/scene/agent-table.ts'
import type { Environment } from '../../../world/scene/environment.ts'
import type { Sensor } from './sensor.ts'

/** Radar cross-section in m², by kind: typical of the 77 GHz band. */
const radarSquareM: Record<AgentKind, number> = {
  car: 10,
  truck: 50,
  bus: 50,
  motorcycle: 3,
  bicycle: 1,
  pedestrian: 0.4,
  emergency: 20,
  object: 3,
  animal: 0.3,
}
const radarShare = Float64Array.from(agentKinds, (kind) => (radarSquareM[kind] / radarSquareM.car) ** 0.25)

/** How far a camera of visible light or heat resolves a kind, as a share of how far it sees a car. */
const sizeShare: Record<AgentKind, number> = {
  car: 1,
  truck: 1.3,
  bus: 1.3,
  motorcycle: 0.8,
  bicycle: 0.75,
  pedestrian: 0.7,
  emergency: 1.2,
  object: 0.8,
  animal: 0.5,
}
const resolvedShare = Float64Array.from(agentKinds, (kind) => sizeShare[kind])

/** Contrast of heat against the road: people and animals most, engines and tyres well, things hardly. */
const warmth: Record<AgentKind, number> = {
  car: 0.85,
  truck: 0.9,
  bus: 0.9,
  motorcycle: 0.9,
  bicycle: 0.95,
  pedestrian: 1,
  emergency: 0.9,
  object: 0.1,
  animal: 0.95,
}
const warmShare = Float64Array.from(agentKinds, (kind) => warmth[kind])

/** Half the angle and the reach of the own headlights' useful light. */
const beamHalfRad = (25 * Math.PI) / 180
const beamM = 55

/**
 * Extinction of visible and near infrared light, per metre: what the visual range says (Koschmieder 1924 with a threshold of 5 %, as in the
 * meteorological optical range: 3.0/V), with what rain adds (0.21 R^0.74 per km; Ulbrich and Atlas 1985 give 0.2 to 0.4) or
 * snow (ten times as much for the same water).
 */
export function extinctionPerM(environment: Environment): number {
  const { visualRangeM, precipitation, precipitationMmPerH } = environment
  const wet = precipitation === 'none' ? 0 : 0.21e-3 * precipitationMmPerH ** 0.74
  return 3 / Math.max(visualRangeM, 1) + (precipitation === 'snow' ? 10 * wet : wet)
}

/** From 0 (dark) to 1 (enough light for a camera): between a third of a lux and twenty, by the logarithm. */
export function lightShare(illuminanceLux: number): number {
  return clamp((Math.log10(Math.max(illuminanceLux, 1e-3)) + 0.5) / 1.8, 0, 1)
}

/** What does not depend on what is looked at, taken once a step. */
export interface Air {
  extinction: number
  light: number
  isRain: boolean
  /** Rain or snow in mm/h, 0 where dry. */
  wetMmPerH: number
  illuminanceLux: number
}

export function readAir(environment: Environment, air: Air): void {
  air.extinction = extinctionPerM(environment)
  air.light = lightShare(environment.illuminanceLux)
  air.isRain = environment.precipitation !== 'none'
  air.wetMmPerH = air.isRain ? environment.precipitationMmPerH : 0
  air.illuminanceLux = environment.illuminanceLux
}

export function newAir(): Air {
  return { extinction: 0, light: 1, isRain: false, wetMmPerH: 0, illuminanceLux: 50_000 }
}

/**
 * Chance that one scan reports a body. `kind` is a number of `agentKinds`; `share` how much of it is seen; `widthRad` and `heightM` its size;
 * `sideRad` its direction from straight ahead of the vehicle; `isLit` whether it carries lights of its own.
 */
export function detectionChance(
  sensor: Sensor,
  air: Air,
  kind: number,
  distanceM: number,
  share: number,
  widthRad: number,
  heightM: number,
  sideRad: number,
  isLit: boolean,
): number {
  // Below a tenth nothing is recognised, from four tenths on all is.
  const seen = clamp((share - 0.1) / 0.3, 0, 1)
  switch (sensor.kind) {
    case 'camera': {
      if (seen === 0) return 0
      const beam =
        Math.abs(sideRad) < beamHalfRad ? clamp((1.3 * beamM - distanceM) / (0.5 * beamM), 0, 1) : 0
      const light = Math.max(air.light, 0.95 * beam, isLit ? 0.8 : 0)
      const contrast = clamp((Math.exp(-air.extinction * distanceM) - 0.05) / 0.25, 0, 1)
      const drops = 1 / (1 + air.wetMmPerH / 60)
      const reach = fade(distanceM, sensor.rangeM * (resolvedShare[kind] as number))
      return sensor.detectionChance * seen * light * contrast * drops * reach
    }
    case 'thermal': {
      if (seen === 0) return 0
      // Longer waves pass thin fog better; a road in full sun is as warm as what stands on it.
      const contrast = clamp((Math.exp(-0.6 * air.extinction * distanceM) - 0.05) / 0.25, 0, 1)
      const sun = air.illuminanceLux > 20_000 ? 0.85 : 1
      const reach = fade(distanceM, sensor.rangeM * (resolvedShare[kind] as number))
      return sensor.detectionChance * seen * (warmShare[kind] as number) * contrast * sun * reach
    }
    case 'lidar': {
      if (seen === 0) return 0
      // Light goes there and back; the range is where its echo falls to the threshold in clear air.
      const signal = (sensor.rangeM / Math.max(distanceM, 1)) ** 2 * Math.exp(-2 * air.extinction * distanceM)
      const points = lidarPoints(sensor, distanceM, share, widthRad, heightM)
      const echoes = clamp(signal - 0.5, 0, 1) * points
      return sensor.detectionChance * (1 - Math.exp(-echoes / 4))
    }
    case 'radar': {
      const reach = fade(distanceM, sensor.rangeM * (radarShare[kind] as number))
      // Part of the wave goes under the vehicle in front, off the road.
      const behind = Math.max(seen, distanceM < 60 ? 0.3 : 0)
      return sensor.detectionChance * behind * reach
    }
    case 'microphone':
      return 0
  }
}

/** Points of one lidar scan on a body: beams that meet the seen part of its face. */
export function lidarPoints(
  sensor: Sensor,
  distanceM: number,
  share: number,
  widthRad: number,
  heightM: number,
): number {
  const rows = heightM / Math.max(distanceM, 1) / sensor.elevationStepRad
  return (share * widthRad * rows) / sensor.azimuthStepRad
}

/** 1 up to 80 % of the range, 0 from 110 % on. */
function fade(distanceM: number, rangeM: number): number {
  return clamp((1.1 * rangeM - distanceM) / (0.3 * rangeM), 0, 1)
}
