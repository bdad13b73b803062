import { InvalidInputError } from '@heavylift/core'
import type { Driver, DriverSetting } from '../driver.ts'
import { programOf } from './external/driver-program.ts'
import { ModuleDriver } from './external/module-driver.ts'
import { OutsideDriver } from './external/outside-driver.ts'
import { IdmDriver } from '../reference/idm-driver.ts'
import { createStackDriver } from './stack-driver.ts'
import { CompetentDriver } from '../reference/competent-driver.ts'
import { FuzzyDriver } from '../reference/fuzzy-driver.ts'
import { ReferenceEgoDriver } from '../reference/reference-ego-driver.ts'
import { RssDriver } from '../reference/rss-driver.ts'
import type { DriverSpec } from '../version.ts'

type MakeDriver = (setting: DriverSetting, parameters: DriverSpec['parameters']) => Driver

/** Every driver by the `kind` of its spec. One line a driver. */
const drivers: Record<string, MakeDriver> = {
  idm: (setting) => new IdmDriver(setting),
  stack: createStackDriver,
  external: (setting, parameters) => new OutsideDriver(setting, programOf(parameters)),
  outside: (setting) => new OutsideDriver(setting, null),
  module: (setting, parameters) => new ModuleDriver(setting, parameters),
  competent: (setting) => new ReferenceEgoDriver(setting, () => new CompetentDriver()),
  fuzzy: (setting) => new ReferenceEgoDriver(setting, () => new FuzzyDriver()),
  rss: (setting) => new ReferenceEgoDriver(setting, () => new RssDriver()),
}

/** Throws `driver-unknown`, or what the driver says of its parameters. */
export function createDriver(spec: DriverSpec, setting: DriverSetting): Driver {
  const make = drivers[spec.kind]
  if (!make)
    throw new InvalidInputError({
      code: 'driver-unknown',
      message: `There is no driver "${spec.kind}". There are: scenario, ${Object.keys(drivers).join(', ')}.`,
    })
  return make(setting, spec.parameters)
}
