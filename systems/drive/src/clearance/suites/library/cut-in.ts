import { actorOf } from '../../../world/actors/actor.ts'
import { LaneTrack } from '../../../world/actors/track.ts'
import { agentLights } from '../../../world/scene/agent-table.ts'
import type { BuiltInScenario } from './built-in-scenario.ts'
import { egoFrontM, makeStage, routeOf } from './make-stage.ts'
import { egoSpeed, grip, mps2, seconds, share } from './parameter.ts'
import { laneWidthM, straightRoad } from './straight-road.ts'

const startM = 30
const goalM = 350
const limitMps = 120 / 3.6
const parameters = [
  egoSpeed([8, 20, 30]),
  share('speedShare', 'Speed of the other car as a share of it.', [0.5, 0.8, 0.98]),
  seconds('ttcS', 'Time to collision when it begins to change lanes.', [1, 3, 6]),
  seconds('changeS', 'How long its lane change takes.', [1.5, 3.5, 6]),
  mps2('brakingMps2', 'How hard it brakes, to two thirds of its speed, once it is in.', [0, 1, 6]),
  grip(),
]

function build(name: string, weather: 'dry' | 'rain'): BuiltInScenario['build'] {
  return (given, seed) => {
    const { egoSpeedMps = 0, speedShare = 0, ttcS = 0, changeS = 0, brakingMps2 = 0, friction = 1 } = given
    const network = straightRoad({ lengthM: 1200, lanesAlong: 3, lanesAgainst: 0, hasParking: false })
    const otherMps = egoSpeedMps * speedShare
    const gapM = Math.max(4, ttcS * (egoSpeedMps - otherMps))
    // It drives beside the lane for two seconds before it comes in, from the left or, with an odd seed, from the right.
    const side = seed % 2 === 0 ? 1 : -1
    const track = new LaneTrack(routeOf(network, { road: '1', lane: -2, s: 0 }, limitMps))
    const other = actorOf({
      name: 'cutting-in',
      kind: 'car',
      track,
      s: startM + egoFrontM + gapM + 2 * (egoSpeedMps - otherMps) + 2.25,
      lateralM: side * laneWidthM,
      speedMps: otherMps,
      heed: 'follows',
      phases: [
        {
          when: { kind: 'gap', is: 'below', m: gapM },
          lateral: { toM: 0, rateMps: (1.5 * laneWidthM) / changeS },
          lights: side > 0 ? agentLights.right : agentLights.left,
        },
        {
          when: { kind: 'after', s: changeS },
          speed: { toMps: (otherMps * 2) / 3, rateMps2: brakingMps2 },
          lights: 0,
        },
        { when: { kind: 'after', s: 6 }, speed: { toMps: otherMps, rateMps2: 1 } },
      ],
    })
    return makeStage({
      name,
      network,
      ego: { road: '1', lane: -2, s: startM, speedMps: egoSpeedMps },
      limitMps,
      goalM: Math.min(goalM, egoSpeedMps * 20),
      maxTimeS: 45,
      actors: [other],
      environment:
        weather === 'dry'
          ? { friction }
          : {
              friction,
              illuminanceLux: 2000,
              visualRangeM: given['visualRangeM'] ?? 1000,
              precipitation: 'rain',
              precipitationMmPerH: given['rainMmPerH'] ?? 5,
            },
    })
  }
}

export const cutIn: BuiltInScenario = {
  name: 'cut-in',
  title: 'Cut-in',
  summary: 'A slower car changes into the lane close ahead, and may brake then.',
  scenarioClass: 'cut-in',
  parameters,
  build: build('cut-in', 'dry'),
}

export const rain: BuiltInScenario = {
  name: 'rain-cut-in',
  title: 'Cut-in in the rain',
  summary: 'A slower car changes into the lane close ahead on a wet road, seen through rain.',
  scenarioClass: 'rain',
  parameters: [
    ...parameters.filter(({ name }) => name !== 'friction' && name !== 'ttcS'),
    seconds('ttcS', 'Time to collision when it begins to change lanes.', [1.5, 3.5, 6]),
    grip([0.4, 0.6, 0.8]),
    { name: 'rainMmPerH', unit: 'mm/h', summary: 'Rain.', default: 8, min: 1, max: 40 },
    { name: 'visualRangeM', unit: 'm', summary: 'Visual range.', default: 600, min: 120, max: 2000 },
  ],
  build: build('rain-cut-in', 'rain'),
}
