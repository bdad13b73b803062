import type { Recording, RecordingFrame } from '../../src/clearance/recordings/recording.ts'

/** Numbers for each agent in a frame of a recording. */
const frameStride = 7

/** Where an agent is at a moment between two frames. */
export interface AgentPose {
  row: number
  x: number
  y: number
  heading: number
  speedMps: number
  accelerationMps2: number
  lights: number
  hasSiren: boolean
}

/** A recording to be looked at at any time: between frames, agents are where they would be on a straight way. */
export class Replay {
  readonly recording: Recording
  readonly durationS: number
  /** Number of the frame's agents by row, −1 where one is not there; made for the frame that was asked for last. */
  readonly #places: Int32Array
  #placesOf = -1

  constructor(recording: Recording) {
    this.recording = recording
    this.durationS = recording.frames.at(-1)?.timeS ?? 0
    this.#places = new Int32Array(recording.agents.length)
  }

  /** Index of the last frame at or before a time. */
  indexAt(timeS: number): number {
    const { frames } = this.recording
    let low = 0
    let high = frames.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((frames[middle] as RecordingFrame).timeS <= timeS + 1e-9) low = middle
      else high = middle - 1
    }
    return low
  }

  frameAt(timeS: number): RecordingFrame {
    return this.recording.frames[this.indexAt(timeS)] as RecordingFrame
  }

  /** Calls `visit` for every agent that is there; the pose is used again for the next one. */
  forEach(timeS: number, pose: AgentPose, visit: (pose: AgentPose) => void): void {
    const index = this.indexAt(timeS)
    const { frames } = this.recording
    const before = frames[index] as RecordingFrame
    const after = frames[index + 1]
    const share = after ? Math.min(1, Math.max(0, (timeS - before.timeS) / (after.timeS - before.timeS))) : 0
    if (after) this.#findPlaces(index + 1, after)
    for (let at = 0; at < before.agents.length; at += frameStride) {
      readPose(before.agents, at, pose)
      const next = after ? (this.#places[pose.row] as number) : -1
      if (after && next >= 0 && share > 0) blend(pose, after.agents, next, share)
      visit(pose)
    }
  }

  /** The pose of one agent, or false where it is not there. */
  poseOf(row: number, timeS: number, pose: AgentPose): boolean {
    let isThere = false
    const found: AgentPose = { ...pose }
    this.forEach(timeS, found, (one) => {
      if (one.row !== row) return
      isThere = true
      Object.assign(pose, one)
    })
    return isThere
  }

  #findPlaces(index: number, frame: RecordingFrame): void {
    if (this.#placesOf === index) return
    this.#placesOf = index
    this.#places.fill(-1)
    for (let at = 0; at < frame.agents.length; at += frameStride)
      this.#places[frame.agents[at] as number] = at
  }
}

export function emptyPose(): AgentPose {
  return { row: 0, x: 0, y: 0, heading: 0, speedMps: 0, accelerationMps2: 0, lights: 0, hasSiren: false }
}

/** Every agent of a frame by row, without blending. */
export function posesOf(frame: RecordingFrame): AgentPose[] {
  const poses: AgentPose[] = []
  for (let at = 0; at < frame.agents.length; at += frameStride) {
    const pose = emptyPose()
    readPose(frame.agents, at, pose)
    poses.push(pose)
  }
  return poses
}

function readPose(numbers: number[], at: number, pose: AgentPose): void {
  const flags = numbers[at + 6] as number
  pose.row = numbers[at] as number
  pose.x = numbers[at + 1] as number
  pose.y = numbers[at + 2] as number
  pose.heading = numbers[at + 3] as number
  pose.speedMps = numbers[at + 4] as number
  pose.accelerationMps2 = numbers[at + 5] as number
  pose.lights = flags & 255
  pose.hasSiren = flags >> 8 !== 0
}

function blend(pose: AgentPose, after: number[], at: number, share: number): void {
  const turn = (after[at + 3] as number) - pose.heading
  pose.x += ((after[at + 1] as number) - pose.x) * share
  pose.y += ((after[at + 2] as number) - pose.y) * share
  pose.heading += (turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI))) * share
  pose.speedMps += ((after[at + 4] as number) - pose.speedMps) * share
}
