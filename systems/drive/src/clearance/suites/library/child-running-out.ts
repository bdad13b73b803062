import { createRandom } from '@heavylift/core/math'
import { actorOf } from '../../../world/actors/actor.ts'
import { PolylineTrack } from '../../../world/actors/track.ts'
import type { BuiltInScenario } from './built-in-scenario.ts'
import { egoFrontM, makeStage } from './make-stage.ts'
import { egoSpeed, grip, light, metres, mps, seconds } from './parameter.ts'
import { oncomingCars, parkedCars, pavementY, street, streetKerbY } from './street.ts'

const startM = 20
/** Seconds of driving before the child's place is near. */
const approachS = 4
const beforeKerbM = 0.6

/** A child runs out between two parked cars. */
export const childRunningOut: BuiltInScenario = {
  name: 'child-running-out',
  title: 'Child running out',
  summary: 'A child runs into the road between parked cars, and on to the other side.',
  scenarioClass: 'vulnerable-occluded',
  parameters: [
    egoSpeed([4, 8.3, 11.1]),
    seconds('visibleS', 'Time to the child’s line when it comes out from between the cars.', [0.9, 2, 3.5]),
    mps('childSpeedMps', 'Speed of the child.', [1.2, 2.5, 4]),
    metres('gapM', 'Gap between the two parked cars.', [1, 1.6, 5]),
    metres('beyondM', 'How far beyond the middle of the lane it stops, if it does.', [0, 8, 8]),
    light(),
    grip([0.6, 0.95, 1]),
  ],
  build(given, seed) {
    const { egoSpeedMps = 0, visibleS = 0, childSpeedMps = 1, gapM = 0, beyondM = 0 } = given
    const random = createRandom(`child-running-out/${seed}`)
    const crossM = startM + egoFrontM + (visibleS + approachS) * egoSpeedMps + 6
    const fromY = pavementY - beforeKerbM
    const hiddenS = (streetKerbY - 0.3 - fromY) / childSpeedMps
    const nearM = (visibleS + hiddenS) * egoSpeedMps
    const child = actorOf({
      name: 'child',
      kind: 'pedestrian',
      lengthM: 0.4,
      widthM: 0.4,
      heightM: 1 + 0.3 * random.next(),
      track: new PolylineTrack([crossM, fromY, crossM, 10]),
      s: 0,
      phases: [
        {
          when: { kind: 'egoNear', x: crossM, y: -1.75, withinM: nearM },
          speed: { toMps: childSpeedMps, rateMps2: 50 },
        },
        // It stays in the road for a moment, then goes on.
        {
          when: { kind: 'own', atM: -1.75 + beyondM - fromY },
          speed: { toMps: 0, rateMps2: 6 },
        },
        { when: { kind: 'after', s: 3 }, speed: { toMps: childSpeedMps, rateMps2: 3 } },
        { when: { kind: 'own', atM: 8 - fromY }, speed: { toMps: 0, rateMps2: 20 } },
      ],
    })
    const free = [crossM - gapM / 2, crossM + gapM / 2] as const
    return makeStage({
      name: 'child-running-out',
      network: street(),
      ego: { road: '1', lane: -1, s: startM, speedMps: egoSpeedMps },
      goalM: crossM - startM + 25,
      maxTimeS: 60,
      actors: [
        child,
        ...parkedCars(random, -1, startM + 5, crossM + 30, free),
        ...parkedCars(random, 1, startM, crossM + 30, [crossM - 2, crossM + 2]),
        ...oncomingCars(random.int(0, 2), crossM + 30 + 40 * random.next(), 5, 7),
      ],
      environment: { illuminanceLux: given['illuminanceLux'] ?? 0, friction: given['friction'] ?? 1 },
      criteria: [{ kind: 'keepsDistance', kinds: ['pedestrian'], atLeastM: 0.2 }],
    })
  },
}
