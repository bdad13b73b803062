import { createRandom } from '@heavylift/core/math'
import { actorOf } from '../../../world/actors/actor.ts'
import type { Actor, Phase } from '../../../world/actors/actor.ts'
import { LaneTrack } from '../../../world/actors/track.ts'
import { agentLights } from '../../../world/scene/agent-table.ts'
import type { BuiltInScenario } from './built-in-scenario.ts'
import { egoFrontM, makeStage, routeOf } from './make-stage.ts'
import { count, egoSpeed, grip, metres, mps, mps2, seconds, share } from './parameter.ts'
import { laneWidthM, straightRoad } from './straight-road.ts'

const startM = 30
const limitMps = 120 / 3.6
/** From the centre of an actor's car to its rear. */
const rearM = 2.25
const gravityMps2 = 9.81

function twoLanes() {
  const network = straightRoad({ lengthM: 1200, lanesAlong: 2, lanesAgainst: 0, hasParking: false })
  return { network, track: new LaneTrack(routeOf(network, { road: '1', lane: -2, s: 0 }, limitMps)) }
}

export const cutOut: BuiltInScenario = {
  name: 'cut-out',
  title: 'Cut-out',
  summary: 'The car ahead changes lanes and uncovers one that stands in the lane.',
  scenarioClass: 'cut-out',
  parameters: [
    egoSpeed([8, 16, 25]),
    seconds('headwayS', 'Time gap to the car ahead.', [0.8, 1.8, 3]),
    seconds('ttcS', 'Time to collision of the car ahead when it begins to change lanes.', [1.5, 3, 5]),
    metres(
      'standingOffsetM',
      'How far to the left of the middle of the lane the other stands.',
      [-0.8, 0, 0.8],
    ),
    seconds('standsS', 'How long it stands until it drives off.', [4, 8, 20]),
    grip([0.7, 0.95, 1]),
  ],
  build({ egoSpeedMps = 0, headwayS = 0, ttcS = 0, standingOffsetM = 0, standsS = 0, friction = 1 }) {
    const { network, track } = twoLanes()
    const leadM = startM + egoFrontM + headwayS * egoSpeedMps + rearM
    const standingM = leadM + (ttcS + 2) * egoSpeedMps + 2 * rearM
    const changeS = 0.75 * ttcS
    const lead = actorOf({
      name: 'cutting-out',
      kind: 'car',
      track,
      s: leadM,
      speedMps: egoSpeedMps,
      phases: [
        {
          when: { kind: 'own', atM: standingM - 2 * rearM - ttcS * egoSpeedMps },
          lateral: { toM: laneWidthM, rateMps: (1.5 * laneWidthM) / changeS },
          lights: agentLights.left,
        },
      ],
    })
    const standing = actorOf({
      name: 'standing',
      kind: 'car',
      track,
      s: standingM,
      lateralM: standingOffsetM,
      lights: agentLights.left | agentLights.right,
      phases: [
        {
          when: { kind: 'time', atS: ttcS + 2 + standsS },
          speed: { toMps: egoSpeedMps, rateMps2: 2 },
          lights: 0,
        },
      ],
    })
    return makeStage({
      name: 'cut-out',
      network,
      ego: { road: '1', lane: -2, s: startM, speedMps: egoSpeedMps },
      limitMps,
      goalM: standingM - startM + 60,
      maxTimeS: 70,
      actors: [lead, standing],
      environment: { friction },
    })
  },
}

