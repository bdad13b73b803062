import { parseOpenScenario } from '../../src/world/openscenario/parse-openscenario.ts'
import type { Scenario } from '../../src/world/openscenario/scenario.ts'
import { Simulation } from '../../src/world/simulator/simulation.ts'
import { parseXml } from '../../src/world/xml/parse-xml.ts'
import { network, road } from './road-file.ts'

export function vehicle(name: string, controller = ''): string {
  return `<ScenarioObject name="${name}"><Vehicle name="car" vehicleCategory="car"><BoundingBox><Center x="1.5" y="0" z="1"/><Dimensions length="5" width="2" height="2"/></BoundingBox><Performance maxSpeed="60" maxAcceleration="8" maxDeceleration="8"/></Vehicle>${controller}</ScenarioObject>`
}

export const alks = '<ObjectController><Controller name="alks"><Properties/></Controller></ObjectController>'

export function speed(
  value: number,
  dynamics = 'dynamicsShape="step" dynamicsDimension="time" value="0"',
): string {
  return `<PrivateAction><LongitudinalAction><SpeedAction><SpeedActionDynamics ${dynamics}/><SpeedActionTarget><AbsoluteTargetSpeed value="${value}"/></SpeedActionTarget></SpeedAction></LongitudinalAction></PrivateAction>`
}

/** Puts an entity on lane −1 (or another) of road 1. */
export function initial(name: string, s: number, mps: number, lane = -1): string {
  return `<Private entityRef="${name}"><PrivateAction><TeleportAction><Position><LanePosition roadId="1" laneId="${lane}" s="${s}"/></Position></TeleportAction></PrivateAction>${speed(mps)}</Private>`
}

export function laneChange(lane: number, dynamics: string): string {
  return `<PrivateAction><LateralAction><LaneChangeAction><LaneChangeActionDynamics ${dynamics}/><LaneChangeTarget><AbsoluteTargetLane value="${lane}"/></LaneChangeTarget></LaneChangeAction></LateralAction></PrivateAction>`
}

export function at(seconds: number, rest = 'conditionEdge="rising" delay="0"'): string {
  return `<Condition name="at" ${rest}><ByValueCondition><SimulationTimeCondition value="${seconds}" rule="greaterOrEqual"/></ByValueCondition></Condition>`
}

export function whenAction(name: string, state: string, delay = 0): string {
  return `<Condition name="after" conditionEdge="rising" delay="${delay}"><ByValueCondition><StoryboardElementStateCondition storyboardElementType="action" storyboardElementRef="${name}" state="${state}"/></ByValueCondition></Condition>`
}

export function event(name: string, action: string, condition: string, rest = 'priority="parallel"'): string {
  return `<Event name="${name}" ${rest}><Action name="${name}Action">${action}</Action><StartTrigger><ConditionGroup>${condition}</ConditionGroup></StartTrigger></Event>`
}

export function file(parts: {
  entities?: string
  init?: string
  actor?: string
  events?: string
  stop?: string
  declarations?: string
}): string {
  const {
    entities = vehicle('a'),
    init = initial('a', 10, 10),
    actor = 'a',
    events = '',
    stop = at(20),
  } = parts
  const story = `<Story name="story"><Act name="act"><ManeuverGroup name="group" maximumExecutionCount="1"><Actors selectTriggeringEntities="false"><EntityRef entityRef="${actor}"/></Actors><Maneuver name="maneuver">${events}</Maneuver></ManeuverGroup><StartTrigger><ConditionGroup>${at(0, 'conditionEdge="none"')}</ConditionGroup></StartTrigger></Act></Story>`
  return `<OpenSCENARIO><FileHeader/>${parts.declarations ?? ''}<RoadNetwork><LogicFile filepath="road.xodr"/></RoadNetwork><Entities>${entities}</Entities><Storyboard><Init><Actions>${init}</Actions></Init>${events === '' ? '' : story}<StopTrigger><ConditionGroup>${stop}</ConditionGroup></StopTrigger></Storyboard></OpenSCENARIO>`
}

export function scenarioOf(text: string, overrides = new Map<string, string>()): Scenario {
  return parseOpenScenario(parseXml(text, 'made.xosc'), new Map(), overrides)
}

/** Runs a scenario on a straight road to its end; every step's time with x, y and speed of each entity. */
export function run(
  text: string,
  length = 2000,
): { timeS: number; x: number[]; y: number[]; speedMps: number[] }[] {
  const scenario = scenarioOf(text)
  const simulation = new Simulation(scenario, network(road({ length })))
  const states = []
  for (let dtS = 0; simulation.step(dtS); dtS = 0.05)
    states.push({
      timeS: simulation.timeS,
      x: [...simulation.world.x],
      y: [...simulation.world.y],
      speedMps: scenario.entities.map((_, entity) => simulation.observedSpeed(entity)),
    })
  return states
}
