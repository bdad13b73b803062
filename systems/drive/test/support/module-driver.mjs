// A driver in this process, for tests: brakes, or throws.
export function createDriver(setting, parameters) {
  return {
    step(state, command) {
      if (parameters.throws === true) throw new Error('no idea')
      command.accelerationMps2 = -2
      command.frontSteerRad = 0
      command.rearSteerRad = 0
    },
  }
}
