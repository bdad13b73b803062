import { wrapAngle } from '@heavylift/core/math'
import { AgentTable } from '../../world/scene/agent-table.ts'
import { emptyBox, readBox, signedBoxDistance } from '../../clearance/metrics/moving-box.ts'
import type { MovingBox } from '../../clearance/metrics/moving-box.ts'
import type { RecordedWindow } from './recorded-window.ts'
import { pastSteps, stepS, Tracks } from './tracks.ts'

/** What is looked at in each step, in this order. */
export const stepFeatures = [
  'linearSpeed',
  'linearAcceleration',
  'angularSpeed',
  'angularAcceleration',
  'distanceToNearest',
  'timeToCollision',
  'distanceToRoadEdge',
] as const
export type StepFeature = (typeof stepFeatures)[number]

/** Nobody is looked for further off. */
const nearM = 40
const mostTtcS = 5
/** Who is followed: in about the same direction, and in the way; with little of the body in the way only in nearly the same direction. */
const mostTurnRad = (75 * Math.PI) / 180
const smallOverlapM = 0.5
const mostTurnSmallRad = (10 * Math.PI) / 180

/** What tracks are like ahead of now: by feature, agent × steps + step (NaN where it is not known). A distance below zero is a collision, one beyond the edge off the road. */
export interface Features {
  agents: number
  steps: number
  values: Record<StepFeature, Float64Array>
}

/**
 * Features of tracks as the Sim Agents challenge defines them (Montali et al. 2023, arXiv 2305.12032, 4.3 and appendix): speeds and turns by central
 * differences, distance from body to body (below zero where they overlap), time until the one ahead in the way would be hit at both's speeds, distance of
 * the corner that is furthest off the road.
 */
export function featuresOf(window: RecordedWindow, tracks: Tracks): Features {
  const { agents } = window
  const steps = tracks.frames - pastSteps - 1
  const values = Object.fromEntries(
    stepFeatures.map((feature) => [feature, new Float64Array(agents.length * steps).fill(NaN)]),
  ) as Record<StepFeature, Float64Array>
  const features: Features = { agents: agents.length, steps, values }
  for (const [agent, { isScored }] of agents.entries()) if (isScored) kinematics(tracks, agent, values)
  const table = new AgentTable(agents.length)
  for (const [index, { kind, lengthM, widthM }] of agents.entries())
    table.add({ name: `${index}`, kind, lengthM, widthM })
  const boxes = agents.map(emptyBox)
  for (let step = 0; step < steps; step++) {
    const frame = pastSteps + 1 + step
    for (let agent = 0; agent < agents.length; agent++) {
      const at = agent * tracks.frames + frame
      table.isPresent[agent] = tracks.isThere[at] as number
      table.x[agent] = tracks.x[at] as number
      table.y[agent] = tracks.y[at] as number
      table.heading[agent] = tracks.heading[at] as number
      table.speedMps[agent] = speedAt(tracks, at, frame)
      readBox(table, agent, boxes[agent] as MovingBox)
    }
    for (const [agent, { isScored }] of agents.entries())
      if (isScored && table.isPresent[agent] === 1) lookRound(window, table, boxes, agent, step, features)
  }
  return features
}

/** By central differences; by those to one side at the ends of a track. */
function speedAt({ x, y, isThere, frames }: Tracks, at: number, frame: number): number {
  const from = isThere[at - 1] === 1 ? at - 1 : at
  const to = frame + 1 < frames && isThere[at + 1] === 1 ? at + 1 : at
  if (from === to) return 0
  const [dx, dy] = [(x[to] as number) - (x[from] as number), (y[to] as number) - (y[from] as number)]
  return Math.hypot(dx, dy) / ((to - from) * stepS)
}

