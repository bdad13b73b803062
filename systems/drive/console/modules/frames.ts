import { sum } from '@heavylift/core/math'
import type { Recording, RecordingFrame } from '../../src/clearance/recordings/recording.ts'
import type { AgentPose } from '../viewer/replay.ts'
import { posesOf } from '../viewer/replay.ts'

/** A value over the time of a run; NaN where there is none. */
export interface Curve {
  name: string
  timeS: number[]
  values: number[]
}

/** Every frame with its agents by row. */
export function* framesOf(recording: Recording): Generator<{
  frame: RecordingFrame
  index: number
  poses: Map<number, AgentPose>
  ego: AgentPose
}> {
  for (const [index, frame] of recording.frames.entries()) {
    const poses = new Map(posesOf(frame).map((pose) => [pose.row, pose]))
    const ego = poses.get(recording.ego)
    if (ego) yield { frame, index, poses, ego }
  }
}

/** Mean of what is a number; NaN of nothing. */
export function mean(values: readonly number[]): number {
  const known = values.filter(Number.isFinite)
  return sum(known) / known.length
}
