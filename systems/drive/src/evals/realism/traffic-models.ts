import { createRandom } from '@heavylift/core/math'
import { LaneRollout } from './lane-rollout.ts'
import type { DrivingManner } from '../../world/traffic/vehicle-mix.ts'
import type { RecordedWindow } from './recorded-window.ts'
import { pastSteps, stepS, Tracks } from './tracks.ts'

/** Moves everybody of a window on from now. */
export interface TrafficModel {
  /** Whether rollouts differ. */
  isRandom: boolean
  rollOut(window: RecordedWindow, seed: number): Tracks
}

/** What was recorded, again: nothing that draws at random for itself can be more likely. */
export const recordedModel: TrafficModel = { isRandom: false, rollOut: ({ log }) => log }

/** Everybody keeps speed and heading. */
export const constantVelocity: TrafficModel = {
  isRandom: false,
  rollOut: ({ agents, log }) => {
    const tracks = new Tracks(log.agents, log.frames)
    tracks.copyPast(log)
    for (const [agent, { now }] of agents.entries())
      for (let frame = pastSteps + 1; frame < log.frames; frame++) {
        const way = now.speedMps * (frame - pastSteps) * stepS
        tracks.put(
          agent,
          frame,
          now.x + way * Math.cos(now.heading),
          now.y + way * Math.sin(now.heading),
          now.heading,
        )
      }
    return tracks
  },
}

/** The simulator's own traffic: IDM along the lanes, MOBIL between them. */
export function laneTraffic(manner: DrivingManner): TrafficModel {
  return {
    isRandom: true,
    rollOut: (window, seed) =>
      new LaneRollout(window, manner, createRandom(`realism ${window.name} ${seed}`)).run(),
  }
}
