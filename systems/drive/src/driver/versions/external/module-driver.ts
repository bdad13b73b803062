import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { DriverCommand, VehicleState } from '../../vehicle.ts'
import type { Driver, DriverSetting } from '../../driver.ts'
import { DriverFailedError } from '../../driver-failed-error.ts'
import { emptyExplanation } from '../../explanation.ts'
import type { Explanation } from '../../explanation.ts'
import type { DriverSpec } from '../../version.ts'

const load = createRequire(import.meta.url)

/** A user's driver in this process, from a module that exports `createDriver(setting, parameters)`. What it throws ends the run as failed. */
export class ModuleDriver implements Driver {
  readonly #make: () => Driver
  #driver: Driver | null = null

  /** Throws `driver-module-invalid`. */
  constructor(setting: DriverSetting, parameters: DriverSpec['parameters']) {
    const path = resolve(String(parameters['directory'] ?? '.'), String(parameters['path'] ?? ''))
    const create = creatorOf(path)
    this.#make = () => create(setting, parameters)
  }

  step(state: Readonly<VehicleState>, command: DriverCommand): void {
    const driver = (this.#driver ??= guarded('createDriver', this.#make))
    guarded('step', () => driver.step(state, command))
    if (!Number.isFinite(command.accelerationMps2 + command.frontSteerRad + command.rearSteerRad))
      throw new DriverFailedError(`The driver's module gave a command that is no number.`)
  }

  explain(): Explanation {
    return this.#driver?.explain?.() ?? emptyExplanation()
  }

  close(): void {
    this.#driver?.close?.()
  }
}

type Create = (setting: DriverSetting, parameters: DriverSpec['parameters']) => Driver

function creatorOf(path: string): Create {
  let loaded: unknown
  try {
    loaded = load(path)
  } catch (error) {
    throw new InvalidInputError({
      code: 'driver-module-invalid',
      message: `The driver's module ${path} could not be loaded: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    })
  }
  if (typeof loaded === 'object' && loaded !== null && 'createDriver' in loaded) {
    const { createDriver } = loaded
    if (typeof createDriver === 'function') return createDriver as Create
  }
  throw new InvalidInputError({
    code: 'driver-module-invalid',
    message: `The driver's module ${path} has to export a function createDriver(setting, parameters).`,
  })
}

function guarded<T>(what: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw new DriverFailedError(
      `The driver's module threw in ${what}: ${error instanceof Error ? error.message : String(error)}`,
      error,
    )
  }
}
