import { createRandom } from '@heavylift/core/math'
import type { Actor } from '../../../world/actors/actor.ts'
import { agentLights } from '../../../world/scene/agent-table.ts'
import { signalsOf } from '../../../world/town/signal-plan.ts'
import type { BuiltInScenario } from './built-in-scenario.ts'
import {
  carsOn,
  corners,
  crossingOf,
  crossroads,
  junctionRadiusM,
  stopLineM,
  throughOf,
  wayThrough,
} from './crossroads.ts'
import type { ArmName } from './crossroads.ts'
import { egoFrontM, makeStage } from './make-stage.ts'
import { count, egoSpeed, grip, light, metres, mps, seconds } from './parameter.ts'

const through = throughOf('west', 'east')

export const fourWay: BuiltInScenario = {
  name: 'four-way',
  title: 'Uncontrolled four-way with honking and a siren',
  summary:
    'No signs and no lights: cars from the right have the right of way, impatient ones behind honk, and an ambulance comes through.',
  scenarioClass: 'four-way',
  parameters: [
    egoSpeed([5, 8.3, 13.9]),
    count('fromRight', 'Cars from the right.', [0, 2, 4]),
    seconds('gapS', 'Time between them.', [2, 3.5, 8]),
    seconds(
      'arrivesS',
      'When the first of them is where the ways cross, after the vehicle under test would be there.',
      [-2, 0.5, 3],
    ),
    seconds('ambulanceS', 'When the ambulance from the left is there, after the last of them.', [2, 4, 12]),
    mps('crossMps', 'Speed of the others; the ambulance is half as fast again.', [5, 8, 12]),
    metres('cornerM', 'From the road to the buildings at the corners.', [5, 9, 18]),
    light(),
  ],
  build(given) {
    const { egoSpeedMps = 0, fromRight = 0, gapS = 0, arrivesS = 0, ambulanceS = 0, crossMps = 1 } = given
    const network = crossroads('uncontrolled')
    const way = wayThrough(network, 'west', 'east')
    const right = wayThrough(network, 'south', 'north')
    const left = wayThrough(network, 'north', 'south')
    const atRight = crossingOf(way, right)
    const atLeft = crossingOf(way, left)
    const s = 110
    const egoS = (atRight.firstM - s - egoFrontM) / egoSpeedMps
    const cars = carsOn(right, 'from-right', fromRight, {
      atM: atRight.secondM - crossMps * (egoS + arrivesS),
      gapS,
      speedMps: crossMps,
    })
    const ambulanceMps = 1.5 * crossMps
    const lastS = egoS + arrivesS + Math.max(0, fromRight - 1) * gapS
    const ambulances = carsOn(left, 'ambulance', 1, {
      atM: atLeft.secondM - ambulanceMps * (lastS + ambulanceS),
      gapS: 0,
      speedMps: ambulanceMps,
    }).map((actor): Actor => ({
      ...actor,
      kind: 'emergency',
      lengthM: 5.9,
      widthM: 2.1,
      heightM: 2.7,
      hasSiren: true,
      lights: agentLights.emergency,
    }))
    // Behind the vehicle under test; it honks as soon as it has to wait.
    const impatient = carsOn(way, 'impatient', 1, { atM: s - 22, gapS: 0, speedMps: egoSpeedMps }).map(
      (actor): Actor => ({
        ...actor,
        phases: [
          { when: { kind: 'egoSlow', belowMps: 1 }, honks: true },
          { when: { kind: 'after', s: 2 }, honks: false },
          { when: { kind: 'egoSlow', belowMps: 1 }, honks: true },
          { when: { kind: 'after', s: 4 }, honks: false },
        ],
      }),
    )
    return makeStage({
      name: 'four-way',
      network,
      ego: { road: '1', lane: -1, s, speedMps: egoSpeedMps },
      through,
      goalM: atRight.firstM - s + 40,
      maxTimeS: 60 + lastS + ambulanceS,
      actors: [...cars, ...ambulances, ...impatient, ...corners(given['cornerM'] ?? 0)],
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0 },
      criteria: [
        {
          kind: 'yieldsTo',
          agents: cars.map(({ name }) => name),
          zone: { x: atRight.x, y: atRight.y, radiusM: 1.8 },
          withinS: 1.2,
        },
        {
          kind: 'yieldsTo',
          agents: ['ambulance'],
          zone: { x: atLeft.x, y: atLeft.y, radiusM: 1.8 },
          withinS: 1.5,
        },
        { kind: 'doesNotBlock', zone: { x: 0, y: 0, radiusM: 6 }, longestS: 4 },
      ],
    })
  },
}

