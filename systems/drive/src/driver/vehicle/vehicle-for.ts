import { InvalidInputError } from '@heavylift/core'
import type { DriverSpec } from '../version.ts'
import type { Entity } from '../../world/openscenario/scenario.ts'
import { FourWheelVehicle } from './four-wheel-vehicle.ts'
import { KinematicBicycle } from './kinematic-bicycle.ts'
import type { VehicleModel } from '../vehicle.ts'

/** A passenger car's share of its length between the axles. */
const wheelbaseShare = 0.6

/**
 * The vehicle that a driver asks for by its parameter `vehicle`: `bicycle` (the default: commands act at once; wheels turn by `steerRateRadps` at most) or `four-wheel`, with the
 * entity's body. Throws `vehicle-unknown`.
 */
export function vehicleFor(spec: DriverSpec, { body }: Entity, stepS: number): VehicleModel {
  const shape = {
    wheelbaseM: body.length * wheelbaseShare,
    lengthM: body.length,
    widthM: body.width,
    centreX: body.centreX,
  }
  const wanted = spec.parameters['vehicle'] ?? 'bicycle'
  const steerRate = spec.parameters['steerRateRadps']
  if (wanted === 'bicycle')
    return new KinematicBicycle(shape, typeof steerRate === 'number' ? steerRate : Infinity)
  if (wanted === 'four-wheel') return new FourWheelVehicle(shape, stepS)
  throw new InvalidInputError({
    code: 'vehicle-unknown',
    message: `There is no vehicle "${wanted}". There are: bicycle, four-wheel.`,
  })
}
