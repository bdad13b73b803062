import { sum } from '@heavylift/core/math'
import type { Recording } from '../../src/clearance/recordings/recording.ts'
import { framesOf, mean } from './frames.ts'
import type { Curve } from './frames.ts'
import { matchTracks } from './match-tracks.ts'

/** Agents further than this are not asked for, in metres. */
const reachM = 60
/** A track further than this from every agent is of none. */
const gateM = 3
/** A track counts from this chance on that it is real. */
const leastExistence = 0.5

/** What perception told beside what was there, within 60 m. */
export interface PerceptionFigures {
  there: Curve
  tracked: Curve
  missed: Curve
  wrong: Curve
  /** Error of place against distance, for each match. */
  errors: { distanceM: number; errorM: number }[]
  meanErrorM: number
  missedShare: number
  /** Tracks of nothing, a frame. */
  falsePerFrame: number
  /** How often an agent got another track. */
  idSwitches: number
  /** Mean of the squared error of place over its covariance; 2 where the covariance is right. NaN without covariance. */
  nees: number
  /** Detections by sensor over the run. */
  detections: { sensor: string; count: number }[]
}

export function perceptionFigures(recording: Recording): PerceptionFigures {
  const curve = (name: string): Curve => ({ name, timeS: [], values: [] })
  const [there, tracked, missed, wrong] = [
    curve('there'),
    curve('tracked'),
    curve('missed'),
    curve('of nothing'),
  ]
  const errors: PerceptionFigures['errors'] = []
  const squares: number[] = []
  const last = new Map<number, number>()
  const counts = new Map<string, number>()
  let idSwitches = 0
  for (const { frame, poses, ego } of framesOf(recording)) {
    const { explanation } = frame
    if (!explanation) continue
    for (const { sensor } of explanation.detections) counts.set(sensor, (counts.get(sensor) ?? 0) + 1)
    const isNear = ({ x, y }: { x: number; y: number }) => Math.hypot(x - ego.x, y - ego.y) <= reachM
    const agents = [...poses.values()].filter((pose) => pose.row !== recording.ego)
    const tracks = explanation.tracks.filter(({ existence }) => existence >= leastExistence)
    const matches = matchTracks(tracks, agents, gateM)
    const near = matches.filter(({ pose }) => isNear(pose))
    const wanted = agents.filter(isNear).length
    const matchedIds = new Set(matches.map(({ track }) => track.id))
    for (const [kept, value] of [
      [there, wanted],
      [tracked, near.length],
      [missed, wanted - near.length],
      [wrong, tracks.filter((track) => isNear(track) && !matchedIds.has(track.id)).length],
    ] as const) {
      kept.timeS.push(frame.timeS)
      kept.values.push(value)
    }
    for (const { track, pose, distanceM } of near) {
      errors.push({ distanceM: Math.hypot(pose.x - ego.x, pose.y - ego.y), errorM: distanceM })
      const known = last.get(pose.row)
      if (known !== undefined && known !== track.id) idSwitches++
      last.set(pose.row, track.id)
      const [xx, xy, yy] = track.covariance
      const determinant = xx * yy - xy * xy
      const dx = track.x - pose.x
      const dy = track.y - pose.y
      if (determinant > 1e-12) squares.push((yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / determinant)
    }
  }
  const sumOf = ({ values }: Curve) => sum(values)
  return {
    there,
    tracked,
    missed,
    wrong,
    errors,
    meanErrorM: mean(errors.map(({ errorM }) => errorM)),
    missedShare: sumOf(missed) / Math.max(1, sumOf(there)),
    falsePerFrame: mean(wrong.values),
    idSwitches,
    nees: mean(squares),
    detections: [...counts].map(([sensor, count]) => ({ sensor, count })),
  }
}
