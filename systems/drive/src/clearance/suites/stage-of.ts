import { basename } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { RoadNetwork } from '../../world/opendrive/road-network.ts'
import type { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'
import type { Scenario } from '../../world/openscenario/scenario.ts'
import type { ReferencePath } from '../../world/lanes/reference-path.ts'
import { routeAlong } from '../../world/lanes/route.ts'
import { egoOf } from '../run/run-stage.ts'
import type { Stage } from '../run/stage.ts'
import { environmentOf } from '../../world/scene/environment-of.ts'
import { signalTableOf } from '../../world/scene/scenario-signals.ts'
import { ScenarioTraffic } from '../../world/traffic/scenario-traffic.ts'
import { trafficNetwork } from '../../world/traffic/traffic-source.ts'
import { builtInScenario } from './built-in-scenarios.ts'
import { roadStage } from './road-stage.ts'
import { roadsOfTrajectory } from './route-of-trajectory.ts'
import type { ScenarioCase } from './scenario-case.ts'

/** A scenario whose storyboard does not end it is over after this time. */
const longestS = 300
const stepS = 0.05
/** Length of a route along a recorded drive. */
const recordedRouteM = 1000

/** What a case needs to run. Rejects with the errors of `ScenarioFiles.load`, `scenario-unknown`, `parameter-unknown` or `parameter-range`. */
export async function stageOf(one: ScenarioCase, files: ScenarioFiles): Promise<Stage> {
  const { source } = one
  if (source.kind === 'file')
    return source.path.endsWith('.xodr')
      ? roadStage(source.path)
      : stageOfFile(source.path, one, files.within(source.maps))
  const scenario = builtInScenario(source.name)
  const values: Record<string, number> = Object.fromEntries(
    scenario.parameters.map((parameter) => [parameter.name, parameter.default]),
  )
  for (const [name, value] of Object.entries(one.parameters)) {
    const parameter = scenario.parameters.find((known) => known.name === name)
    if (!parameter)
      throw new InvalidInputError({
        code: 'parameter-unknown',
        message: `${scenario.name} has no parameter "${name}". It has: ${scenario.parameters.map((known) => known.name).join(', ')}.`,
      })
    const number = Number(value)
    if (!(number >= parameter.min && number <= parameter.max))
      throw new InvalidInputError({
        code: 'parameter-range',
        message: `${name} of ${scenario.name} is from ${parameter.min} to ${parameter.max} ${parameter.unit}, not ${value}.`,
      })
    values[name] = number
  }
  return scenario.build(values, one.seed)
}

async function stageOfFile(
  path: string,
  { parameters, seed }: ScenarioCase,
  files: ScenarioFiles,
): Promise<Stage> {
  const overrides = new Map(Object.entries(parameters).map(([name, value]) => [name, String(value)]))
  const { scenario, network, notes } = await files.load(path, overrides)
  const ego = egoOf(scenario.entities)
  return {
    name: basename(path),
    scenario,
    network,
    ego,
    route: recordedRoute(scenario, network, ego),
    // A property that scenarios mined from logs have; the road's limit without it.
    desiredSpeedMps: Number(scenario.entities[ego]?.properties['desiredSpeedMps'] ?? NaN),
    environment: environmentOf(scenario),
    signals: signalTableOf(scenario, network),
    signalProgram: null,
    traffic: trafficOf(scenario, network, seed),
    notes,
    criteria: [{ kind: 'noCollision' }],
    maxTimeS: longestS,
    stepS,
  }
}

/** Swarms, sources and areas of the scenario, with vehicles of our own. */
function trafficOf(scenario: Scenario, network: RoadNetwork, seed: number): Stage['traffic'] {
  const found = ScenarioTraffic.of(scenario, () => trafficNetwork(network), seed, longestS)
  return found ? [found] : []
}

/** Along the roads that its trajectory takes where it has one (a recorded drive), so that a driver turns where it did; null without. */
function recordedRoute(scenario: Scenario, network: RoadNetwork, ego: number): ReferencePath | null {
  const through = roadsOfTrajectory(scenario, network, ego)
  if (through.length < 2) return null
  for (const { entity, content } of scenario.init)
    if (entity === ego && content.kind === 'teleport' && content.position.kind === 'world')
      return routeAlong(network, network.nearest(content.position.x, content.position.y), {
        lengthM: recordedRouteM,
        through,
      })
  return null
}
