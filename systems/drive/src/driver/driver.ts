import type { ReferencePath } from '../world/lanes/reference-path.ts'
import type { Scene } from '../world/scene/scene.ts'
import type { DriverCommand, VehicleShape, VehicleState } from './vehicle.ts'
import type { Explanation } from './explanation.ts'

/** What a driver is given when a run begins. It lasts for the whole run. */
export interface DriverSetting {
  scene: Scene
  route: ReferencePath
  shape: VehicleShape
  /** Speed that the scenario wants of it where nothing is in the way; NaN for the road's limit. */
  desiredSpeedMps: number
  /** The name of the case that is run. */
  caseId: string
  /** Seeds everything that is random in it (sensor noise). */
  seed: number
  stepS: number
}

/**
 * Drives the vehicle under test. One driver drives one run; what it does follows from setting and scene alone, so that the same run gives
 * the same bits. `step` is called at the time of `scene` and writes what to do until the next step.
 */
export interface Driver {
  step(state: Readonly<VehicleState>, command: DriverCommand): void
  /** What it saw and thought in the last step, for viewers and logs. Asked for only when somebody looks. */
  explain?(): Explanation
  close?(): void
}
