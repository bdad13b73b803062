import { createRandom } from '@heavylift/core/math'
import { actorOf } from '../../../world/actors/actor.ts'
import { PolylineTrack } from '../../../world/actors/track.ts'
import { agentLights } from '../../../world/scene/agent-table.ts'
import type { BuiltInScenario } from './built-in-scenario.ts'
import { egoFrontM, makeStage } from './make-stage.ts'
import { count, egoSpeed, grip, light, metres, mps, seconds, share } from './parameter.ts'
import { kerbY, laneY, straightRoad } from './straight-road.ts'
import { oncomingCars, parkedCar, parkedCars, street, streetKerbY } from './street.ts'

const startM = 20
const hazard = agentLights.left | agentLights.right

export const doubleParked: BuiltInScenario = {
  name: 'double-parked',
  title: 'Double-parked car',
  summary: 'A van stands in the lane with its hazard lights on; cars come the other way.',
  scenarioClass: 'double-parked',
  parameters: [
    egoSpeed([5, 9, 13.9]),
    metres('blocksM', 'How much of the lane it takes.', [0.8, 1.9, 2.6]),
    metres('lengthM', 'Length of the van.', [4.5, 6, 9]),
    count('oncoming', 'Cars that come the other way.', [0, 2, 5]),
    seconds('gapS', 'Time between them.', [3, 5, 9]),
    mps('oncomingMps', 'Their speed.', [5, 9, 13]),
    light(),
  ],
  build(given, seed) {
    const { egoSpeedMps = 0, blocksM = 0, lengthM = 0, oncoming = 0, gapS = 0, oncomingMps = 0 } = given
    const random = createRandom(`double-parked/${seed}`)
    const x = startM + egoFrontM + 70
    const widthM = 2
    const van = actorOf({
      name: 'double-parked',
      kind: lengthM > 7 ? 'truck' : 'car',
      lengthM,
      widthM,
      heightM: 2.4,
      track: new PolylineTrack([
        x,
        streetKerbY + blocksM - widthM / 2,
        x + 1,
        streetKerbY + blocksM - widthM / 2,
      ]),
      s: 0,
      lights: hazard,
    })
    return makeStage({
      name: 'double-parked',
      network: street(),
      ego: { road: '1', lane: -1, s: startM, speedMps: egoSpeedMps },
      goalM: x - startM + 30,
      maxTimeS: 60 + oncoming * gapS,
      actors: [
        van,
        ...parkedCars(random, -1, startM + 5, x + 30, [x - lengthM / 2 - 1, x + lengthM / 2 + 1]),
        ...parkedCars(random, 1, startM, x + 40, null),
        ...oncomingCars(
          oncoming,
          x + (70 / egoSpeedMps) * oncomingMps * (0.6 + 0.6 * random.next()),
          gapS,
          oncomingMps,
        ),
      ],
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0 },
    })
  },
}

