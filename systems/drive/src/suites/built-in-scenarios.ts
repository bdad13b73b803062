import { InvalidInputError } from '@heavylift/core'
import type { BuiltInScenario } from './built-in-scenario.ts'

/** Every built-in scenario. One line a scenario. */
export const builtInScenarios: readonly BuiltInScenario[] = []

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
