import type { Recording } from '../../src/clearance/recordings/recording.ts'
import { emptyPose, Replay } from '../viewer/replay.ts'
import { framesOf, mean } from './frames.ts'
import type { Curve } from './frames.ts'

/** How far ahead plan and drive are compared, in seconds. */
const aheadS = 1

/** What was planned, and how it was followed. */
export interface PlanningFigures {
  proposals: Curve
  /** Score of the chosen plan. */
  chosen: Curve
  /** Distance between the way that was planned for a second and the way that was driven in it. */
  followed: Curve
  meanFollowErrorM: number
  /** How often another proposal than before was chosen, each second. */
  changesPerS: number
}

export function planningFigures(recording: Recording): PlanningFigures {
  const curve = (name: string): Curve => ({ name, timeS: [], values: [] })
  const [proposals, chosen, followed] = [curve('proposals'), curve('score'), curve('distance')]
  const replay = new Replay(recording)
  const pose = emptyPose()
  let before = -1
  let changes = 0
  for (const { frame, ego } of framesOf(recording)) {
    const plans = frame.explanation?.plans ?? []
    const index = plans.findIndex(({ isChosen }) => isChosen)
    const plan = plans[index]
    if (!plan) continue
    proposals.timeS.push(frame.timeS)
    proposals.values.push(plans.length)
    chosen.timeS.push(frame.timeS)
    chosen.values.push(plan.score)
    if (before >= 0 && before !== index) changes++
    before = index
    const at = 2 * Math.round(aheadS / plan.stepS)
    if (frame.timeS + aheadS > replay.durationS || at + 1 >= plan.points.length) continue
    if (!replay.poseOf(recording.ego, frame.timeS + aheadS, pose)) continue
    const [x = 0, y = 0] = plan.points
    followed.timeS.push(frame.timeS)
    // Ways, not places: a plan is of the rear axle, a pose of the middle.
    followed.values.push(
      Math.hypot(
        (plan.points[at] as number) - x - (pose.x - ego.x),
        (plan.points[at + 1] as number) - y - (pose.y - ego.y),
      ),
    )
  }
  return {
    proposals,
    chosen,
    followed,
    meanFollowErrorM: mean(followed.values),
    changesPerS: changes / Math.max(replay.durationS, 1e-6),
  }
}
