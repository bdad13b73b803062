import type { MovingBox } from '../metrics/moving-box.ts'
import { emptyBox, timeToContact } from '../metrics/moving-box.ts'
import type { DriveLog, LogAgent } from './drive-log.ts'
import { isThere, stateAt } from './drive-log.ts'
import { EgoPath } from './ego-path.ts'

export const eventKinds = ['cut-in', 'hard-brake', 'near-miss', 'occluded-pedestrian'] as const
export type EventKind = (typeof eventKinds)[number]

/** Something in a log that is worth a test. */
export interface LogEvent {
  kind: EventKind
  timeS: number
  /** Who did it; null for a hard brake. */
  agent: number | null
  /** One sentence with figures. */
  detail: string
}

/** Thresholds of the rules. Seconds, metres, metres per second. */
export const mining = {
  /** Cut-in: from beyond `outsideM` beside the way driven to within `insideM`, in no more than `inS`, with no more than `headwayS` to it then. */
  cutIn: { outsideM: 2, insideM: 1.2, inS: 4, headwayS: 2.5, leastMps: 3 },
  /** Hard brake: 4 m/s² (0.4 g) or more for 0.2 s or more. */
  hardBrake: { decelerationMps2: 4, forS: 0.2 },
  /** Near miss: time to collision at constant velocities under 1.5 s, or bodies within 0.5 m at 3 m/s or more between them. */
  nearMiss: { ttcS: 1.5, distanceM: 0.5, closingMps: 3 },
  /** Occluded pedestrian: hidden for 0.5 s or more, then seen within 4 s of driving and 4 m of the way that is driven. */
  occluded: { hiddenS: 0.5, aheadS: 4, besideM: 4, leastM: 12, leastMps: 2 },
  /** Events of one kind and agent nearer to one another than this are one. */
  apartS: 5,
} as const

/** Finds cut-ins, hard brakes, near misses and occluded pedestrians in a log, in order of time. */
export function mineEvents(log: DriveLog): LogEvent[] {
  const path = new EgoPath(log)
  const found: LogEvent[] = [...hardBrakes(log)]
  for (let agent = 0; agent < log.agents.length; agent++) {
    if (agent === log.ego) continue
    const { kind } = log.agents[agent] as LogAgent
    if (kind === 'object') continue
    const isOnFoot = kind === 'pedestrian' || kind === 'animal'
    if (!isOnFoot) found.push(...cutIns(log, path, agent))
    else found.push(...occludedPedestrians(log, path, agent))
    found.push(...nearMisses(log, agent))
  }
  const sorted = found.toSorted((a, b) => a.timeS - b.timeS)
  return sorted.filter(
    (event, index) =>
      !sorted
        .slice(0, index)
        .some(
          (other) =>
            other.kind === event.kind &&
            other.agent === event.agent &&
            event.timeS - other.timeS < mining.apartS,
        ),
  )
}

function hardBrakes({ times, states, ego, ...rest }: DriveLog): LogEvent[] {
  const log = { times, states, ego, ...rest }
  const { decelerationMps2, forS } = mining.hardBrake
  const found: LogEvent[] = []
  let sinceS = NaN
  let hardest = 0
  for (let frame = 0; frame < times.length; frame++) {
    const timeS = times[frame] as number
    const deceleration = isThere(log, frame, ego) ? -(states[stateAt(log, frame, ego) + 4] as number) : 0
    if (!(deceleration >= decelerationMps2)) {
      sinceS = NaN
      hardest = 0
      continue
    }
    if (Number.isNaN(sinceS)) sinceS = timeS
    hardest = Math.max(hardest, deceleration)
    if (timeS - sinceS >= forS - 1e-6)
      found.push({
        kind: 'hard-brake',
        timeS: sinceS,
        agent: null,
        detail: `It braked by ${hardest.toFixed(1)} m/s² for ${(timeS - sinceS).toFixed(1)} s.`,
      })
  }
  return found
}

function cutIns(log: DriveLog, path: EgoPath, agent: number): LogEvent[] {
  const { outsideM, insideM, inS, headwayS, leastMps } = mining.cutIn
  const found: LogEvent[] = []
  let outsideAtS = -Infinity
  for (const { timeS, way, left, gapM, egoMps, cos } of beside(log, path, agent)) {
    if (gapM <= 0 || cos < 0.5 || way < 0) continue
    if (Math.abs(left) >= outsideM) outsideAtS = timeS
    const isNew = timeS - outsideAtS <= inS
    if (Math.abs(left) > insideM || !isNew) continue
    if (egoMps >= leastMps && gapM <= headwayS * egoMps)
      found.push({
        kind: 'cut-in',
        timeS,
        agent,
        detail: `${log.agents[agent]?.name} came into its way ${gapM.toFixed(1)} m ahead at ${egoMps.toFixed(1)} m/s.`,
      })
    outsideAtS = -Infinity
  }
  return found
}

/** Where an agent is beside the way of the vehicle, at each time at which both are there. */
function* beside(log: DriveLog, path: EgoPath, agent: number) {
  const { states, times, agents, ego } = log
  const bodies = ((agents[ego] as LogAgent).lengthM + (agents[agent] as LogAgent).lengthM) / 2
  for (let frame = 0; frame < times.length; frame++) {
    if (!isThere(log, frame, agent) || !isThere(log, frame, ego)) continue
    const at = stateAt(log, frame, agent)
    const own = stateAt(log, frame, ego)
    const from = path.ways[frame] as number
    const place = path.project(states[at] as number, states[at + 1] as number, from, 100)
    if (!place) continue
    yield {
      frame,
      timeS: times[frame] as number,
      way: place.way,
      left: place.left,
      gapM: place.way - from - bodies,
      egoMps: states[own + 3] as number,
      cos: Math.cos((states[at + 2] as number) - (states[own + 2] as number)),
    }
  }
}