export const hardBrakingLead: BuiltInScenario = {
  name: 'hard-braking-lead',
  title: 'Lead brakes hard',
  summary: 'The car ahead brakes hard, to a stand or nearly.',
  scenarioClass: 'lead-braking',
  parameters: [
    egoSpeed([8, 18, 30]),
    seconds('headwayS', 'Time gap to the car ahead.', [0.6, 1.6, 3]),
    mps2('brakingMps2', 'How hard it brakes, within what the road holds.', [3, 6, 8.5]),
    share('speedShare', 'Share of its speed that it keeps.', [0, 0.1, 0.6]),
    seconds('standsS', 'How long it stays at that speed.', [1, 4, 12]),
    grip(),
  ],
  build({ egoSpeedMps = 0, headwayS = 0, brakingMps2 = 0, speedShare = 0, standsS = 0, friction = 1 }) {
    const { network, track } = twoLanes()
    const rate = Math.min(brakingMps2, friction * gravityMps2 * 0.9)
    const lead = actorOf({
      name: 'braking',
      kind: 'car',
      track,
      s: startM + egoFrontM + headwayS * egoSpeedMps + rearM,
      speedMps: egoSpeedMps,
      phases: [
        { when: { kind: 'time', atS: 1 }, speed: { toMps: egoSpeedMps * speedShare, rateMps2: rate } },
        {
          when: { kind: 'after', s: ((1 - speedShare) * egoSpeedMps) / rate + standsS },
          speed: { toMps: egoSpeedMps, rateMps2: 1.5 },
        },
      ],
    })
    return makeStage({
      name: 'hard-braking-lead',
      network,
      ego: { road: '1', lane: -2, s: startM, speedMps: egoSpeedMps },
      limitMps,
      goalM: 40 + 6 * egoSpeedMps,
      maxTimeS: 60,
      actors: [lead],
      environment: { friction },
    })
  },
}

export const stopAndGo: BuiltInScenario = {
  name: 'stop-and-go',
  title: 'Stop-and-go queue',
  summary: 'The vehicle under test comes up to a queue that stops and starts in waves.',
  scenarioClass: 'queue',
  parameters: [
    egoSpeed([8, 13, 22]),
    count('cars', 'Cars in the queue.', [2, 5, 8]),
    mps('peakMps', 'Speed to which the first one starts each time.', [2, 5, 9]),
    mps2('brakingMps2', 'How hard the first one brakes.', [1, 2.5, 4.5]),
    seconds('standsS', 'How long it stands each time.', [1, 3, 7]),
    metres('distanceM', 'Clear road to the end of the queue at the beginning.', [50, 90, 150]),
    grip(),
  ],
  build(given, seed) {
    const { egoSpeedMps = 0, cars = 1, peakMps = 0, brakingMps2 = 0, standsS = 0, distanceM = 0 } = given
    const { network, track } = twoLanes()
    const random = createRandom(`stop-and-go/${seed}`)
    const waves: Phase[] = Array.from({ length: 4 }, (_, wave) => [
      {
        when: { kind: 'after' as const, s: peakMps / brakingMps2 + standsS },
        speed: { toMps: peakMps, rateMps2: 1.5 },
      },
      {
        when: { kind: 'after' as const, s: peakMps / 1.5 + 2 },
        speed: { toMps: wave === 3 ? egoSpeedMps : 0, rateMps2: wave === 3 ? 1.5 : brakingMps2 },
      },
    ]).flat()
    const queue: Actor[] = []
    let at = startM + egoFrontM + distanceM
    for (let car = cars; car >= 1; car--) {
      const kind = random.chance(0.15) ? 'truck' : 'car'
      const lengthM = kind === 'truck' ? 10 : 4.2 + 0.8 * random.next()
      queue.push(
        actorOf({
          name: `queue-${car}`,
          kind,
          lengthM,
          track,
          s: at + lengthM / 2,
          lateralM: 0.3 * (random.next() - 0.5),
          heed: 'follows',
          phases:
            car === 1
              ? waves
              : [{ when: { kind: 'time', atS: 0 }, speed: { toMps: egoSpeedMps, rateMps2: 2 } }],
        }),
      )
      at += lengthM + 2.2 + random.next()
    }
    return makeStage({
      name: 'stop-and-go',
      network,
      ego: { road: '1', lane: -2, s: startM, speedMps: egoSpeedMps },
      limitMps,
      goalM: distanceM + 30,
      maxTimeS: 120,
      actors: queue,
      environment: { friction: given['friction'] ?? 1 },
      criteria: [{ kind: 'comfort', decelerationMps2: 6, accelerationMps2: 3, lateralMps2: 4.89 }],
    })
  },
}
