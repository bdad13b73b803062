import type { VehicleState } from '../../vehicle.ts'
import type { Observation } from './observation.ts'
import type { ProgramLink } from './program-link.ts'

/** A run's driver, as the program that it asks sees it. */
export interface AskedDriver {
  readonly observation: Observation
  /** Where its vehicle is now. */
  readonly state: Readonly<VehicleState>
  /** The number under which the program knows the case, and the process of it that does; null before it was told. */
  number: number
  link: ProgramLink | null
  answer(accelerationMps2: number, frontSteerRad: number, rearSteerRad: number): void
  /** The run ends as failed at its next step; `why` goes on a sentence that begins with the driver. */
  fail(why: string): void
}