export const emergencyCrossing: BuiltInScenario = {
  name: 'emergency-crossing',
  title: 'Emergency vehicle crossing at speed',
  summary: 'The light is green, and an ambulance with its siren comes fast through the red one at the side.',
  scenarioClass: 'emergency-vehicle',
  parameters: [
    egoSpeed([5, 10, 13.9]),
    mps('ambulanceMps', 'Speed of the ambulance.', [9, 15, 22]),
    seconds(
      'arrivesS',
      'When it is where the ways cross, after the vehicle under test would be there.',
      [-1.5, 0.3, 2],
    ),
    count('fromLeft', '1: from the left; 0: from the right.', [0, 1, 1]),
    metres('cornerM', 'From the road to the buildings.', [5, 9, 18]),
    grip([0.6, 0.95, 1]),
    light(),
  ],
  build(given) {
    const { egoSpeedMps = 0, ambulanceMps = 0, arrivesS = 0, fromLeft = 1, friction = 1 } = given
    const network = crossroads('signals')
    const way = wayThrough(network, 'west', 'east')
    const [from, to]: [ArmName, ArmName] = fromLeft === 1 ? ['north', 'south'] : ['south', 'north']
    const other = wayThrough(network, from, to)
    const cross = crossingOf(way, other)
    const s = 90
    const egoS = (cross.firstM - s - egoFrontM) / egoSpeedMps
    const ambulance = carsOn(other, 'ambulance', 1, {
      atM: cross.secondM - ambulanceMps * (egoS + arrivesS),
      gapS: 0,
      speedMps: ambulanceMps,
    }).map((actor): Actor => ({
      ...actor,
      kind: 'emergency',
      lengthM: 5.9,
      widthM: 2.1,
      heightM: 2.7,
      heed: 'blind',
      hasSiren: true,
      lights: agentLights.emergency,
    }))
    const { signals, program } = signalsOf(network, { greenS: 60 })
    return makeStage({
      name: 'emergency-crossing',
      network,
      ego: { road: '1', lane: -1, s, speedMps: egoSpeedMps },
      through,
      goalM: cross.firstM - s + 40,
      maxTimeS: 45,
      actors: [...ambulance, ...corners(given['cornerM'] ?? 0)],
      signals,
      signalProgram: program,
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0, friction },
      criteria: [
        { kind: 'obeysSignals' },
        {
          kind: 'yieldsTo',
          agents: ['ambulance'],
          zone: { x: cross.x, y: cross.y, radiusM: 1.8 },
          withinS: 1,
        },
      ],
    })
  },
}

export const amberLight: BuiltInScenario = {
  name: 'amber-light',
  title: 'Light turns amber',
  summary:
    'The light turns amber as the vehicle under test comes up to it; on red it has to have stopped, or to be through.',
  scenarioClass: 'signals',
  parameters: [
    egoSpeed([5, 11, 13.9]),
    seconds('toLineS', 'Time to the stop line when it turns amber.', [1, 3, 6]),
    seconds('amberS', 'How long it is amber.', [3, 3, 4]),
    seconds(
      'redS',
      'How long it is red then; the green after it is as long, less the change of lights.',
      [14, 18, 30],
    ),
    count('behind', 'Cars behind.', [0, 1, 2]),
    grip([0.5, 0.95, 1]),
    light(),
  ],
  build(given) {
    const { egoSpeedMps = 0, toLineS = 0, amberS = 3, redS = 10, behind = 0, friction = 1 } = given
    const network = crossroads('signals')
    const way = wayThrough(network, 'west', 'east')
    const s = stopLineM - egoFrontM - (toLineS + 2) * egoSpeedMps
    const greenS = redS - amberS - 4
    // Its own green ends after two seconds; red lasts as long as the other phase.
    const { signals, program } = signalsOf(network, { greenS, amberS, allRedS: 2, offsetS: greenS - 2 })
    return makeStage({
      name: 'amber-light',
      network,
      ego: { road: '1', lane: -1, s, speedMps: egoSpeedMps },
      through,
      goalM: stopLineM - s + 45,
      maxTimeS: 45 + 2 * redS,
      actors: carsOn(way, 'behind', behind, {
        atM: s - 8 - 1.4 * egoSpeedMps,
        gapS: 2,
        speedMps: egoSpeedMps,
      }),
      signals,
      signalProgram: program,
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0, friction },
      criteria: [{ kind: 'obeysSignals' }],
    })
  },
}

export const stopSign: BuiltInScenario = {
  name: 'stop-sign',
  title: 'Stop sign with cross traffic',
  summary:
    'A stop sign before a road on which cars come from both sides: stop at the line, then go in a gap.',
  scenarioClass: 'stop-sign',
  parameters: [
    egoSpeed([5, 9, 13.9]),
    count('cars', 'Cars from each side.', [0, 2, 5]),
    seconds('gapS', 'Time between them.', [2.5, 5, 10]),
    mps('crossMps', 'Their speed.', [6, 10, 14]),
    metres('cornerM', 'From the road to the buildings at the corners.', [6, 10, 20]),
    light(),
  ],
  build(given, seed) {
    const { egoSpeedMps = 0, cars = 0, gapS = 0, crossMps = 1 } = given
    const random = createRandom(`stop-sign/${seed}`)
    const network = crossroads('stop')
    const way = wayThrough(network, 'west', 'east')
    const s = 110
    const egoS = (stopLineM - s - egoFrontM) / egoSpeedMps + 3
    const sides = (['south', 'north'] as const).map((from) => {
      const other = wayThrough(network, from, from === 'south' ? 'north' : 'south')
      const cross = crossingOf(way, other)
      const atM = cross.secondM - crossMps * (egoS + gapS * random.next())
      return { cross, actors: carsOn(other, `from-${from}`, cars, { atM, gapS, speedMps: crossMps }) }
    })
    return makeStage({
      name: 'stop-sign',
      network,
      ego: { road: '1', lane: -1, s, speedMps: egoSpeedMps },
      through,
      goalM: stopLineM - s + junctionRadiusM * 2 + 25,
      maxTimeS: 60 + cars * gapS,
      actors: [...sides.flatMap(({ actors }) => actors), ...corners(given['cornerM'] ?? 0)],
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0 },
      criteria: [
        { kind: 'stopsBefore', atM: stopLineM },
        ...sides.map(({ cross, actors }) => ({
          kind: 'yieldsTo' as const,
          agents: actors.map(({ name }) => name),
          zone: { x: cross.x, y: cross.y, radiusM: 1.8 },
          withinS: 1,
        })),
      ],
    })
  },
}
