import { InvalidInputError } from '@heavylift/core'
import type { RoadNetwork } from '../../world/opendrive/road-network.ts'
import type { Scenario } from '../../world/openscenario/scenario.ts'
import { Simulation } from '../../world/simulator/simulation.ts'

/** Steps after which a scenario without an end counts as failed: four hours. */
const mostSteps = 288_000
/** Steps without any motion after which a scenario counts as over: one minute. Some wait for what can no longer happen. */
const mostStillSteps = 1200
const stillMps = 1e-3
const stepS = 0.05

/** Runs a scenario to its end in steps of 0.05 s and gives the number of steps. Throws `scenario-endless`. */
export function runToEnd(scenario: Scenario, network: RoadNetwork): number {
  const simulation = new Simulation(scenario, network)
  const { speed } = simulation.world
  let stillSteps = 0
  let steps = 0
  for (let dtS = 0; simulation.step(dtS) && stillSteps < mostStillSteps; dtS = stepS) {
    if (++steps > mostSteps)
      throw new InvalidInputError({
        code: 'scenario-endless',
        message: 'The scenario has not ended after four hours.',
      })
    stillSteps = isStill(speed) ? stillSteps + 1 : 0
  }
  return steps
}

function isStill(speed: Float64Array): boolean {
  for (let entity = 0; entity < speed.length; entity++)
    if (!(Math.abs(speed[entity] as number) < stillMps)) return false
  return true
}
