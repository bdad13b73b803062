import type { Scenario, ScenarioEnvironment } from '../openscenario/scenario.ts'
import type { Environment } from './environment.ts'
import { clearDay } from './environment.ts'

/** Changes light and weather to what a scenario says; what it says nothing of stays. */
export function applyEnvironment(environment: Environment, given: ScenarioEnvironment): void {
  environment.illuminanceLux = given.illuminanceLux ?? environment.illuminanceLux
  environment.visualRangeM = given.visualRangeM ?? environment.visualRangeM
  environment.precipitationMmPerH = given.precipitationMmPerH ?? environment.precipitationMmPerH
  environment.friction = given.friction ?? environment.friction
  if (given.precipitation !== null)
    environment.precipitation = given.precipitation === 'dry' ? 'none' : given.precipitation
}

/** Light and weather that a scenario begins with: those of its environment actions at the beginning, a clear day where they say nothing. */
export function environmentOf({ init }: Scenario): Environment {
  const environment = { ...clearDay }
  for (const { content } of init)
    if (content.kind === 'environment') applyEnvironment(environment, content.environment)
  return environment
}