export const cyclistMerging: BuiltInScenario = {
  name: 'cyclist-merging',
  title: 'Cyclist merging',
  summary: 'A cyclist leaves the edge of the road for the lane, round a parked car.',
  scenarioClass: 'cyclist',
  parameters: [
    egoSpeed([5, 9, 13.9]),
    mps('cyclistMps', 'Speed of the cyclist.', [2.5, 4.5, 7]),
    seconds('ttcS', 'Time to collision when the cyclist comes over.', [1.2, 3, 7]),
    seconds('mergeS', 'How long that takes.', [1, 2, 4]),
    metres('intoLaneM', 'How far in from the kerb the cyclist rides then.', [0.3, 1, 2]),
    grip([0.5, 0.95, 1]),
    light(),
  ],
  build(given, seed) {
    const { egoSpeedMps = 0, ttcS = 0, mergeS = 1, intoLaneM = 0 } = given
    const cyclistMps = Math.min(given['cyclistMps'] ?? 0, egoSpeedMps - 1)
    const random = createRandom(`cyclist-merging/${seed}`)
    const closing = egoSpeedMps - cyclistMps
    const gapM = Math.max(4, ttcS * closing)
    const fromY = streetKerbY - 0.6
    const from = startM + egoFrontM + gapM + 3 * closing
    const mergeX = from + 3 * cyclistMps
    const parkedX = mergeX + cyclistMps * (mergeS + 0.5) + 2
    const ride = parkedX + 20
    const cyclist = actorOf({
      name: 'cyclist',
      kind: 'bicycle',
      track: new PolylineTrack([0, fromY, 600, fromY]),
      s: from + 0.9,
      speedMps: cyclistMps,
      phases: [
        {
          when: { kind: 'gap', is: 'below', m: gapM },
          lateral: { toM: 0.6 + intoLaneM, rateMps: (1.5 * (0.6 + intoLaneM)) / mergeS },
        },
        { when: { kind: 'own', atM: ride }, lateral: { toM: 0, rateMps: 0.6 } },
      ],
    })
    return makeStage({
      name: 'cyclist-merging',
      network: street(),
      ego: { road: '1', lane: -1, s: startM, speedMps: egoSpeedMps },
      goalM: Math.min(ride - startM + 30, 320),
      maxTimeS: 75,
      actors: [
        cyclist,
        parkedCar('parked-ahead', -1, parkedX, 4.5, random),
        ...parkedCars(random, 1, startM, parkedX + 20, null),
        ...oncomingCars(random.int(0, 3), parkedX + 30, 6, 8),
      ],
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0, friction: given['friction'] ?? 1 },
      criteria: [{ kind: 'keepsDistance', kinds: ['bicycle'], atLeastM: 0.3 }],
    })
  },
}

export const slowCyclist: BuiltInScenario = {
  name: 'slow-cyclist',
  title: 'Slow cyclist ahead',
  summary:
    'A cyclist rides ahead in the lane, uphill or with a load, and swerves once; cars come the other way.',
  scenarioClass: 'cyclist',
  parameters: [
    egoSpeed([5, 9, 13.9]),
    mps('cyclistMps', 'Speed of the cyclist.', [1.2, 3, 6]),
    metres('aheadM', 'How far ahead the cyclist is at the beginning.', [25, 50, 90]),
    metres('fromKerbM', 'How far from the kerb the cyclist rides.', [0.4, 0.8, 1.5]),
    metres('swerveM', 'How far the cyclist swerves to the left.', [0, 0.3, 0.9]),
    count('oncoming', 'Cars that come the other way.', [0, 1, 4]),
    light(),
    grip([0.6, 0.95, 1]),
  ],
  build(given, seed) {
    const { egoSpeedMps = 0, aheadM = 0, fromKerbM = 0, swerveM = 0, oncoming = 0 } = given
    const cyclistMps = Math.min(given['cyclistMps'] ?? 0, egoSpeedMps - 1)
    const random = createRandom(`slow-cyclist/${seed}`)
    const network = straightRoad({ lengthM: 700, lanesAlong: 1, lanesAgainst: 1, hasParking: false })
    const y = kerbY(1) + fromKerbM
    const from = startM + egoFrontM + aheadM
    const swervesM = 4 + 8 * random.next()
    const cyclist = actorOf({
      name: 'cyclist',
      kind: 'bicycle',
      track: new PolylineTrack([0, y, 700, y]),
      s: from + 0.9,
      speedMps: cyclistMps,
      phases: [
        { when: { kind: 'gap', is: 'below', m: swervesM }, lateral: { toM: swerveM, rateMps: 0.6 } },
        { when: { kind: 'after', s: 2.5 }, lateral: { toM: 0, rateMps: 0.6 } },
      ],
    })
    const goalM = aheadM + 60
    return makeStage({
      name: 'slow-cyclist',
      network,
      ego: { road: '1', lane: -1, s: startM, speedMps: egoSpeedMps },
      goalM,
      // Whoever does not overtake gets there behind the cyclist.
      maxTimeS: 40 + goalM / cyclistMps,
      actors: [cyclist, ...oncomingCars(oncoming, from + 30 + 60 * random.next(), 4, 9)],
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0, friction: given['friction'] ?? 1 },
      criteria: [{ kind: 'keepsDistance', kinds: ['bicycle'], atLeastM: 0.3 }],
    })
  },
}

