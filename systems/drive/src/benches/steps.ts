import type { MeasureInput } from '@heavylift/core'
import { parseOpenScenario } from '../world/openscenario/parse-openscenario.ts'
import { Simulation } from '../world/simulator/simulation.ts'
import { straightRoad } from '../world/town/single-road.ts'
import { parseXml } from '../world/xml/parse-xml.ts'
import { fleetSimulation, ringFleet } from './ring-fleet.ts'
import { ringRounds, ringStepS, ringVehicles } from './sizes.ts'
import { sumoUpdatesPerSecond } from './sumo-peer.ts'

const steps = 300
/** Of SUMO, which takes longer; it counts its own updates. */
const peerSteps = 100
const scenarioStepS = 0.05
const scenarioSteps = 4000

/** `heavylift bench drive.steps`: traffic beside SUMO, and a scenario's step, each on one thread. */
export async function runStepsBench({ report, signal }: MeasureInput) {
  const fleet = ringFleet(ringVehicles)
  const simulation = fleetSimulation(fleet)
  const perSecond: number[] = []
  for (let round = 0; round < ringRounds; round++) {
    signal.throwIfAborted()
    report({ stage: 'traffic', done: round, total: ringRounds, unit: 'rounds' })
    const started = performance.now()
    for (let step = 0; step < steps; step++) simulation.step(ringStepS)
    perSecond.push((simulation.present * steps * 1000) / (performance.now() - started))
  }
  const oneUs = scenarioStepUs(1)
  const fourUs = scenarioStepUs(4)
  report({ stage: 'SUMO', done: 0, total: 1, unit: 'peers' })
  const sumo = await sumoUpdatesPerSecond(fleet, ringStepS, peerSteps, signal)
  const note = sumo ? 'SUMO' : 'SUMO is not installed (Debian: apt-get install sumo): no peer is measured'
  report({ stage: note, done: 1, total: 1, unit: 'peers' })
  return {
    n: simulation.present,
    metrics: {
      vehicleUpdatesPerSecond: Math.max(...perSecond),
      laneChangesPerVehicleHour: simulation.changes.total / simulation.present / (simulation.timeS / 3600),
      stepUs: oneUs,
      stepUsFourEntities: fourUs,
    },
    ...(sumo ? { peers: { sumo } } : {}),
  }
}

/** Time of a step with so many vehicles, each with a speed action under way and conditions that are looked at. */
function scenarioStepUs(entities: number): number {
  const scenario = parseOpenScenario(
    parseXml(scenarioText(entities), 'steps.xosc'),
    new Map(),
    new Map<string, string>(),
  )
  const network = straightRoad({ lengthM: 100_000, lanes: 4 })
  const times: number[] = []
  for (let round = 0; round < ringRounds; round++) {
    const simulation = new Simulation(scenario, network)
    simulation.step(0)
    const started = performance.now()
    for (let step = 0; step < scenarioSteps; step++) simulation.step(scenarioStepS)
    times.push(((performance.now() - started) * 1000) / scenarioSteps)
  }
  return Math.min(...times)
}

function scenarioText(entities: number): string {
  const numbers = Array.from({ length: entities }, (_, index) => index)
  const body =
    '<BoundingBox><Center x="1.5" y="0" z="0.7"/><Dimensions length="4.5" width="1.8" height="1.5"/></BoundingBox><Performance maxSpeed="60" maxAcceleration="8" maxDeceleration="8"/>'
  const objects = numbers.map(
    (n) =>
      `<ScenarioObject name="v${n}"><Vehicle name="car" vehicleCategory="car">${body}</Vehicle></ScenarioObject>`,
  )
  const init = numbers.map(
    (n) =>
      `<Private entityRef="v${n}"><PrivateAction><TeleportAction><Position><LanePosition roadId="1" laneId="-${(n % 4) + 1}" s="${50 + 20 * n}"/></Position></TeleportAction></PrivateAction><PrivateAction><LongitudinalAction><SpeedAction><SpeedActionDynamics dynamicsShape="step" dynamicsDimension="time" value="0"/><SpeedActionTarget><AbsoluteTargetSpeed value="20"/></SpeedActionTarget></SpeedAction></LongitudinalAction></PrivateAction></Private>`,
  )
  const events = numbers.map(
    (n) =>
      `<Event name="e${n}" priority="parallel"><Action name="a${n}"><PrivateAction><LongitudinalAction><SpeedAction><SpeedActionDynamics dynamicsShape="linear" dynamicsDimension="time" value="100"/><SpeedActionTarget><AbsoluteTargetSpeed value="30"/></SpeedActionTarget></SpeedAction></LongitudinalAction></PrivateAction></Action><StartTrigger><ConditionGroup><Condition name="c${n}" conditionEdge="rising" delay="0"><ByValueCondition><SimulationTimeCondition value="${10 + n}" rule="greaterOrEqual"/></ByValueCondition></Condition></ConditionGroup></StartTrigger></Event>`,
  )
  const groups = numbers.map(
    (n) =>
      `<ManeuverGroup name="g${n}" maximumExecutionCount="1"><Actors selectTriggeringEntities="false"><EntityRef entityRef="v${n}"/></Actors><Maneuver name="m${n}">${events[n]}</Maneuver></ManeuverGroup>`,
  )
  const start =
    '<StartTrigger><ConditionGroup><Condition name="s" conditionEdge="none" delay="0"><ByValueCondition><SimulationTimeCondition value="0" rule="greaterOrEqual"/></ByValueCondition></Condition></ConditionGroup></StartTrigger>'
  const stop =
    '<StopTrigger><ConditionGroup><Condition name="stop" conditionEdge="none" delay="0"><ByValueCondition><SimulationTimeCondition value="10000" rule="greaterOrEqual"/></ByValueCondition></Condition></ConditionGroup></StopTrigger>'
  return `<OpenSCENARIO><FileHeader/><RoadNetwork><LogicFile filepath="road.xodr"/></RoadNetwork><Entities>${objects.join('')}</Entities><Storyboard><Init><Actions>${init.join('')}</Actions></Init><Story name="story"><Act name="act">${groups.join('')}${start}</Act></Story>${stop}</Storyboard></OpenSCENARIO>`
}
