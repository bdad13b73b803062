// A driver in this process, for tests: brakes, or throws.
import type { Driver, DriverSetting } from '../../src/driver/driver.ts'

export function createDriver(
  _setting: DriverSetting,
  parameters: Record<string, number | string | boolean>,
): Driver {
  return {
    step(_state, command) {
      if (parameters['throws'] === true) throw new Error('no idea')
      command.accelerationMps2 = -2
      command.frontSteerRad = 0
      command.rearSteerRad = 0
    },
  }
}
