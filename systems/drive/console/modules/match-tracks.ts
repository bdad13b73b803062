import type { ExplainedTrack } from '../../src/driver/explanation.ts'
import type { AgentPose } from '../viewer/replay.ts'

/** A track and the agent that it is of. */
export interface TrackMatch {
  track: ExplainedTrack
  pose: AgentPose
  distanceM: number
}

/** Tracks with the agents that they are of: nearest pairs first, none further apart than `gateM`. */
export function matchTracks(
  tracks: readonly ExplainedTrack[],
  agents: readonly AgentPose[],
  gateM: number,
): TrackMatch[] {
  const pairs: TrackMatch[] = []
  for (const track of tracks)
    for (const pose of agents) {
      const distanceM = Math.hypot(track.x - pose.x, track.y - pose.y)
      if (distanceM <= gateM) pairs.push({ track, pose, distanceM })
    }
  pairs.sort((a, b) => a.distanceM - b.distanceM)
  const takenTracks = new Set<number>()
  const takenRows = new Set<number>()
  return pairs.filter(({ track, pose }) => {
    if (takenTracks.has(track.id) || takenRows.has(pose.row)) return false
    takenTracks.add(track.id)
    takenRows.add(pose.row)
    return true
  })
}
