import { clamp } from '@heavylift/core/math'
import type { TrackTable } from '../perception/track-table.ts'
import type { LanePath, LaneRoads } from './lane-path.ts'
import type { LanePose } from './lane-index.ts'
import { newMode } from './motion-mode.ts'
import type { MotionMode } from './motion-mode.ts'
import { predictionPoints, predictionStepS } from './prediction-table.ts'

/** Treiber and Kesting 2013, table 11.2, for towns. */
const timeGapS = 1.2
const standstillM = 2
const accelerationMps2 = 1.4
const brakingMps2 = 2
const hardestMps2 = 6
/** Slower leaders count as waiting, and drive off like this. */
const queueMps = 3
const queueMps2 = 1
const reactionS = 0.7
/** How soon a body comes to the centre of its lane. */
const centringS = 2

/** Who is ahead on a way: clear distance and speed; infinite without anybody. */
export interface Leader {
  gapM: number
  speedMps: number
}

/** How a way is driven: by what follows from road, lights and leaders; held back at the next stop line; at the speed of now. */
export type Manner = 'goes' | 'yields' | 'keeps'

/** Where each track is on the lanes: its best lane, or none. */
export type TrackLanes = readonly (LanePose | undefined)[]

export function leaderOn(
  tracks: Readonly<TrackTable>,
  row: number,
  path: LanePath,
  lanes: TrackLanes,
): Leader {
  const leader = { gapM: Infinity, speedMps: 0 }
  for (let other = 0; other < tracks.count; other++) {
    const pose = lanes[other]
    if (other === row || pose === undefined || Math.abs(pose.lateralM) > 1.8) continue
    const index = path.lanes.indexOf(pose.lane)
    if (index < 0) continue
    const distance = (path.offsets[index] as number) + pose.s
    const gap = distance - ((tracks.lengthM[row] as number) + (tracks.lengthM[other] as number)) / 2
    if (distance <= 0 || gap >= leader.gapM) continue
    leader.gapM = Math.max(gap, 0.1)
    leader.speedMps = Math.max(0, tracks.speedMps[other] as number)
  }
  return leader
}

/** The track goes along a way over lanes, by the intelligent driver model (Treiber, Hennecke, Helbing 2000). */
export function laneMode(
  tracks: Readonly<TrackTable>,
  row: number,
  roads: LaneRoads,
  path: LanePath,
  manner: Manner,
  leader: Leader,
  stop: { distanceM: number },
): MotionMode {
  const mode = newMode()
  const out = new Float64Array(3)
  const front = (tracks.lengthM[row] as number) / 2
  const { lateralM } = path.start
  let s = 0
  let speed = Math.max(0, tracks.speedMps[row] as number)
  const now = clamp(tracks.accelerationMps2[row] as number, -hardestMps2, accelerationMps2)
  const factor = ownPace(roads, path, speed)
  for (let point = 0; point < predictionPoints; point++) {
    const timeS = point * predictionStepS
    let acceleration = 0
    // Where the track goes, a leader that waits drives off too, and a light that is closed opens.
    const since = manner === 'goes' && leader.speedMps < queueMps ? Math.max(0, timeS - reactionS) : 0
    const leaderMps = leader.speedMps + queueMps2 * since
    const gap = leader.gapM + leader.speedMps * timeS + (queueMps2 * since * since) / 2 - s
    if (manner === 'keeps') {
      if (leader.gapM < Infinity) acceleration = Math.min(0, follow(speed, 99, gap, leaderMps))
    } else acceleration = follow(speed, desiredOn(roads, path, s, factor), gap, leaderMps)
    if (manner === 'yields')
      acceleration = Math.min(acceleration, follow(speed, 99, stop.distanceM - front - s + standstillM, 0))
    // What it does now lasts for a moment.
    const fading = Math.exp(-timeS / 0.5)
    acceleration = fading * now + (1 - fading) * acceleration
    const next = Math.max(0, speed + acceleration * predictionStepS)
    s += ((speed + next) / 2) * predictionStepS
    speed = next
    const moving = Math.min(1, s / 3)
    roads.pointOn(
      path,
      s,
      lateralM * (1 - moving * (1 - Math.exp(-(timeS + predictionStepS) / centringS))),
      out,
    )
    mode.x[point] = out[0] as number
    mode.y[point] = out[1] as number
    mode.heading[point] = out[2] as number
  }
  return mode
}

/** Who already drives faster than the lane's speed means to; slower ones may only be held up. */
function ownPace(roads: LaneRoads, path: LanePath, speed: number): number {
  const usual = roads.speedMps[path.lanes[0] as number] as number
  return clamp(speed / usual, 1, 1.25)
}

function desiredOn(roads: LaneRoads, path: LanePath, s: number, factor: number): number {
  let desired = Infinity
  for (const [index, lane] of path.lanes.entries()) {
    const ahead = (path.offsets[index] as number) - s
    if (ahead > 60) break
    const next = path.offsets[index + 1] ?? Infinity
    if (next < s) continue
    const limit = factor * (roads.speedMps[lane] as number)
    desired = Math.min(desired, ahead <= 0 ? limit : Math.sqrt(limit * limit + 2 * brakingMps2 * ahead))
  }
  return desired
}

function follow(speed: number, desired: number, gapM: number, leaderMps: number): number {
  const free = 1 - (speed / Math.max(desired, 0.1)) ** 4
  if (gapM > 150) return Math.max(-brakingMps2, accelerationMps2 * free)
  const wanted =
    standstillM +
    Math.max(
      0,
      speed * timeGapS + (speed * (speed - leaderMps)) / (2 * Math.sqrt(accelerationMps2 * brakingMps2)),
    )
  return Math.max(-hardestMps2, accelerationMps2 * (free - (wanted / Math.max(gapM, 0.1)) ** 2))
}
