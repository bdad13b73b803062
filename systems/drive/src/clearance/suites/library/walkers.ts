import { createRandom } from '@heavylift/core/math'
import { actorOf } from '../../../world/actors/actor.ts'
import type { Actor } from '../../../world/actors/actor.ts'
import { PolylineTrack } from '../../../world/actors/track.ts'
import type { Criterion } from '../../run/criterion.ts'
import type { BuiltInScenario } from './built-in-scenario.ts'
import { egoFrontM, makeStage } from './make-stage.ts'
import { count, egoSpeed, grip, light, lux, metres, mps, seconds } from './parameter.ts'
import { kerbY, straightRoad } from './straight-road.ts'
import { oncomingCars, parkedCar, parkedCars, parkedY, pavementY, street, streetKerbY } from './street.ts'

const startM = 20
const laneMiddleY = -1.75
const keepsAway: Criterion = { kind: 'keepsDistance', kinds: ['pedestrian', 'animal'], atLeastM: 0.2 }

/** Someone who walks straight over the road at `x`, beginning when the vehicle under test is `nearM` away. */
function crossing(
  name: string,
  x: number,
  fromY: number,
  toY: number,
  walkMps: number,
  nearM: number,
): Actor {
  return actorOf({
    name,
    kind: 'pedestrian',
    track: new PolylineTrack([x, fromY, x, toY]),
    s: 0,
    phases: [
      {
        when: { kind: 'egoNear', x, y: laneMiddleY, withinM: nearM },
        speed: { toMps: walkMps, rateMps2: 3 },
      },
      { when: { kind: 'own', atM: Math.abs(toY - fromY) - 0.3 }, speed: { toMps: 0, rateMps2: 10 } },
    ],
  })
}

export const tyingShoe: BuiltInScenario = {
  name: 'tying-shoe',
  title: 'Person tying a shoe',
  summary:
    'Someone crouches at the edge of the road or in it to tie a shoe, low and still, and walks off after a while.',
  scenarioClass: 'vulnerable-visible',
  parameters: [
    egoSpeed([4, 8.3, 13.9]),
    metres('intoLaneM', 'How far in from the kerb the person crouches.', [-0.4, 0.9, 2.6]),
    seconds('crouchesS', 'How long it goes on once the vehicle is near.', [2, 8, 25]),
    metres('behindCarM', 'Distance to the parked car before the person.', [0.6, 2, 20]),
    lux('illuminanceLux', 'Light on the ground.', [2, 20_000, 80_000]),
    grip([0.6, 0.95, 1]),
  ],
  build(given, seed) {
    const { egoSpeedMps = 0, intoLaneM = 0, crouchesS = 0, behindCarM = 0, illuminanceLux = 0 } = given
    const random = createRandom(`tying-shoe/${seed}`)
    const x = startM + egoFrontM + 6 * egoSpeedMps + 20
    const y = streetKerbY + intoLaneM
    const person = actorOf({
      name: 'person',
      kind: 'pedestrian',
      lengthM: 0.9,
      widthM: 0.6,
      heightM: 0.85,
      track: new PolylineTrack([x, y, x, pavementY - 1]),
      s: 0,
      phases: [
        { when: { kind: 'egoNear', x, y, withinM: 25 } },
        { when: { kind: 'after', s: crouchesS }, speed: { toMps: 1.3, rateMps2: 1 } },
        { when: { kind: 'own', atM: y - pavementY }, speed: { toMps: 0, rateMps2: 10 } },
      ],
    })
    const free = [x - behindCarM, x + 4] as const
    return makeStage({
      name: 'tying-shoe',
      network: street(),
      ego: { road: '1', lane: -1, s: startM, speedMps: egoSpeedMps },
      goalM: x - startM + 25,
      maxTimeS: 45 + crouchesS + 100 / egoSpeedMps,
      actors: [
        person,
        ...parkedCars(random, -1, x - 40, x + 20, free),
        ...parkedCars(random, 1, x - 30, x + 20, null),
        ...oncomingCars(random.int(0, 2), x + 60, 6, 8),
      ],
      environment: { illuminanceLux, friction: given['friction'] ?? 1 },
      criteria: [keepsAway],
    })
  },
}

