import { createRandom } from '@heavylift/core/math'
import { actorOf } from '../../../world/actors/actor.ts'
import { PolylineTrack } from '../../../world/actors/track.ts'
import { signalsOf } from '../../../world/town/signal-plan.ts'
import type { BuiltInScenario } from './built-in-scenario.ts'
import {
  armLengthM,
  carsOn,
  corners,
  crossingOf,
  crossroads,
  junctionRadiusM,
  throughOf,
  wayThrough,
} from './crossroads.ts'
import { egoFrontM, makeStage } from './make-stage.ts'
import { count, egoSpeed, grip, light, metres, mps, seconds } from './parameter.ts'

/** A turning car takes the junction at about this speed. */
const turnMps = 5

export const unprotectedLeft: BuiltInScenario = {
  name: 'unprotected-left',
  title: 'Unprotected left turn',
  summary:
    'At a green light the vehicle under test turns left through traffic that comes the other way and goes straight on.',
  scenarioClass: 'left-turn',
  parameters: [
    egoSpeed([5, 9, 13.9]),
    mps('oncomingMps', 'Speed of the oncoming cars.', [6, 11, 16]),
    count('oncoming', 'How many there are.', [1, 3, 6]),
    seconds('gapS', 'Time between them.', [1.8, 3, 9]),
    seconds(
      'arrivesS',
      'When the first is where the ways cross, after the vehicle under test could be there.',
      [-2, 1, 5],
    ),
    count('walkers', 'People who cross the road that it turns into.', [0, 0, 2]),
    light(),
  ],
  build(given, seed) {
    const { egoSpeedMps = 0, oncomingMps = 0, oncoming = 0, gapS = 0, arrivesS = 0, walkers = 0 } = given
    const random = createRandom(`unprotected-left/${seed}`)
    const network = crossroads('signals')
    const way = wayThrough(network, 'west', 'north')
    const other = wayThrough(network, 'east', 'west')
    const cross = crossingOf(way, other)
    const s = 110
    const approachS = (armLengthM - s - egoFrontM) / egoSpeedMps + (cross.firstM - armLengthM) / turnMps
    const cars = carsOn(other, 'oncoming', oncoming, {
      atM: cross.secondM - oncomingMps * (approachS + arrivesS),
      gapS,
      speedMps: oncomingMps,
    })
    const exitY = junctionRadiusM + 3
    const people = Array.from({ length: walkers }, (_, index) => {
      const fromX = random.chance(0.5) ? -1 : 1
      // Side by side, so that two who meet do not stand before one another for ever.
      const y = exitY - 1 + 1.6 * index + 0.4 * random.next()
      return actorOf({
        name: `walker-${index + 1}`,
        kind: 'pedestrian',
        track: new PolylineTrack([fromX * (5 + index), y, -fromX * 6, y]),
        s: 0,
        phases: [
          { when: { kind: 'time', atS: approachS * random.next() }, speed: { toMps: 1.3, rateMps2: 2 } },
          { when: { kind: 'own', atM: 11 }, speed: { toMps: 0, rateMps2: 10 } },
        ],
      })
    })
    const { signals, program } = signalsOf(network, { greenS: 90, offsetS: 0 })
    return makeStage({
      name: 'unprotected-left',
      network,
      ego: { road: '1', lane: -1, s, speedMps: egoSpeedMps },
      through: throughOf('west', 'north'),
      goalM: cross.firstM - s + 40,
      maxTimeS: 70 + oncoming * gapS,
      actors: [...cars, ...people],
      signals,
      signalProgram: program,
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0 },
      criteria: [
        { kind: 'obeysSignals' },
        {
          kind: 'yieldsTo',
          agents: cars.map(({ name }) => name),
          zone: { x: cross.x, y: cross.y, radiusM: 1.8 },
          withinS: 1.2,
        },
      ],
    })
  },
}

export const rightAcrossCyclist: BuiltInScenario = {
  name: 'right-turn-cyclist',
  title: 'Right turn across a cyclist',
  summary:
    'The vehicle under test turns right; a cyclist on the path beside the road goes straight on over the side road.',
  scenarioClass: 'right-turn',
  parameters: [
    egoSpeed([5, 9, 13.9]),
    mps('cyclistMps', 'Speed of the cyclist.', [3, 5, 8]),
    seconds(
      'arrivesS',
      'When the cyclist is where the ways cross, after the vehicle under test could be there.',
      [-1.5, 0.5, 3],
    ),
    count('cyclists', 'How many ride one behind the other.', [1, 1, 3]),
    metres('besideM', 'How far from the kerb they ride.', [0.5, 0.9, 1.8]),
    grip([0.6, 0.95, 1]),
    light(),
  ],
  build(given) {
    const { egoSpeedMps = 0, cyclistMps = 1, arrivesS = 0, cyclists = 1, besideM = 0 } = given
    const network = crossroads('priority')
    const way = wayThrough(network, 'west', 'south')
    const y = -3.5 - besideM
    let crossM = armLengthM
    while ((way.y[Math.round(crossM / way.stepM)] as number) > y && crossM < armLengthM + 30)
      crossM += way.stepM
    const index = Math.round(crossM / way.stepM)
    const x = way.x[index] as number
    const s = 110
    const approachS = (armLengthM - s - egoFrontM) / egoSpeedMps + (crossM - armLengthM) / turnMps
    const riders = Array.from({ length: cyclists }, (_, rider) =>
      actorOf({
        name: cyclists === 1 ? 'cyclist' : `cyclist-${rider + 1}`,
        kind: 'bicycle',
        track: new PolylineTrack([-300, y, 300, y]),
        s: 300 + x - cyclistMps * (approachS + arrivesS) - rider * (2.5 + cyclistMps),
        speedMps: cyclistMps,
      }),
    )
    return makeStage({
      name: 'right-turn-cyclist',
      network,
      ego: { road: '1', lane: -1, s, speedMps: egoSpeedMps },
      through: throughOf('west', 'south'),
      goalM: crossM - s + 40,
      maxTimeS: 60,
      actors: riders,
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0, friction: given['friction'] ?? 1 },
      criteria: [
        { kind: 'keepsDistance', kinds: ['bicycle'], atLeastM: 0.3 },
        {
          kind: 'yieldsTo',
          agents: riders.map(({ name }) => name),
          zone: { x, y, radiusM: 1.5 },
          withinS: 1,
        },
      ],
    })
  },
}

