import type { Entity } from '../../world/openscenario/scenario.ts'
import type { AgentKind } from '../../world/scene/agent-table.ts'
import { AgentTable } from '../../world/scene/agent-table.ts'
import type { World } from '../../world/simulator/world.ts'

const kindOfCategory: Record<string, AgentKind> = {
  car: 'car',
  van: 'car',
  truck: 'truck',
  trailer: 'truck',
  semitrailer: 'truck',
  bus: 'bus',
  tram: 'bus',
  train: 'bus',
  motorbike: 'motorcycle',
  bicycle: 'bicycle',
  pedestrian: 'pedestrian',
  wheelchair: 'pedestrian',
  animal: 'animal',
}

/** What an entity of a scenario is as an agent; a vehicle with the property `siren` is an emergency vehicle. */
export function agentKindOf(entity: Entity): AgentKind {
  if (entity.properties['siren'] === 'true') return 'emergency'
  const fallback = { vehicle: 'car', pedestrian: 'pedestrian', miscObject: 'object' } as const
  return kindOfCategory[entity.category] ?? fallback[entity.kind]
}

/** A table with a row for each entity, in the file's order, and room for `more`. */
export function tableFor(entities: Entity[], more: number): AgentTable {
  const agents = new AgentTable(entities.length + more)
  for (const entity of entities) {
    const row = agents.add({
      name: entity.name,
      kind: agentKindOf(entity),
      lengthM: entity.body.length,
      widthM: entity.body.width,
      heightM: entity.body.height,
    })
    agents.hasSiren[row] = entity.properties['siren'] === 'true' ? 1 : 0
  }
  return agents
}

/** Writes where the entities are now; `dtS` since the last call, 0 at the first. */
export function writeEntities(world: World, agents: AgentTable, dtS: number): void {
  for (let row = 0; row < world.entities.length; row++) {
    const { body } = world.entities[row] as Entity
    const heading = world.heading[row] as number
    const cos = Math.cos(heading)
    const sin = Math.sin(heading)
    const speed = world.speed[row] as number
    if (dtS > 0) {
      agents.accelerationMps2[row] = (speed - (agents.speedMps[row] as number)) / dtS
      agents.yawRateRadps[row] = (heading - (agents.heading[row] as number)) / dtS
    }
    agents.x[row] = (world.x[row] as number) + body.centreX * cos - body.centreY * sin
    agents.y[row] = (world.y[row] as number) + body.centreX * sin + body.centreY * cos
    agents.heading[row] = heading
    agents.speedMps[row] = speed
    agents.isPresent[row] = world.isPresent[row] as number
  }
}
