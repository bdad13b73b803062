import { stringify } from 'yaml'
import { readScenario } from '../load/scenario.ts'
import type { Scenario, ScenarioRequest } from '../load/scenario.ts'

/** A part of a service that can give out by itself. */
export interface Dependency {
  name: string
  path: string
  /** Calls to it for each request to the whole. */
  callsPerRequest: number
  /** Only its requests. */
  scenario: Scenario
}

/** The parts of what a scenario loads, one a request of it; how often each is called follows from the weights. */
export function dependenciesOf(scenario: Scenario): Dependency[] {
  const total = scenario.requests.reduce((sum, { weight }) => sum + weight, 0)
  return scenario.requests.map((request) => ({
    name: request.name,
    path: request.path.split('?')[0] as string,
    callsPerRequest: request.weight / total,
    scenario: only(scenario, request),
  }))
}

function only(scenario: Scenario, request: ScenarioRequest): Scenario {
  // Read again, so that it is a scenario of its own whatever the first one had.
  return { ...readScenario(stringify(scenario)), name: request.name, requests: [request] }
}
