import { clamp, createRandom } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'
import type { RoadNetwork } from '../../world/opendrive/road-network.ts'
import { ReferencePath } from '../../world/lanes/reference-path.ts'
import { routeAlong } from '../../world/lanes/route.ts'
import { AgentTable, agentLights } from '../../world/scene/agent-table.ts'
import type { AgentKind } from '../../world/scene/agent-table.ts'
import type { Environment } from '../../world/scene/environment.ts'
import type { Scene } from '../../world/scene/scene.ts'
import { SignalTable } from '../../world/scene/signal-table.ts'
import { parkingWidthM } from '../../world/town/cross-section.ts'
import { intersection } from '../../world/town/intersection.ts'

interface Mover {
  row: number
  path: ReferencePath
  s: number
  lateral: number
  startsAtS: number
  desiredMps: number
  /** Changes of mind: at each time a new desired speed. */
  changes: { atS: number; desiredMps: number }[]
  /** Along its path to where it waits for its turn at the junction, and the arm that it comes from (−1: none). */
  stopsAtM: number
  arm: number
}

export interface MadeSceneOptions {
  seed: number
  vehicles: number
  pedestrians: number
  parked: number
  environment: Environment
}

/** A scene that moves by itself, the vehicle under test (row 0) too. */
export interface MovingScene {
  scene: Scene
  step(dtS: number): void
}

const sizes: [AgentKind, number, number, number, number][] = [
  ['car', 4.5, 1.85, 1.5, 0.7],
  ['truck', 8, 2.5, 3.2, 0.08],
  ['bus', 12, 2.55, 3.2, 0.07],
  ['motorcycle', 2.1, 0.8, 1.4, 0.07],
  ['bicycle', 1.8, 0.6, 1.7, 0.08],
]

/** Traffic through one intersection: vehicles that follow routes and keep off what is in front of them, people on foot, parked cars. */
export function madeScene(options: MadeSceneOptions): MovingScene {
  const random = createRandom(`made-scene-${options.seed}`)
  const lanes = random.int(1, 2)
  const network = intersection({ armLengthM: 120, lanes, hasParking: true })
  const borderM = 3.5 * lanes + parkingWidthM
  const agents = new AgentTable(options.vehicles + options.pedestrians + options.parked + 1)
  const isDark = options.environment.illuminanceLux < 100
  const movers: Mover[] = []
  for (let at = 0; at <= options.vehicles; at++) movers.push(addVehicle(at, agents, network, random, isDark))
  for (let at = 0; at < options.pedestrians; at++) movers.push(addWalker(agents, network, random, borderM))
  for (let at = 0; at < options.parked; at++) park(agents, network, random, borderM)
  const scene: Scene = {
    timeS: 0,
    network,
    agents,
    signals: new SignalTable([]),
    environment: options.environment,
    ego: 0,
  }
  for (const mover of movers) place(mover, scene, 0)
  return {
    scene,
    step(dtS) {
      scene.timeS += dtS
      for (const mover of movers) place(mover, scene, dtS)
    },
  }
}

function addVehicle(
  at: number,
  agents: AgentTable,
  network: RoadNetwork,
  random: Random,
  isDark: boolean,
): Mover {
  let pick = random.next()
  const size = at === 0 ? sizes[0] : sizes.find((one) => (pick -= one[4]) < 0)
  const [kind, lengthM, widthM, heightM] = size ?? (sizes[0] as (typeof sizes)[number])
  const row = agents.add({ name: at === 0 ? 'Ego' : `vehicle-${at}`, kind, lengthM, widthM, heightM })
  if (isDark) agents.lights[row] = agentLights.headlights
  const arm = at % 4
  const to = [0, 1, 2, 3].filter((other) => other !== arm)[random.int(0, 2)] as number
  const path = routeAlong(
    network,
    { road: arm, lane: -1, s: 1 },
    { lengthM: 300, through: [String(1000 + 100 * (arm + 1) + 10 * (to + 1))] },
  )
  const slow = kind === 'bicycle' ? 0.4 : 1
  return {
    row,
    path,
    s: at === 0 ? 75 : 6 + 16 * Math.floor(at / 4) + 6 * random.next(),
    lateral: kind === 'bicycle' ? -1 : 0.4 * (random.next() - 0.5),
    startsAtS: 0,
    stopsAtM: 112,
    arm,
    desiredMps: slow * (7 + 7 * random.next()),
    changes: Array.from({ length: 8 }, (_, index) => ({
      atS: 4 * index + 4 * random.next(),
      desiredMps: slow * (random.chance(0.25) ? 0 : 5 + 9 * random.next()),
    })),
  }
}

/** On a sidewalk along an arm, or straight across it. */
function addWalker(agents: AgentTable, network: RoadNetwork, random: Random, borderM: number): Mover {
  const row = agents.add({
    name: `person-${agents.count}`,
    kind: 'pedestrian',
    lengthM: 0.5,
    widthM: 0.5,
    heightM: 1.5 + 0.4 * random.next(),
  })
  const pose = new Float64Array(4)
  const side = random.chance(0.5) ? 1 : -1
  const crosses = random.chance(0.4)
  const from = 20 + 90 * random.next()
  const walk = (borderM + 1 + random.next()) * side
  network.trackPose(random.int(0, 3), from, walk, pose)
  const [x = 0, y = 0, along = 0] = pose
  const heading = crosses ? along - (side * Math.PI) / 2 : random.chance(0.5) ? along : along + Math.PI
  const stops = random.chance(0.4)
    ? [{ atS: 15 * random.next(), desiredMps: random.chance(0.5) ? 0 : 2.8 }]
    : []
  return {
    row,
    path: straightPath(x, y, heading, crosses ? 2 * Math.abs(walk) : Math.min(from, 110 - from) + 10),
    s: 0,
    lateral: 0,
    startsAtS: crosses ? 14 * random.next() : 0,
    desiredMps: 0.8 + random.next(),
    changes: stops,
    stopsAtM: Infinity,
    arm: -1,
  }
}