export const dogWalker: BuiltInScenario = {
  name: 'dog-walker',
  title: 'Dog walker',
  summary:
    'Someone walks a dog along the kerb; the dog runs into the road to the end of its leash and comes back.',
  scenarioClass: 'vulnerable-visible',
  parameters: [
    egoSpeed([4, 9, 13.9]),
    mps('walkMps', 'Speed of both along the road, the way of the vehicle under test.', [0.6, 1.2, 1.8]),
    metres('leashM', 'Length of the leash.', [1.5, 3, 5]),
    mps('dogMps', 'Speed of the dog to the side.', [1, 2, 3.5]),
    seconds('noticeS', 'Time to the dog when it runs.', [1.5, 2.8, 5]),
    seconds('returnsS', 'How long until it comes back.', [1, 2.5, 6]),
    light(),
    grip([0.6, 0.95, 1]),
  ],
  build(given) {
    const { egoSpeedMps = 0, walkMps = 0, leashM = 0, dogMps = 1, noticeS = 0, returnsS = 0 } = given
    const network = straightRoad({ lengthM: 500, lanesAlong: 1, lanesAgainst: 1, hasParking: false })
    const y = kerbY(1) - 0.7
    const approachS = 4
    const x = startM + egoFrontM + (noticeS + approachS) * egoSpeedMps + 5
    const fromX = x - approachS * walkMps
    const along = new PolylineTrack([fromX, y, fromX + 200, y])
    const walker = actorOf({ name: 'walker', kind: 'pedestrian', track: along, s: 0, speedMps: walkMps })
    const dog = actorOf({
      name: 'dog',
      kind: 'animal',
      track: along,
      s: 0.8,
      lateralM: 0.2,
      speedMps: walkMps,
      heed: 'careful',
      phases: [
        {
          when: { kind: 'gap', is: 'below', m: noticeS * egoSpeedMps },
          lateral: { toM: leashM, rateMps: dogMps },
        },
        {
          when: { kind: 'after', s: (1.5 * leashM) / dogMps + returnsS },
          lateral: { toM: 0.2, rateMps: dogMps },
        },
      ],
    })
    return makeStage({
      name: 'dog-walker',
      network,
      ego: { road: '1', lane: -1, s: startM, speedMps: egoSpeedMps },
      goalM: x - startM + 30,
      maxTimeS: 60,
      actors: [walker, dog],
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0, friction: given['friction'] ?? 1 },
      criteria: [keepsAway],
    })
  },
}

export const night: BuiltInScenario = {
  name: 'night-pedestrian',
  title: 'Pedestrian at night',
  summary: 'On an unlit road someone in dark clothes walks into the lane from the side.',
  scenarioClass: 'night',
  parameters: [
    egoSpeed([8, 14, 22]),
    lux('illuminanceLux', 'Light on the ground.', [0.1, 0.5, 15]),
    seconds('noticeS', 'Time to the line when the pedestrian begins to walk.', [2.4, 4, 7]),
    mps('walkMps', 'Speed of the pedestrian.', [0.8, 1.4, 2.2]),
    metres('awayM', 'How far from the kerb the pedestrian begins.', [0.3, 0.8, 3]),
    grip(),
  ],
  build(given, seed) {
    const { egoSpeedMps = 0, illuminanceLux = 0, noticeS = 0, walkMps = 0, awayM = 0, friction = 1 } = given
    const network = straightRoad({ lengthM: 700, lanesAlong: 1, lanesAgainst: 1, hasParking: false })
    const x = startM + egoFrontM + (noticeS + 3) * egoSpeedMps
    const side = seed % 3 === 0 ? -1 : 1
    const fromY = side * (kerbY(1) - awayM)
    return makeStage({
      name: 'night-pedestrian',
      network,
      ego: { road: '1', lane: -1, s: startM, speedMps: egoSpeedMps },
      limitMps: 80 / 3.6,
      goalM: x - startM + 30,
      maxTimeS: 60,
      actors: [crossing('pedestrian', x, fromY, -fromY, walkMps, noticeS * egoSpeedMps)],
      environment: { illuminanceLux, friction },
      criteria: [keepsAway],
    })
  },
}

export const busStop: BuiltInScenario = {
  name: 'bus-stop',
  title: 'Pedestrian from behind a bus',
  summary: 'Someone crosses the road from before a bus that stands at its stop and hides them.',
  scenarioClass: 'vulnerable-occluded',
  parameters: [
    egoSpeed([4, 8.3, 12]),
    seconds('visibleS', 'Time to the line when the pedestrian comes out from behind the bus.', [1, 2.2, 4]),
    mps('walkMps', 'Speed of the pedestrian.', [0.8, 1.5, 2.5]),
    metres('busM', 'Length of the bus.', [8, 12, 15]),
    light(),
    grip([0.6, 0.95, 1]),
  ],
  build(given, seed) {
    const { egoSpeedMps = 0, visibleS = 0, walkMps = 1, busM = 0 } = given
    const random = createRandom(`bus-stop/${seed}`)
    const x = startM + egoFrontM + (visibleS + 4) * egoSpeedMps + busM
    const rear = x - 1.2 - busM
    const bus = {
      ...parkedCar('bus', -1, rear, busM, random),
      kind: 'bus' as const,
      widthM: 2.4,
      heightM: 3.2,
    }
    const fromY = parkedY - 0.4
    const hiddenS = (streetKerbY - 0.2 - fromY) / walkMps
    return makeStage({
      name: 'bus-stop',
      network: street(),
      ego: { road: '1', lane: -1, s: startM, speedMps: egoSpeedMps },
      goalM: x - startM + 25,
      maxTimeS: 60,
      actors: [
        crossing('pedestrian', x, fromY, -pavementY + 1, walkMps, (visibleS + hiddenS) * egoSpeedMps),
        bus,
        ...oncomingCars(random.int(0, 2), x + 20, 6, 7),
      ],
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0, friction: given['friction'] ?? 1 },
      criteria: [keepsAway],
    })
  },
}

