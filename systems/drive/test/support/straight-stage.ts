import { egoOf } from '../../src/clearance/run/run-stage.ts'
import type { Stage } from '../../src/clearance/run/stage.ts'
import { clearDay } from '../../src/world/scene/environment.ts'
import { network, road } from './road-file.ts'
import { file, initial, scenarioOf, vehicle } from './scenario-file.ts'

/** The ego on lane −1 of a straight road, from 20 m at 12 m/s; another car on the lane beside or its own. */
export function straightStage(
  other: { s: number; mps: number; lane?: number },
  events = '',
  more: Partial<Stage> = {},
): Stage {
  const scenario = scenarioOf(
    file({
      entities: vehicle('other') + vehicle('Ego'),
      init: initial('other', other.s, other.mps, other.lane) + initial('Ego', 20, 12),
      actor: 'other',
      events,
    }),
  )
  return {
    name: 'made',
    scenario,
    network: network(road({ length: 2000 })),
    ego: egoOf(scenario.entities),
    route: null,
    desiredSpeedMps: 12,
    environment: clearDay,
    signals: null,
    signalProgram: null,
    traffic: [],
    criteria: [{ kind: 'noCollision' }, { kind: 'progress', atLeastM: 150 }],
    maxTimeS: 20,
    stepS: 0.05,
    ...more,
  }
}
