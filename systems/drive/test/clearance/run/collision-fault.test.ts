import { describe, expect, test } from 'vitest'
import { CollisionFault } from '../../../src/clearance/run/collision-fault.ts'
import { severityOf, worstSeverity } from '../../../src/clearance/run/severity.ts'
import { runStage } from '../../../src/clearance/run/run-stage.ts'
import { sceneOf } from '../../support/scene.ts'
import type { MadeAgent } from '../../support/scene.ts'
import { stageOf } from '../../../src/clearance/suites/stage-of.ts'
import { ScenarioFiles } from '../../../src/world/openscenario/load-scenario.ts'

/** Whose fault it is where the two touch as they are now, after the vehicle under test braked so hard. */
function faultOf(ego: MadeAgent, other: MadeAgent, brakingMps2 = 0, ahead: MadeAgent[] = []): string {
  const { agents } = sceneOf(ego, [other, ...ahead])
  const fault = new CollisionFault()
  agents.accelerationMps2[0] = -brakingMps2
  fault.observe(agents, 0, 9)
  agents.accelerationMps2[0] = 0
  const told = fault.of(agents, 0, 1, 10)
  return `${told.fault}: ${told.detail}`
}

describe('whose fault a collision is', () => {
  test('its own where it drives into another [DRIVE-CLEAR-12]', () => {
    expect(faultOf({ x: 0, y: 0, speedMps: 9 }, { x: 4.9, y: 0, speedMps: 2 })).toBe(
      'own: It hit other 1 with 7.0 m/s between them.',
    )
    // Also where another comes from the side while it moves: it is asked to avoid what can be avoided.
    expect(faultOf({ x: 0, y: 0, speedMps: 9 }, { x: 2, y: -2, heading: 1.57, speedMps: 9 })).toMatch(/^own/)
  })

  test('another’s where that drives into it while it stands or crawls, or from behind [DRIVE-CLEAR-12]', () => {
    expect(faultOf({ x: 0, y: 0 }, { x: 2, y: -2, heading: 1.57, speedMps: 6 })).toBe(
      'other: other 1 drove into it with 6.0 m/s between them while it stood.',
    )
    expect(faultOf({ x: 0, y: 0, speedMps: 8 }, { x: -4.9, y: 0, speedMps: 12 })).toBe(
      'other: other 1 drove into it from behind with 4.0 m/s between them.',
    )
    // It crawls into who stands: nobody else moves.
    expect(faultOf({ x: 0, y: 0, speedMps: 0.5 }, { x: 4.9, y: 0 })).toMatch(/^own/)
  })

  test('its own again where it had braked hard for nobody, and not where somebody was ahead [DRIVE-CLEAR-12]', () => {
    const behind = { x: -4.9, y: 0, speedMps: 12 }
    expect(faultOf({ x: 0, y: 0, speedMps: 8 }, behind, 6)).toMatch(/^own: It braked hard for nobody/)
    expect(faultOf({ x: 0, y: 0, speedMps: 8 }, behind, 6, [{ x: 12, y: 0 }])).toMatch(/^other/)
    expect(faultOf({ x: 0, y: 0, speedMps: 8 }, behind, 3)).toMatch(/^other/)
  })
})

test('a failure has a severity, and what another did has none [DRIVE-CLEAR-12]', () => {
  expect(severityOf({ criterion: 'obeysSignals' })).toBe('rule')
  expect(worstSeverity([{ criterion: 'comfort' }, { criterion: 'noCollision', fault: 'own' }])).toBe(
    'collision',
  )
  expect(worstSeverity([{ criterion: 'noCollision', fault: 'other' }])).toBeNull()
  expect(worstSeverity([{ criterion: 'noCollision', fault: 'other' }, { criterion: 'reachesGoal' }])).toBe(
    'progress',
  )
})

test('a run that another ended by driving into a standing car has neither passed nor failed [DRIVE-CLEAR-12]', async () => {
  const one = {
    id: 'lead/struck',
    scenarioClass: 'lead-braking',
    source: { kind: 'builtIn' as const, name: 'hard-braking-lead' },
    parameters: {},
    seed: 1,
    weight: 1,
  }
  const stage = await stageOf(one, new ScenarioFiles())
  const result = runStage(
    {
      ...stage,
      traffic: [
        {
          capacity: 1,
          start(agents, { ego }) {
            const row = agents.add({ name: 'pusher', kind: 'car', lengthM: 4.5, widthM: 1.9 })
            agents.x[row] = (agents.x[ego] as number) - 8
            agents.y[row] = agents.y[ego] as number
            agents.heading[row] = agents.heading[ego] as number
            agents.speedMps[row] = 60
            agents.isPresent[row] = 1
          },
          step({ agents }, stepS) {
            const row = agents.names.indexOf('pusher')
            agents.x[row] = (agents.x[row] as number) + 60 * stepS
          },
        },
      ],
    },
    {
      caseId: one.id,
      scenarioClass: one.scenarioClass,
      seed: 1,
      driver: { kind: 'idm', parameters: {} },
    },
  )
  expect(result.outcome).toBe('struck')
  expect(result.failures).toEqual([expect.objectContaining({ criterion: 'noCollision', fault: 'other' })])
})