export const jaywalker: BuiltInScenario = {
  name: 'jaywalker',
  title: 'Jaywalker with a change of mind',
  summary: 'Someone crosses from the left, stops in the road, and then turns back or goes on.',
  scenarioClass: 'vulnerable-visible',
  parameters: [
    egoSpeed([4, 9, 13.9]),
    seconds('noticeS', 'Time to the line when the pedestrian begins to walk.', [2.5, 4.5, 7]),
    mps('walkMps', 'Speed of the pedestrian.', [0.8, 1.4, 2.5]),
    metres('stopsAtM', 'How far right of the middle of the road they stop.', [-1.5, 0.3, 2.5]),
    seconds('thinksS', 'How long they stand there.', [0.3, 1.5, 5]),
    count('goesOn', '1: goes on; 0: turns back.', [0, 1, 1]),
    light(),
    grip([0.6, 0.95, 1]),
  ],
  build(given) {
    const { egoSpeedMps = 0, noticeS = 0, walkMps = 0, stopsAtM = 0, thinksS = 0, goesOn = 0 } = given
    const network = straightRoad({ lengthM: 500, lanesAlong: 1, lanesAgainst: 1, hasParking: false })
    const x = startM + egoFrontM + (noticeS + 2) * egoSpeedMps
    const fromY = 4
    const toY = goesOn === 1 ? -5 : 5
    const walks = crossing('pedestrian', x, fromY, toY, walkMps, noticeS * egoSpeedMps)
    const pedestrian: Actor = {
      ...walks,
      track: new PolylineTrack([x, fromY, x, -stopsAtM, x, toY]),
      phases: [
        ...walks.phases.slice(0, 1),
        { when: { kind: 'own', atM: fromY + stopsAtM - 0.1 }, speed: { toMps: 0, rateMps2: 10 } },
        { when: { kind: 'after', s: thinksS + 0.3 }, speed: { toMps: walkMps, rateMps2: 2 } },
        {
          when: { kind: 'own', atM: fromY + stopsAtM + Math.abs(toY + stopsAtM) - 0.3 },
          speed: { toMps: 0, rateMps2: 10 },
        },
      ],
    }
    return makeStage({
      name: 'jaywalker',
      network,
      ego: { road: '1', lane: -1, s: startM, speedMps: egoSpeedMps },
      goalM: x - startM + 25,
      maxTimeS: 60,
      actors: [pedestrian],
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0, friction: given['friction'] ?? 1 },
      criteria: [keepsAway],
    })
  },
}

export const zebraCrossing: BuiltInScenario = {
  name: 'zebra-crossing',
  title: 'Zebra crossing',
  summary: 'Someone steps onto a zebra crossing and has the right of way.',
  scenarioClass: 'crosswalk',
  parameters: [
    egoSpeed([4, 10, 13.9]),
    seconds('noticeS', 'Time to the crossing when the pedestrian begins to walk.', [2.8, 4, 8]),
    mps('walkMps', 'Speed of the pedestrian.', [0.7, 1.4, 2.5]),
    count('people', 'How many walk one after another.', [1, 1, 4]),
    light(),
    grip([0.6, 0.95, 1]),
  ],
  build(given, seed) {
    const { egoSpeedMps = 0, noticeS = 0, walkMps = 0, people = 1 } = given
    const crossingM = 200
    const network = straightRoad({
      lengthM: 400,
      lanesAlong: 1,
      lanesAgainst: 1,
      hasParking: false,
      crosswalksAtM: [crossingM],
    })
    const random = createRandom(`zebra-crossing/${seed}`)
    const side = random.chance(0.5) ? -1 : 1
    const s = crossingM - egoFrontM - (noticeS + 3) * egoSpeedMps
    const walkers = Array.from({ length: people }, (_, index) =>
      crossing(
        `pedestrian-${index + 1}`,
        crossingM - 1.2 + 2.4 * random.next(),
        side * (4.3 + index * 1.4),
        // Each goes a body's length further than who comes after, so that the last one gets across too.
        side * -(5 + (people - 1 - index) * 1.4),
        walkMps,
        noticeS * egoSpeedMps,
      ),
    )
    return makeStage({
      name: 'zebra-crossing',
      network,
      ego: { road: '1', lane: -1, s, speedMps: egoSpeedMps },
      goalM: crossingM - s + 20,
      maxTimeS: 60,
      actors: walkers,
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0, friction: given['friction'] ?? 1 },
      criteria: [
        keepsAway,
        {
          kind: 'yieldsTo',
          agents: walkers.map(({ name }) => name),
          zone: { x: crossingM, y: laneMiddleY, radiusM: 2.2 },
          withinS: 1,
        },
      ],
    })
  },
}
