import { InvalidInputError } from '@heavylift/core'
import type { BuiltInScenario } from './library/built-in-scenario.ts'
import { childRunningOut } from './library/child-running-out.ts'
import { cutIn, rain } from './library/cut-in.ts'
import { amberLight, emergencyCrossing, fourWay, stopSign } from './library/junctions.ts'
import { cutOut, hardBrakingLead, stopAndGo } from './library/lead-car.ts'
import {
  cyclistMerging,
  doubleParked,
  emergencyBehind,
  oncomingOvertaker,
  reversingOut,
  slowCyclist,
} from './library/road-sharing.ts'
import { mergingCar, onRampMerge } from './library/merging.ts'
import { townTraffic } from './library/town-traffic.ts'
import { redLightRunner, rightAcrossCyclist, turningInFront, unprotectedLeft } from './library/turns.ts'
import { busStop, dogWalker, jaywalker, night, tyingShoe, zebraCrossing } from './library/walkers.ts'

/** Every built-in scenario. One line a scenario. */
export const builtInScenarios: readonly BuiltInScenario[] = [
  cutIn,
  rain,
  cutOut,
  hardBrakingLead,
  stopAndGo,
  childRunningOut,
  tyingShoe,
  dogWalker,
  night,
  busStop,
  jaywalker,
  zebraCrossing,
  doubleParked,
  cyclistMerging,
  slowCyclist,
  oncomingOvertaker,
  reversingOut,
  emergencyBehind,
  emergencyCrossing,
  unprotectedLeft,
  turningInFront,
  rightAcrossCyclist,
  redLightRunner,
  fourWay,
  amberLight,
  stopSign,
  onRampMerge,
  mergingCar,
  townTraffic,
]

/** Throws `scenario-unknown`. */
export function builtInScenario(name: string): BuiltInScenario {
  const scenario = builtInScenarios.find((one) => one.name === name)
  if (!scenario)
    throw new InvalidInputError({
      code: 'scenario-unknown',
      message: `There is no built-in scenario "${name}". There are: ${builtInScenarios.map((one) => one.name).join(', ')}.`,
    })
  return scenario
}
