import type { RoadNetwork } from '../world/opendrive/road-network.ts'
import type { Scenario } from '../world/openscenario/scenario.ts'
import { Simulation } from '../world/simulator/simulation.ts'
import type { RecordedState } from './recorded-states.ts'

/** Greatest distance from the recording, in metres; infinite where one has a time or entity that the other lacks. */
export interface StateDifference {
  others: number
  ego: number
  /** Where the greatest difference of any entity is. */
  worst: string
}

const stepS = 0.05

/** The entity that the scenario tests: the one that is called Ego, or the first with a controller. */
function egoOf(scenario: Scenario): number {
  const named = scenario.entities.findIndex((entity) => entity.name.toLowerCase() === 'ego')
  return named >= 0 ? named : scenario.entities.findIndex((entity) => entity.controller !== null)
}

/** Runs a scenario beside a recording of it with a step of 0.05 s, both to their ends. */
export function compareStates(
  scenario: Scenario,
  network: RoadNetwork,
  recorded: RecordedState[],
): StateDifference {
  const simulation = new Simulation(scenario, network)
  const { world } = simulation
  const ego = egoOf(scenario)
  const difference: StateDifference = { others: 0, ego: 0, worst: '' }
  let worst = 0
  let row = 0
  const note = (name: string, isEgo: boolean, distance: number) => {
    if (isEgo) difference.ego = Math.max(difference.ego, distance)
    else difference.others = Math.max(difference.others, distance)
    if (distance <= worst) return
    worst = distance
    difference.worst = `${name} at ${simulation.timeS.toFixed(2)} s: ${distance.toFixed(3)} m`
  }
  const named = new Set(recorded.map(({ name }) => name))
  // What another simulator makes vehicles of is no vehicle, and no recording holds it.
  const counted = scenario.entities.filter(
    ({ name, controllerSettings }) => named.has(name) || controllerSettings?.isForeign !== true,
  ).length
  let dtS = 0
  while (row < recorded.length && simulation.step(dtS)) {
    dtS = stepS
    for (let seen = 0; seen < counted; seen++, row++) {
      const state = recorded[row]
      const entity = scenario.entities.findIndex(({ name }) => name === state?.name)
      if (!state || entity < 0 || Math.abs(state.timeS - simulation.timeS) > 0.001) {
        // Nothing more is compared, so that this is a difference of all, whoever it is.
        note(state?.name ?? 'end of recording', false, Infinity)
        difference.ego = Infinity
        return difference
      }
      note(
        state.name,
        entity === ego,
        Math.hypot(state.x - (world.x[entity] as number), state.y - (world.y[entity] as number)),
      )
    }
  }
  // The end has to be that of the recording, to one step.
  if (recorded.length - row > counted || (row === recorded.length && runsOn(simulation)))
    note('end of scenario', false, Infinity)
  return difference
}

function runsOn(simulation: Simulation): boolean {
  return simulation.step(stepS) && simulation.step(stepS)
}
