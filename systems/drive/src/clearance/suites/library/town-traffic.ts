import { createRandom } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'
import { findRoute } from '../../../world/lanes/find-route.ts'
import type { RoutePlace } from '../../../world/lanes/find-route.ts'
import { routePath } from '../../../world/lanes/route-path.ts'
import { laneDirection } from '../../../world/opendrive/road.ts'
import type { RoadNetwork } from '../../../world/opendrive/road-network.ts'
import type { ReferencePath } from '../../../world/lanes/reference-path.ts'
import { signalsOf } from '../../../world/town/signal-plan.ts'
import { town } from '../../../world/town/town.ts'
import { PedestrianSource } from '../../../world/traffic/pedestrian-source.ts'
import { trafficNetwork, TrafficSource } from '../../../world/traffic/traffic-source.ts'
import type { TrafficNetwork } from '../../../world/traffic/traffic-source.ts'
import type { BuiltInScenario } from './built-in-scenario.ts'
import { makeStage } from './make-stage.ts'
import { count, egoSpeed, grip, light, metres } from './parameter.ts'
import { networkOnce } from './straight-road.ts'

/** A route of this length at least is looked for. */
const leastRouteM = 260
const tries = 40
/** Room for the vehicle under test at both ends of a street. */
const endsM = 15
/** Time for each metre of the way, red lights and queues in it. */
const secondsPerM = 0.9

const trafficOf = new WeakMap<RoadNetwork, TrafficNetwork>()

/** The network with what traffic needs of it, made once. */
function townOf(seed: number): { network: RoadNetwork; traffic: TrafficNetwork } {
  const network = networkOnce(`town ${seed}`, () => town({ seed, columns: 3, rows: 3, hasParking: true }))
  const traffic = trafficOf.get(network) ?? trafficNetwork(network)
  trafficOf.set(network, traffic)
  return { network, traffic }
}

/** A place on a street outside of junctions. */
function placeOn(network: RoadNetwork, random: Random): RoutePlace {
  const streets = network.roads.filter(({ junction, length }) => junction === null && length > 3 * endsM)
  const road = random.pick(streets)
  const lane = random.pick(road.sections[0]?.right.filter(({ type }) => type === 'driving') ?? []).id
  const isAlong = laneDirection(road, lane) === 1
  const s = endsM + random.next() * (road.length - 2 * endsM)
  return { road: road.id, lane, s: isAlong ? s : road.length - s }
}

/** A way through the town, the longest of a few. */
function wayThrough(
  { network, traffic }: ReturnType<typeof townOf>,
  random: Random,
): { from: RoutePlace; path: ReferencePath } {
  let best: { from: RoutePlace; path: ReferencePath } | null = null
  for (let attempt = 0; attempt < tries; attempt++) {
    const from = placeOn(network, random)
    const path = routePath(traffic.graph, findRoute(traffic.graph, from, placeOn(network, random)))
    if (!best || path.lengthM > best.path.lengthM) best = { from, path }
    if (path.lengthM >= leastRouteM) break
  }
  return best as { from: RoutePlace; path: ReferencePath }
}

export const townTraffic: BuiltInScenario = {
  name: 'town-traffic',
  title: 'Through a town in traffic',
  summary:
    'A way through a small town with lights, stop signs and priority roads, among cars, trucks, cyclists and people on foot.',
  scenarioClass: 'town',
  parameters: [
    count('townSeed', 'Which town.', [1, 1, 6]),
    count('vehicles', 'Vehicles in the town.', [0, 20, 80]),
    count('people', 'People on foot.', [0, 12, 40]),
    egoSpeed([5, 12, 13.9]),
    metres('goalM', 'Length of the way.', [80, 200, 240]),
    light(),
    grip(),
  ],
  build(given, seed) {
    const { townSeed = 1, vehicles = 0, people = 0, egoSpeedMps = 0, goalM = 0, illuminanceLux = 0 } = given
    const random = createRandom(`town-traffic/${seed}`)
    const place = townOf(townSeed)
    const { network, traffic } = place
    const { from, path } = wayThrough(place, random)
    const { signals, program } = signalsOf(network)
    const wayM = Math.min(goalM, path.lengthM - endsM)
    return makeStage({
      name: 'town-traffic',
      network,
      ego: { ...from, speedMps: egoSpeedMps / 2 },
      wantedMps: egoSpeedMps,
      route: path,
      goalM: wayM,
      maxTimeS: 60 + wayM * secondsPerM,
      actors: [],
      criteria: [{ kind: 'obeysSignals' }],
      environment: { illuminanceLux, friction: given['friction'] ?? 1 },
      signals,
      signalProgram: program,
      traffic: [
        new TrafficSource({ network: traffic, seed, count: vehicles }),
        new PedestrianSource({ network, seed, count: people }),
      ],
    })
  },
}
