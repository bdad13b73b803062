import type { Random } from '@heavylift/core/math'
import type { AgentKind } from '../scene/agent-table.ts'

/** Body and manner of driving of one vehicle. */
export interface VehicleSetup {
  kind: AgentKind
  lengthM: number
  widthM: number
  heightM: number
  /** Times the speed limit. */
  speedFactor: number
  maxSpeedMps: number
  timeGapS: number
  standstillM: number
  accelerationMps2: number
  brakingMps2: number
  /** MOBIL's weight of what a change of lane costs others. */
  politeness: number
  /** Standard deviation of what its acceleration is off from the model's, see `imperfectionS`. */
  imperfectionMps2: number
}

/** How people drive: times what a kind of vehicle usually has, and how far drivers differ (half the width of an even draw). */
export interface DrivingManner {
  /** Of the speed limit. */
  speedFactor: number
  speedSpread: number
  timeGapFactor: number
  timeGapSpread: number
  standstillFactor: number
  accelerationFactor: number
  brakingFactor: number
  politeness: number
  imperfectionMps2: number
}

/** Drivers differ by a few per cent in speed and by a fifth in time gap, and do what the models say. */
export const usualManner: DrivingManner = {
  speedFactor: 1,
  speedSpread: 0.1,
  timeGapFactor: 1,
  timeGapSpread: 0.2,
  standstillFactor: 1,
  accelerationFactor: 1,
  brakingFactor: 1,
  politeness: 0.2,
  imperfectionMps2: 0,
}

export type VehicleMix = Partial<
  Record<'car' | 'truck' | 'bus' | 'motorcycle' | 'bicycle' | 'emergency', number>
>

export const usualMix: VehicleMix = { car: 0.8, truck: 0.08, bus: 0.03, motorcycle: 0.04, bicycle: 0.05 }

type Body = Omit<VehicleSetup, 'kind' | 'speedFactor' | 'politeness' | 'imperfectionMps2'>

/** Parameters of IDM and MOBIL as Treiber and Kesting give them for towns ("Traffic Flow Dynamics", 2013, table 11.2), bodies as they are sold. */
const bodies: Record<keyof VehicleMix, Body> = {
  car: body(4.5, 1.8, 1.5, 60, 1.2, 2, 1.5, 2),
  truck: body(8.5, 2.4, 3.6, 25, 1.7, 2.5, 0.8, 1.8),
  bus: body(11, 2.5, 3.2, 25, 1.7, 2.5, 0.9, 1.8),
  motorcycle: body(2.2, 0.8, 1.4, 60, 1, 1.5, 2.5, 2.5),
  bicycle: body(1.8, 0.6, 1.7, 5.5, 1, 1, 0.8, 1.5),
  emergency: body(6, 2.2, 2.7, 40, 0.8, 2, 2, 3),
}

function body(
  lengthM: number,
  widthM: number,
  heightM: number,
  maxSpeedMps: number,
  timeGapS: number,
  standstillM: number,
  accelerationMps2: number,
  brakingMps2: number,
): Body {
  return {
    lengthM,
    widthM,
    heightM,
    maxSpeedMps,
    timeGapS,
    standstillM,
    accelerationMps2,
    brakingMps2,
  }
}

/** A vehicle of a kind with a driver drawn from a manner. */
export function vehicleOf(
  kind: keyof VehicleMix,
  random: Random,
  manner: DrivingManner = usualManner,
): VehicleSetup {
  const base = bodies[kind]
  const spread = (share: number) => 1 + share * (2 * random.next() - 1)
  return {
    ...base,
    kind,
    speedFactor: kind === 'emergency' ? 1.4 : manner.speedFactor * spread(manner.speedSpread),
    maxSpeedMps: kind === 'bicycle' ? base.maxSpeedMps * spread(0.2) : base.maxSpeedMps,
    timeGapS: base.timeGapS * manner.timeGapFactor * spread(manner.timeGapSpread),
    standstillM: base.standstillM * manner.standstillFactor,
    accelerationMps2: base.accelerationMps2 * manner.accelerationFactor,
    brakingMps2: base.brakingMps2 * manner.brakingFactor,
    politeness: manner.politeness,
    imperfectionMps2: manner.imperfectionMps2,
  }
}

/** A vehicle drawn from a mix, whose shares need not add up to 1. */
export function drawVehicle(mix: VehicleMix, random: Random, manner?: DrivingManner): VehicleSetup {
  const kinds = Object.keys(mix) as (keyof VehicleMix)[]
  let draw = random.next() * kinds.reduce((sum, kind) => sum + (mix[kind] ?? 0), 0)
  for (const kind of kinds) {
    draw -= mix[kind] ?? 0
    if (draw < 0) return vehicleOf(kind, random, manner)
  }
  return vehicleOf('car', random, manner)
}