export const oncomingOvertaker: BuiltInScenario = {
  name: 'oncoming-overtaker',
  title: 'Oncoming car in the own lane',
  summary: 'A car overtakes a truck the other way and comes head on until it is past.',
  scenarioClass: 'oncoming',
  parameters: [
    egoSpeed([12, 19, 26]),
    mps('overtakerMps', 'Speed of the overtaking car.', [16, 22, 30]),
    share('truckShare', 'Speed of the truck as a share of it.', [0.5, 0.65, 0.75]),
    seconds(
      'marginS',
      'Time left at constant speeds when the overtaking car is back in its lane.',
      [-1.5, 1.5, 5],
    ),
    grip([0.6, 0.95, 1]),
    light(),
  ],
  build(given) {
    const { egoSpeedMps = 0, overtakerMps = 0, truckShare = 0, marginS = 0, friction = 1 } = given
    const network = straightRoad({
      lengthM: 1400,
      lanesAlong: 1,
      lanesAgainst: 1,
      hasParking: false,
      speedLimitMps: 100 / 3.6,
    })
    const truckMps = overtakerMps * truckShare
    const truckM = 12
    // Out behind the truck with 8 m between, back in before it with 6 m between.
    const pastM = 8 + 4.5 + truckM + 6
    const pastS = pastM / (overtakerMps - truckMps)
    const inS = 2
    const closing = egoSpeedMps + overtakerMps
    const from = startM + egoFrontM + (pastS + inS + marginS) * closing + 2.25
    const track = new PolylineTrack([from, laneY(1), -1000, laneY(1)])
    const truck = actorOf({
      name: 'truck',
      kind: 'truck',
      lengthM: truckM,
      track: new PolylineTrack([from - 2.25 - 8 - truckM / 2, laneY(1), -1000, laneY(1)]),
      s: 0,
      speedMps: truckMps,
    })
    const overtaker = actorOf({
      name: 'overtaker',
      kind: 'car',
      track,
      s: 0,
      // Left of its own lane is the lane of the vehicle under test.
      lateralM: 3.5,
      speedMps: overtakerMps,
      lights: agentLights.right,
      phases: [
        { when: { kind: 'own', atM: pastS * overtakerMps }, lateral: { toM: 0, rateMps: (1.5 * 3.5) / inS } },
        { when: { kind: 'after', s: inS }, lights: 0 },
      ],
    })
    return makeStage({
      name: 'oncoming-overtaker',
      network,
      ego: { road: '1', lane: -1, s: startM, speedMps: egoSpeedMps },
      limitMps: 100 / 3.6,
      goalM: Math.min(500, egoSpeedMps * (pastS + inS + 3)),
      maxTimeS: 60,
      actors: [overtaker, truck],
      environment: { friction, illuminanceLux: given['illuminanceLux'] ?? 0 },
    })
  },
}

