import type { Scenario } from '../openscenario/scenario.ts'
import type { Environment } from './environment.ts'
import { clearDay } from './environment.ts'

/** Light and weather that a scenario begins with: those of its last environment action at the beginning, a clear day where it says nothing. */
export function environmentOf({ init }: Scenario): Environment {
  const environment = { ...clearDay }
  for (const { content } of init) {
    if (content.kind !== 'environment') continue
    const given = content.environment
    environment.illuminanceLux = given.illuminanceLux ?? environment.illuminanceLux
    environment.visualRangeM = given.visualRangeM ?? environment.visualRangeM
    environment.precipitationMmPerH = given.precipitationMmPerH ?? environment.precipitationMmPerH
    environment.friction = given.friction ?? environment.friction
    if (given.precipitation !== null)
      environment.precipitation = given.precipitation === 'dry' ? 'none' : given.precipitation
  }
  return environment
}
