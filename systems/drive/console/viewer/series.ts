import { leastTimeToCollision } from '../../src/clearance/metrics/time-to-collision.ts'
import { AgentTable } from '../../src/world/scene/agent-table.ts'
import type { Recording } from '../../src/clearance/recordings/recording.ts'
import { posesOf } from './replay.ts'

/** What is drawn under a replay, by frame. */
export interface Series {
  timeS: number[]
  speedMps: number[]
  accelerationMps2: number[]
  /** Infinity where nothing is in the way. */
  ttcS: number[]
  /** Frames in which the safety layer or the emergency brake stepped in, with why. */
  interventions: { timeS: number; words: string }[]
}

export function seriesOf(recording: Recording): Series {
  const agents = new AgentTable(recording.agents.length)
  for (const agent of recording.agents) agents.add(agent)
  const series: Series = { timeS: [], speedMps: [], accelerationMps2: [], ttcS: [], interventions: [] }
  let before = ''
  for (const frame of recording.frames) {
    agents.isPresent.fill(0)
    for (const pose of posesOf(frame)) {
      agents.isPresent[pose.row] = 1
      agents.x[pose.row] = pose.x
      agents.y[pose.row] = pose.y
      agents.heading[pose.row] = pose.heading
      agents.speedMps[pose.row] = pose.speedMps
      agents.accelerationMps2[pose.row] = pose.accelerationMps2
    }
    series.timeS.push(frame.timeS)
    series.speedMps.push(agents.speedMps[recording.ego] as number)
    series.accelerationMps2.push(agents.accelerationMps2[recording.ego] as number)
    series.ttcS.push(leastTimeToCollision(agents, recording.ego))
    const said = frame.explanation?.interventions ?? []
    // The figures in a reason change from step to step; what comes before them tells whether it is the same one.
    const reasons = said.map((one) => one.split(':')[0]).join(', ')
    if (reasons !== '' && reasons !== before)
      series.interventions.push({ timeS: frame.timeS, words: said.join(', ') })
    before = reasons
  }
  return series
}