export const turningInFront: BuiltInScenario = {
  name: 'turning-in-front',
  title: 'Oncoming car turns left in front',
  summary: 'An oncoming car turns left across the lane although there is no time for it.',
  scenarioClass: 'left-turn-other',
  parameters: [
    egoSpeed([5, 10, 13.9]),
    mps('turnMps', 'Speed of the turning car.', [3.5, 5, 7]),
    seconds(
      'arrivesS',
      'When it is where the ways cross, before the vehicle under test would be there.',
      [-0.3, 1.2, 3],
    ),
    count('hesitates', '1: it stops in the lane for a moment.', [0, 0, 1]),
    grip([0.6, 0.95, 1]),
    light(),
  ],
  build(given) {
    const { egoSpeedMps = 0, turnMps: otherMps = 1, arrivesS = 0, hesitates = 0, friction = 1 } = given
    const network = crossroads('priority')
    const way = wayThrough(network, 'west', 'east')
    const other = wayThrough(network, 'east', 'south')
    const cross = crossingOf(way, other)
    const s = 90
    const egoS = (cross.firstM - s - egoFrontM) / egoSpeedMps
    const [car] = carsOn(other, 'turning', 1, {
      atM: cross.secondM - otherMps * (egoS - arrivesS),
      gapS: 0,
      speedMps: otherMps,
    })
    return makeStage({
      name: 'turning-in-front',
      network,
      ego: { road: '1', lane: -1, s, speedMps: egoSpeedMps },
      through: throughOf('west', 'east'),
      goalM: cross.firstM - s + 40,
      maxTimeS: 50,
      actors: car
        ? [
            {
              ...car,
              heed: 'blind',
              phases:
                hesitates === 1
                  ? [
                      { when: { kind: 'own', atM: cross.secondM - 1 }, speed: { toMps: 0, rateMps2: 5 } },
                      { when: { kind: 'after', s: 3 }, speed: { toMps: otherMps, rateMps2: 2 } },
                    ]
                  : [],
            },
          ]
        : [],
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0, friction },
    })
  },
}

export const redLightRunner: BuiltInScenario = {
  name: 'red-light-runner',
  title: 'Red-light runner',
  summary: 'The light is green, and a car from the side runs its red one, hidden by buildings until late.',
  scenarioClass: 'red-light-runner',
  parameters: [
    egoSpeed([5, 10, 13.9]),
    mps('runnerMps', 'Speed of the other car.', [6, 11, 17]),
    seconds(
      'arrivesS',
      'When it is where the ways cross, after the vehicle under test would be there.',
      [-1.2, 0, 1],
    ),
    metres('cornerM', 'From the road to the buildings.', [5, 8, 16]),
    count('fromLeft', '1: from the left; 0: from the right.', [0, 1, 1]),
    grip([0.6, 0.95, 1]),
    light(),
  ],
  build(given) {
    const { egoSpeedMps = 0, runnerMps = 0, arrivesS = 0, cornerM = 0, fromLeft = 1, friction = 1 } = given
    const network = crossroads('signals')
    const way = wayThrough(network, 'west', 'east')
    const other = wayThrough(network, fromLeft === 1 ? 'north' : 'south', fromLeft === 1 ? 'south' : 'north')
    const cross = crossingOf(way, other)
    const s = 90
    const egoS = (cross.firstM - s - egoFrontM) / egoSpeedMps
    const runner = carsOn(other, 'runner', 1, {
      atM: cross.secondM - runnerMps * (egoS + arrivesS),
      gapS: 0,
      speedMps: runnerMps,
    })
    const { signals, program } = signalsOf(network, { greenS: 60 })
    return makeStage({
      name: 'red-light-runner',
      network,
      ego: { road: '1', lane: -1, s, speedMps: egoSpeedMps },
      through: throughOf('west', 'east'),
      goalM: cross.firstM - s + 40,
      maxTimeS: 45,
      actors: [...runner.map((actor) => ({ ...actor, heed: 'blind' as const })), ...corners(cornerM)],
      signals,
      signalProgram: program,
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0, friction },
      criteria: [{ kind: 'obeysSignals' }],
    })
  },
}