function kinematics(tracks: Tracks, agent: number, values: Features['values']): void {
  const { frames, x, y, heading, isThere } = tracks
  const start = agent * frames
  const speed = new Float64Array(frames).fill(NaN)
  const turning = new Float64Array(frames).fill(NaN)
  for (let frame = 1; frame + 1 < frames; frame++) {
    const [before, at, after] = [start + frame - 1, start + frame, start + frame + 1]
    if (isThere[before] === 0 || isThere[at] === 0 || isThere[after] === 0) continue
    const dx = (x[after] as number) - (x[before] as number)
    const dy = (y[after] as number) - (y[before] as number)
    speed[frame] = Math.hypot(dx, dy) / (2 * stepS)
    turning[frame] = wrapAngle((heading[after] as number) - (heading[before] as number)) / (2 * stepS)
  }
  const steps = frames - pastSteps - 1
  for (let step = 0; step < steps; step++) {
    const frame = pastSteps + 1 + step
    const out = agent * steps + step
    values.linearSpeed[out] = speed[frame] as number
    values.angularSpeed[out] = turning[frame] as number
    if (frame + 1 >= frames) continue
    const change = (list: Float64Array) =>
      ((list[frame + 1] as number) - (list[frame - 1] as number)) / (2 * stepS)
    values.linearAcceleration[out] = change(speed)
    values.angularAcceleration[out] = change(turning)
  }
}

const reachOf = ({ halfLengthM, halfWidthM }: MovingBox) => halfLengthM + halfWidthM

/** What depends on others and on the road. */
function lookRound(
  { edge }: RecordedWindow,
  table: AgentTable,
  boxes: readonly MovingBox[],
  agent: number,
  step: number,
  { steps, values }: Features,
): void {
  let nearest = nearM
  let ttc = mostTtcS
  let gapAhead = Infinity
  const own = boxes[agent] as MovingBox
  for (let row = 0; row < table.count; row++) {
    if (row === agent || table.isPresent[row] === 0) continue
    const other = boxes[row] as MovingBox
    const [dx, dy] = [other.x - own.x, other.y - own.y]
    const apart = Math.sqrt(dx * dx + dy * dy) - reachOf(own) - reachOf(other)
    if (apart < nearest) nearest = Math.min(nearest, signedBoxDistance(own, other))
    if (apart > gapAhead) continue
    const gap = gapTo(
      own,
      other,
      wrapAngle((table.heading[row] as number) - (table.heading[agent] as number)),
    )
    if (gap >= gapAhead) continue
    gapAhead = gap
    const closing = (table.speedMps[agent] as number) - (table.speedMps[row] as number)
    ttc = closing > 0 ? Math.min(mostTtcS, gap / closing) : mostTtcS
  }
  const out = agent * steps + step
  values.distanceToNearest[out] = nearest
  values.timeToCollision[out] = ttc
  let off = -Infinity
  for (let corner = 0; corner < 4; corner++) {
    const ahead = own.halfLengthM * (corner & 1 ? 1 : -1)
    const left = own.halfWidthM * (corner & 2 ? 1 : -1)
    const x = own.x + ahead * own.cos - left * own.sin
    const y = own.y + ahead * own.sin + left * own.cos
    off = Math.max(off, edge.signedDistance(x, y))
  }
  values.distanceToRoadEdge[out] = off
}

/** Metres to one that is followed, Infinity to others. */
function gapTo(own: MovingBox, other: MovingBox, turnRad: number): number {
  const turn = Math.abs(turnRad)
  if (turn > mostTurnRad) return Infinity
  const [dx, dy] = [other.x - own.x, other.y - own.y]
  const along = dx * own.cos + dy * own.sin
  const across = Math.abs(dy * own.cos - dx * own.sin)
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const gap = along - own.halfLengthM - other.halfLengthM * cos - other.halfWidthM * sin
  const overlap = own.halfWidthM + other.halfLengthM * sin + other.halfWidthM * cos - across
  if (gap < 0 || overlap <= 0 || (overlap < smallOverlapM && turn > mostTurnSmallRad)) return Infinity
  return gap
}
