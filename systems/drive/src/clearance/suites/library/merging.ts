import { createRandom } from '@heavylift/core/math'
import { actorOf } from '../../../world/actors/actor.ts'
import { LaneTrack } from '../../../world/actors/track.ts'
import { changedPath } from '../../../world/lanes/changed-path.ts'
import type { ReferencePath } from '../../../world/lanes/reference-path.ts'
import { onRamp } from '../../../world/town/on-ramp.ts'
import type { BuiltInScenario } from './built-in-scenario.ts'
import { egoFrontM, makeStage, routeOf } from './make-stage.ts'
import { count, egoSpeed, grip, light, mps, seconds } from './parameter.ts'
import { networkOnce } from './straight-road.ts'

const limitMps = 120 / 3.6
const rampM = 200
const joinM = 20
/** Where on the acceleration lane the lane change begins and how long it is. */
const changeAtM = rampM + joinM + 40
const changeOverM = 110

const motorway = () => networkOnce('motorway with a ramp', () => onRamp())

let ways: { merging: ReferencePath; main: ReferencePath } | null = null

/** From the ramp over the acceleration lane onto the right main lane, and along that lane. */
function waysOf(): { merging: ReferencePath; main: ReferencePath } {
  if (ways) return ways
  const network = motorway()
  // Long enough for both: the main lane begins 500 m before the mouth of the ramp.
  const main = routeOf(network, { road: '1', lane: -2, s: 0 }, limitMps, [], 1200)
  const ramp = routeOf(network, { road: '4', lane: -1, s: 0 }, limitMps)
  ways = { main, merging: changedPath(ramp, main, changeAtM, changeOverM) }
  return ways
}

/** From the beginning of the main lane to where the middle of the lane change is beside it. */
const mergeOnMainM = 500 + changeAtM - rampM + changeOverM / 2

export const onRampMerge: BuiltInScenario = {
  name: 'on-ramp-merge',
  title: 'Merge from an on-ramp',
  summary: 'The vehicle under test comes from a ramp and has to merge between cars on the motorway.',
  scenarioClass: 'merge',
  parameters: [
    egoSpeed([16, 22, 28]),
    mps('mainMps', 'Speed of the cars on the motorway.', [17, 23, 30]),
    seconds('gapS', 'Time between them.', [1.6, 2.6, 6]),
    count('cars', 'How many there are.', [2, 5, 8]),
    seconds(
      'arrivesS',
      'When the second of them is where the lanes meet, after the vehicle under test would be there.',
      [-1.5, 0.5, 2],
    ),
    grip([0.5, 0.95, 1]),
    light(),
  ],
  build(given) {
    const { egoSpeedMps = 0, mainMps = 0, gapS = 0, cars = 0, arrivesS = 0, friction = 1 } = given
    const { merging, main } = waysOf()
    const s = 30
    const egoS = (changeAtM + changeOverM / 2 - s - egoFrontM) / egoSpeedMps
    const firstM = mergeOnMainM - mainMps * (egoS + arrivesS - gapS)
    return makeStage({
      name: 'on-ramp-merge',
      network: motorway(),
      ego: { road: '4', lane: -1, s, speedMps: egoSpeedMps },
      route: merging,
      limitMps,
      goalM: changeAtM + changeOverM + 60 - s,
      maxTimeS: 60,
      actors: Array.from({ length: cars }, (_, index) =>
        actorOf({
          name: `main-${index + 1}`,
          kind: 'car',
          track: new LaneTrack(main),
          s: firstM - index * gapS * mainMps,
          speedMps: mainMps,
          heed: 'follows',
        }),
      ),
      environment: { friction, illuminanceLux: given['illuminanceLux'] ?? 0 },
    })
  },
}

export const mergingCar: BuiltInScenario = {
  name: 'merging-car',
  title: 'Car merging from an on-ramp',
  summary: 'A slower car comes from a ramp and merges close ahead.',
  scenarioClass: 'merge',
  parameters: [
    egoSpeed([18, 25, 32]),
    mps('mergerMps', 'Speed of the merging car.', [14, 20, 28]),
    seconds(
      'aheadS',
      'How far ahead it is where the lanes meet, at the speed of the vehicle under test.',
      [0.5, 1.5, 4],
    ),
    count('mergers', 'How many come one after another.', [1, 1, 3]),
    grip([0.5, 0.95, 1]),
    light(),
  ],
  build(given, seed) {
    const { egoSpeedMps = 0, aheadS = 0, mergers = 1, friction = 1 } = given
    const mergerMps = Math.min(given['mergerMps'] ?? 0, egoSpeedMps)
    const random = createRandom(`merging-car/${seed}`)
    const { merging } = waysOf()
    const s = 260
    const meetM = changeAtM + changeOverM / 2
    const egoS = (mergeOnMainM - s - egoFrontM) / egoSpeedMps
    return makeStage({
      name: 'merging-car',
      network: motorway(),
      ego: { road: '1', lane: -2, s, speedMps: egoSpeedMps },
      limitMps,
      goalM: mergeOnMainM - s + 80,
      maxTimeS: 60,
      actors: Array.from({ length: mergers }, (_, index) =>
        actorOf({
          name: mergers === 1 ? 'merging' : `merging-${index + 1}`,
          kind: 'car',
          track: new LaneTrack(merging),
          // The last one is just ahead; the others are further on.
          s: meetM - mergerMps * (egoS - aheadS) + index * (12 + mergerMps * (1 + random.next())) + 2.25,
          speedMps: mergerMps,
          heed: 'follows',
        }),
      ),
      environment: { friction, illuminanceLux: given['illuminanceLux'] ?? 0 },
    })
  },
}
