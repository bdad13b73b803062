import { laneSigns } from '../../world/lanes/lane-graph.ts'
import { roadUserClasses } from '../perception/tracking/road-user-class.ts'
import type { TrackTable } from '../perception/track-table.ts'
import { agentLights } from '../../world/scene/agent-table.ts'
import type { SignalTable } from '../../world/scene/signal-table.ts'
import { freeMode } from './free-modes.ts'
import type { LaneIndex, LanePose } from './lane-index.ts'
import { laneMode, leaderOn } from './lane-modes.ts'
import type { Leader, Manner, TrackLanes } from './lane-modes.ts'
import type { LanePath, LaneRoads } from './lane-path.ts'
import type { MotionMode } from './motion-mode.ts'
import { predictionModes } from './prediction-table.ts'

const mostPaths = 3
const horizonS = 6
const turnedRad = Math.PI / 5

/** Makes the ways that a track may go, with what tells how likely each is. */
export class ModeSet {
  readonly #index: LaneIndex
  readonly #roads: LaneRoads
  readonly #signals: SignalTable

  constructor(index: LaneIndex, roads: LaneRoads, signals: SignalTable) {
    this.#index = index
    this.#roads = roads
    this.#signals = signals
  }

  /** The best lane of each track that drives on lanes. */
  lanesOf(tracks: Readonly<TrackTable>): (LanePose | undefined)[] {
    return Array.from({ length: tracks.count }, (_, row) =>
      drivesOnLanes(tracks, row)
        ? this.#index.find(
            tracks.x[row] as number,
            tracks.y[row] as number,
            tracks.heading[row] as number,
            1,
          )[0]
        : undefined,
    )
  }

  modesOf(tracks: Readonly<TrackTable>, row: number, lanes: TrackLanes): MotionMode[] {
    const turning = freeMode(tracks, row)
    this.#describeFree(turning, tracks, row, turning, 9)
    turning.prior = -1.5
    const best = lanes[row]
    if (best === undefined) return this.#freeModes(tracks, row, turning)
    const x = tracks.x[row] as number
    const y = tracks.y[row] as number
    const speed = Math.abs(tracks.speedMps[row] as number)
    const reach = Math.min(160, Math.max(40, speed * horizonS * 1.3 + 15))
    const poses = this.#index.find(x, y, tracks.heading[row] as number, mostPaths)
    const ways = this.#distinct(
      poses.filter((pose) => this.#overlaps(pose, best)),
      reach,
    )
    const modes: MotionMode[] = []
    const add = (path: LanePath, manner: Manner) => {
      if (modes.length === predictionModes - 1) return
      modes.push(
        this.#laneModeOf(
          tracks,
          row,
          path,
          manner,
          lanes,
          ways.length,
          path.start.lane !== best.lane,
          turning,
        ),
      )
    }
    for (const path of ways) add(path, 'goes')
    const first = ways[0] as LanePath
    add(first, 'yields')
    for (const change of this.#besides(best, tracks, row, reach)) add(change, 'goes')
    add(first, 'keeps')
    return [...modes, turning]
  }

  /** Lanes of a junction lie over one another where they begin: a body is on all of them. */
  #overlaps(pose: LanePose, best: LanePose): boolean {
    if (pose.lane === best.lane) return true
    const { junction } = this.#roads.graph
    const isInside = (junction[pose.lane] as number) >= 0 && junction[pose.lane] === junction[best.lane]
    return (
      isInside &&
      Math.abs(pose.lateralM - best.lateralM) < 1.2 &&
      Math.abs(pose.turnRad - best.turnRad) < 0.35
    )
  }

  #distinct(poses: LanePose[], reachM: number): LanePath[] {
    const ways: LanePath[] = []
    for (const pose of poses)
      for (const path of this.#roads.pathsFrom(pose, reachM)) if (ways.length < mostPaths) ways.push(path)
    return ways
  }

  /** The lanes beside, the one that it drifts or signals to first. */
  #besides(best: LanePose, tracks: Readonly<TrackTable>, row: number, reachM: number): LanePath[] {
    const { left, right, widthM, lengthM } = this.#roads.graph
    const lights = tracks.lights[row] as number
    const drift =
      best.turnRad +
      0.1 * best.lateralM +
      ((lights & agentLights.left) !== 0 ? 1 : 0) -
      ((lights & agentLights.right) !== 0 ? 1 : 0)
    const sides: [number, number][] = [
      [left[best.lane] as number, -1],
      [right[best.lane] as number, 1],
    ]
    if (drift < 0) sides.reverse()
    return sides.flatMap(([lane, sign]) => {
      if (lane < 0) return []
      const beside = ((widthM[lane] as number) + (widthM[best.lane] as number)) / 2
      const share = best.s / (lengthM[best.lane] as number)
      const pose = {
        ...best,
        lane,
        s: share * (lengthM[lane] as number),
        lateralM: best.lateralM + sign * beside,
      }
      return this.#roads.pathsFrom(pose, reachM).slice(0, 1)
    })
  }

  #laneModeOf(
    tracks: Readonly<TrackTable>,
    row: number,
    path: LanePath,
    manner: Manner,
    lanes: TrackLanes,
    ways: number,
    isChange: boolean,
    turning: MotionMode,
  ): MotionMode {
    const leader = leaderOn(tracks, row, path, lanes)
    const stop = this.#roads.stopOn(path, 80, this.#signals)
    const mode = laneMode(tracks, row, this.#roads, path, manner, leader, stop)
    describeTrack(mode, tracks, row, turning)
    const { features } = mode
    const { start } = path
    const speed = tracks.speedMps[row] as number
    features[manner === 'goes' ? 6 : manner === 'yields' ? 7 : 8] = 1
    features[13] = Math.abs(start.lateralM) / 2
    features[14] = Math.abs(start.turnRad) / 0.5
    features[15] = (-Math.sign(start.lateralM) * speed * Math.sin(start.turnRad)) / 2
    features[16] = path.turnRad / Math.PI
    features[17] = Math.abs(path.turnRad) / Math.PI
    features[18] = isChange ? 1 : 0
    features[19] = Math.min(1, stop.distanceM / 50)
    features[20] = stop.isClosed ? 1 : 0
    features[21] = stop.sign === laneSigns.stopSign || stop.sign === laneSigns.yieldSign ? 1 : 0
    describeLeader(features, leader, speed)
    features[25] = ((this.#roads.speedMps[start.lane] as number) - speed) / 10
    features[27] = ways / 4
    features[28] = agreement(tracks.lights[row] as number, isChange ? -start.lateralM / 3 : path.turnRad)
    features[33] = Math.min(1, this.#toJunction(path) / 50)
    mode.prior =
      (manner === 'goes' ? (stop.isClosed ? -2 : 0) : manner === 'yields' && stop.isClosed ? 0 : -2) -
      (isChange ? 2.5 : 0) -
      (start.lateralM / 1.5) ** 2 * (isChange ? 0 : 1) +
      1.5 * (features[28] as number)
    return mode
  }

  #toJunction({ lanes, offsets }: LanePath): number {
    const at = lanes.findIndex((lane) => (this.#roads.graph.junction[lane] as number) >= 0)
    return at < 0 ? Infinity : Math.max(0, offsets[at] as number)
  }

  /** Off the lanes: on, turning, stopping, slower, and to both sides. */
  #freeModes(tracks: Readonly<TrackTable>, row: number, turning: MotionMode): MotionMode[] {
    const steady = freeMode(tracks, row, { isSteady: true })
    const stopping = freeMode(tracks, row, { isSteady: true, stops: true })
    const slower = freeMode(tracks, row, { isSteady: true, factor: 0.5 })
    const left = freeMode(tracks, row, { isSteady: true, asideRad: 0.5 })
    const right = freeMode(tracks, row, { isSteady: true, asideRad: -0.5 })
    this.#describeFree(steady, tracks, row, turning, 10)
    this.#describeFree(stopping, tracks, row, turning, 11)
    for (const mode of [slower, left, right]) this.#describeFree(mode, tracks, row, turning, 12)
    turning.prior = -0.5
    stopping.prior = -1.5
    for (const mode of [slower, left, right]) mode.prior = -2.5
    return [steady, turning, stopping, slower, left, right]
  }

  #describeFree(
    mode: MotionMode,
    tracks: Readonly<TrackTable>,
    row: number,
    turning: MotionMode,
    which: number,
  ): void {
    describeTrack(mode, tracks, row, turning)
    mode.features[which] = 1
    mode.features[19] = 1
    mode.features[23] = 1
    mode.features[33] = 1
  }
}

function drivesOnLanes(tracks: Readonly<TrackTable>, row: number): boolean {
  const name = roadUserClasses[tracks.kind[row] as number]?.name
  return name === 'vehicle' || name === 'twoWheeler'
}

function describeTrack(
  mode: MotionMode,
  tracks: Readonly<TrackTable>,
  row: number,
  turning: MotionMode,
): void {
  const { features, x, y } = mode
  const name = roadUserClasses[tracks.kind[row] as number]?.name
  const lights = tracks.lights[row] as number
  features[0] = (tracks.speedMps[row] as number) / 15
  features[1] = (tracks.accelerationMps2[row] as number) / 4
  features[2] = tracks.yawRateRadps[row] as number
  features[3] = name === 'vehicle' ? 1 : 0
  features[4] = name === 'twoWheeler' ? 1 : 0
  features[5] = name === 'onFoot' || name === 'thing' ? 1 : 0
  features[26] =
    Math.hypot(
      (x.at(-1) as number) - (tracks.x[row] as number),
      (y.at(-1) as number) - (tracks.y[row] as number),
    ) / 80
  features[29] = (lights & (agentLights.left | agentLights.right)) === 0 ? 0 : 1
  features[30] = (lights & agentLights.brake) === 0 ? 0 : 1
  const apart = (point: number) =>
    Math.hypot(
      (x[point] as number) - (turning.x[point] as number),
      (y[point] as number) - (turning.y[point] as number),
    )
  features[31] = Math.min(2, apart(4) / 3)
  features[32] = Math.min(2, apart(9) / 6)
}

function describeLeader(features: Float64Array, { gapM, speedMps }: Leader, ownMps: number): void {
  const isNear = gapM < 50
  features[22] = isNear ? 1 : 0
  features[23] = Math.min(1, gapM / 50)
  features[24] = isNear ? (speedMps - ownMps) / 10 : 0
}

/** 1 where the indicators tell of this turn, −1 where they tell of another or the turn comes without. */
function agreement(lights: number, turnRad: number): number {
  const told = (lights & agentLights.left) !== 0 ? 1 : (lights & agentLights.right) !== 0 ? -1 : 0
  const turns = turnRad > turnedRad ? 1 : turnRad < -turnedRad ? -1 : 0
  return told === 0 ? (turns === 0 ? 0.3 : -0.3) : told === turns ? 1 : -1
}