function straightPath(x: number, y: number, heading: number, lengthM: number): ReferencePath {
  const path = new ReferencePath(Math.max(3, Math.ceil(lengthM / 0.5)), 0.5)
  for (let at = 0; at < path.count; at++) {
    path.x[at] = x + 0.5 * at * Math.cos(heading)
    path.y[at] = y + 0.5 * at * Math.sin(heading)
    path.heading[at] = heading
  }
  return path
}

function park(agents: AgentTable, network: RoadNetwork, random: Random, borderM: number): void {
  const row = agents.add({ name: `parked-${agents.count}`, kind: 'car', lengthM: 4.5, widthM: 1.85 })
  const road = row % 4
  const pose = new Float64Array(4)
  const side = random.chance(0.5) ? 1 : -1
  network.trackPose(road, 8 + 7 * Math.floor(row / 4), side * (borderM - parkingWidthM / 2), pose)
  agents.x[row] = pose[0] as number
  agents.y[row] = pose[1] as number
  agents.heading[row] = pose[2] as number
}

const out = new Float64Array(2)

/** Arms take turns at the junction: so long each, the last part of it for those inside to leave. */
const turnS = 7
const clearingS = 2.5

function mayEnter({ arm }: Mover, timeS: number): boolean {
  return Math.floor(timeS / turnS) % 4 === arm && timeS % turnS < turnS - clearingS
}

function place(mover: Mover, { agents, timeS }: Scene, dtS: number): void {
  const { row, path } = mover
  if (timeS < mover.startsAtS && dtS > 0) return
  for (const { atS, desiredMps } of mover.changes)
    if (timeS >= atS && timeS - dtS < atS) mover.desiredMps = desiredMps
  const before = agents.speedMps[row] as number
  const isWalker = (agents.lengthM[row] as number) < 1
  const wanted = dtS === 0 ? mover.desiredMps : Math.min(mover.desiredMps, bendSpeed(mover))
  const free = isWalker ? wanted : Math.min(wanted, roomSpeed(mover, agents), turnSpeed(mover, agents, timeS))
  const change = clamp((free - before) / 0.6, -5, 2)
  const speed = dtS === 0 ? (timeS < mover.startsAtS ? 0 : free) : Math.max(0, before + change * dtS)
  mover.s += ((before + speed) / 2) * dtS
  if (mover.s > path.lengthM - 1) agents.isPresent[row] = 0
  path.pointAt(mover.s, mover.lateral, out)
  const heading = path.headingAt(mover.s)
  agents.yawRateRadps[row] = dtS > 0 ? (heading - (agents.heading[row] as number)) / dtS : 0
  agents.x[row] = out[0] as number
  agents.y[row] = out[1] as number
  agents.heading[row] = heading
  agents.accelerationMps2[row] = dtS > 0 ? (speed - before) / dtS : 0
  agents.speedMps[row] = speed * (1 - path.curvatureAt(mover.s) * mover.lateral)
}

function bendSpeed({ path, s }: Mover): number {
  let speed = 20
  for (let ahead = 0; ahead < 20; ahead += 2)
    speed = Math.min(
      speed,
      Math.sqrt(2.5 / Math.max(1e-3, Math.abs(path.curvatureAt(s + ahead))) + 4 * ahead),
    )
  return speed
}

function turnSpeed(mover: Mover, agents: AgentTable, timeS: number): number {
  const gap = mover.stopsAtM - mover.s - (agents.lengthM[mover.row] as number) / 2
  return gap < -1 || mayEnter(mover, timeS) ? Infinity : Math.sqrt(Math.max(0, 4 * (gap - 1)))
}

/** Speed at which it stops in time for what is in front of it. */
function roomSpeed({ row, path, s }: Mover, agents: AgentTable): number {
  const x = agents.x[row] as number
  const y = agents.y[row] as number
  const cos = Math.cos(agents.heading[row] as number)
  const sin = Math.sin(agents.heading[row] as number)
  const bend = path.curvatureAt(s + 5)
  let gap = 100
  for (let other = 0; other < agents.count; other++) {
    if (other === row || agents.isPresent[other] === 0) continue
    const dx = (agents.x[other] as number) - x
    const dy = (agents.y[other] as number) - y
    const ahead = dx * cos + dy * sin
    if (ahead < 0 || ahead > 60) continue
    const left = dy * cos - dx * sin - (bend * ahead * ahead) / 2
    if (Math.abs(left) > 1.1 + (agents.widthM[other] as number) / 2) continue
    gap = Math.min(gap, ahead - ((agents.lengthM[row] as number) + (agents.lengthM[other] as number)) / 2)
  }
  return Math.sqrt(Math.max(0, 4 * (gap - 2)))
}