export const reversingOut: BuiltInScenario = {
  name: 'reversing-out',
  title: 'Car reversing out of a drive',
  summary: 'A car comes backwards out of a drive behind a hedge, stands in the lane and drives off.',
  scenarioClass: 'reversing',
  parameters: [
    egoSpeed([4, 8.3, 13.9]),
    seconds('noticeS', 'Time to its line when its rear is at the kerb.', [1.5, 3.5, 6]),
    mps('reverseMps', 'Its speed.', [0.8, 1.5, 2.5]),
    metres('intoLaneM', 'How far into the lane it comes.', [1.2, 2.8, 3.4]),
    seconds('standsS', 'How long it stands there.', [0.5, 2, 6]),
    light(),
    grip([0.6, 0.95, 1]),
  ],
  build(given) {
    const { egoSpeedMps = 0, noticeS = 0, reverseMps = 1, intoLaneM = 0, standsS = 0 } = given
    const network = straightRoad({ lengthM: 500, lanesAlong: 1, lanesAgainst: 1, hasParking: false })
    const x = startM + egoFrontM + (noticeS + 4) * egoSpeedMps + 5
    const lengthM = 4.5
    const fromY = -3.5 - 2.5 - lengthM / 2 - 0.5
    // From the start until its rear is at the kerb.
    const hiddenS = 3 / reverseMps + reverseMps / 3
    const outM = -3.5 + intoLaneM - lengthM / 2 - fromY
    const car = actorOf({
      name: 'reversing',
      kind: 'car',
      lengthM,
      track: new PolylineTrack([x, fromY, x, 10]),
      s: 0,
      isReversing: true,
      phases: [
        {
          when: { kind: 'egoNear', x, y: laneY(-1), withinM: (noticeS + hiddenS) * egoSpeedMps },
          speed: { toMps: reverseMps, rateMps2: 1.5 },
        },
        { when: { kind: 'own', atM: outM - reverseMps ** 2 / 4 }, speed: { toMps: 0, rateMps2: 2 } },
        // It has seen what comes and pulls back in.
        { when: { kind: 'after', s: reverseMps / 2 + standsS }, speed: { toMps: -2, rateMps2: 1.5 } },
        { when: { kind: 'after', s: (outM + 1) / 2 + 1.3 }, speed: { toMps: 0, rateMps2: 4 } },
      ],
    })
    const hedge = actorOf({
      name: 'hedge',
      kind: 'object',
      lengthM: 12,
      widthM: 0.8,
      heightM: 1.8,
      track: new PolylineTrack([x - 8.5, -6.6, x, -6.6]),
      s: 0,
    })
    return makeStage({
      name: 'reversing-out',
      network,
      ego: { road: '1', lane: -1, s: startM, speedMps: egoSpeedMps },
      goalM: x - startM + 25,
      maxTimeS: 60,
      actors: [car, hedge],
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0, friction: given['friction'] ?? 1 },
    })
  },
}

export const emergencyBehind: BuiltInScenario = {
  name: 'emergency-behind',
  title: 'Emergency vehicle from behind',
  summary: 'An ambulance with its siren comes up fast along the middle of the road; it needs room to pass.',
  scenarioClass: 'emergency-vehicle',
  parameters: [
    egoSpeed([6, 10, 14]),
    share('speedShare', 'Speed of the ambulance as a multiple of it.', [1.3, 1.7, 2.4]),
    metres('behindM', 'How far behind it begins.', [60, 110, 200]),
    metres('fromMiddleM', 'Where it drives, right of the middle of the road.', [-0.3, 0, 0.2]),
    light(),
    grip([0.6, 0.95, 1]),
  ],
  build(given) {
    const { egoSpeedMps = 0, speedShare = 0, behindM = 0, fromMiddleM = 0, friction = 1 } = given
    const network = straightRoad({ lengthM: 1200, lanesAlong: 1, lanesAgainst: 1, hasParking: false })
    const speedMps = egoSpeedMps * speedShare
    const s = 260
    const ambulance = actorOf({
      name: 'ambulance',
      kind: 'emergency',
      track: new PolylineTrack([0, -fromMiddleM, 1200, -fromMiddleM]),
      s: s - behindM,
      speedMps,
      heed: 'follows',
      hasSiren: true,
      lights: agentLights.emergency,
    })
    const catchS = behindM / (speedMps - egoSpeedMps)
    return makeStage({
      name: 'emergency-behind',
      network,
      ego: { road: '1', lane: -1, s, speedMps: egoSpeedMps },
      goalM: Math.min(330, egoSpeedMps * (catchS + 12)),
      maxTimeS: 90,
      actors: [ambulance],
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0, friction },
      criteria: [
        { kind: 'clearsFor', agent: 'ambulance', belowMps: speedMps * 0.6, withinM: 40, longestS: 5 },
      ],
    })
  },
}