function readState(log: DriveLog, frame: number, agent: number, out: MovingBox): void {
  const at = stateAt(log, frame, agent)
  const { lengthM, widthM } = log.agents[agent] as LogAgent
  const speed = log.states[at + 3] as number
  out.x = log.states[at] as number
  out.y = log.states[at + 1] as number
  out.cos = Math.cos(log.states[at + 2] as number)
  out.sin = Math.sin(log.states[at + 2] as number)
  out.halfLengthM = lengthM / 2
  out.halfWidthM = widthM / 2
  out.vx = speed * out.cos
  out.vy = speed * out.sin
}

function nearMisses(log: DriveLog, agent: number): LogEvent[] {
  const { ttcS, distanceM, closingMps } = mining.nearMiss
  const own = emptyBox()
  const other = emptyBox()
  const found: LogEvent[] = []
  for (let frame = 0; frame < log.times.length; frame++) {
    if (!isThere(log, frame, agent) || !isThere(log, frame, log.ego)) continue
    readState(log, frame, log.ego, own)
    readState(log, frame, agent, other)
    const between = Math.hypot(own.vx - other.vx, own.vy - other.vy)
    if (between < closingMps) continue
    const contactS = timeToContact(own, other, ttcS)
    // Bodies grown by half of the distance touch where they are nearer than it.
    own.halfLengthM += distanceM / 2
    own.halfWidthM += distanceM / 2
    other.halfLengthM += distanceM / 2
    other.halfWidthM += distanceM / 2
    const isClose = timeToContact(own, other, 0.001) === 0
    if (contactS > ttcS && !isClose) continue
    const name = log.agents[agent]?.name
    found.push({
      kind: 'near-miss',
      timeS: log.times[frame] as number,
      agent,
      detail: isClose
        ? `It was within ${distanceM} m of ${name} at ${between.toFixed(1)} m/s between them.`
        : `It was ${contactS.toFixed(1)} s from hitting ${name}.`,
    })
  }
  return found
}

function occludedPedestrians(log: DriveLog, path: EgoPath, agent: number): LogEvent[] {
  const { hiddenS, aheadS, besideM, leastM, leastMps } = mining.occluded
  const found: LogEvent[] = []
  let hiddenSinceS = NaN
  for (const { frame, timeS, left, gapM, egoMps } of beside(log, path, agent)) {
    const isHidden = hides(log, frame, agent)
    if (isHidden) {
      if (Number.isNaN(hiddenSinceS)) hiddenSinceS = timeS
      continue
    }
    const wasHidden = timeS - hiddenSinceS >= hiddenS - 1e-6
    hiddenSinceS = NaN
    if (!wasHidden || egoMps < leastMps || gapM < 0 || Math.abs(left) > besideM) continue
    if (gapM > Math.max(leastM, aheadS * egoMps)) continue
    found.push({
      kind: 'occluded-pedestrian',
      timeS,
      agent,
      detail: `${log.agents[agent]?.name} came into sight ${gapM.toFixed(1)} m ahead at ${egoMps.toFixed(1)} m/s.`,
    })
  }
  return found
}

/** Whether the line from the vehicle's front to an agent goes through another body. */
function hides(log: DriveLog, frame: number, agent: number): boolean {
  const { states, ego, agents } = log
  const own = stateAt(log, frame, ego)
  const heading = states[own + 2] as number
  const front = (agents[ego] as LogAgent).lengthM / 2
  const fromX = (states[own] as number) + front * Math.cos(heading)
  const fromY = (states[own + 1] as number) + front * Math.sin(heading)
  const at = stateAt(log, frame, agent)
  for (let other = 0; other < agents.length; other++) {
    if (other === ego || other === agent || !isThere(log, frame, other)) continue
    if ((agents[other] as LogAgent).kind === 'pedestrian') continue
    if (crosses(log, frame, other, fromX, fromY, states[at] as number, states[at + 1] as number)) return true
  }
  return false
}

/** Whether a segment goes through a body (clipped against its sides). */
function crosses(
  log: DriveLog,
  frame: number,
  body: number,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
): boolean {
  const at = stateAt(log, frame, body)
  const { lengthM, widthM } = log.agents[body] as LogAgent
  const cos = Math.cos(log.states[at + 2] as number)
  const sin = Math.sin(log.states[at + 2] as number)
  const dx = fromX - (log.states[at] as number)
  const dy = fromY - (log.states[at + 1] as number)
  const stepX = toX - fromX
  const stepY = toY - fromY
  let enters = 0
  let leaves = 1
  for (const [start, step, half] of [
    [dx * cos + dy * sin, stepX * cos + stepY * sin, lengthM / 2],
    [dy * cos - dx * sin, stepY * cos - stepX * sin, widthM / 2],
  ] as const) {
    if (Math.abs(step) < 1e-12) {
      if (Math.abs(start) > half) return false
      continue
    }
    const first = (-half - start) / step
    const second = (half - start) / step
    enters = Math.max(enters, Math.min(first, second))
    leaves = Math.min(leaves, Math.max(first, second))
  }
  return enters < leaves
}
