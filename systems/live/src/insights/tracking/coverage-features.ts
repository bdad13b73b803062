import { mean } from '@heavylift/core/math'
import { formationAt } from './formation.ts'
import type { Formation } from './formation.ts'
import { frameBefore, stride } from './play-state.ts'
import type { PlayState } from './play-state.ts'

/** Columns of a play before the snap; yards, yards per second, angles as cosines, shares 0..1. */
export const coverageColumns = [
  'deepest',
  'secondDeepest',
  'thirdDeepest',
  'deepestOffMiddle',
  'deepSpread',
  'deepDefenders',
  'deepestFallBack1s',
  'secondFallBack1s',
  'cornerDepth',
  'cornerDepthGap',
  'cornerCushion',
  'cornerLeverage',
  'cornerFacesReceiver',
  'cornerFacesQuarterback',
  'cornerFacesInside',
  'pairDistance',
  'pairDistanceWorst',
  'pairLateralGap',
  'pairDepthGap',
  'pairFacesReceiver',
  'pairFacesQuarterback',
  'slotFacesReceiver',
  'slotPairDistance',
  'cornersOnOneSide',
  'sideBalance',
  'motion4s',
  'motionFollowed',
  'inBox',
  'nearLine',
  'backs',
  'linebackers',
  'receiversWide',
  'unpairedDepth',
  'down',
  'yardsToGo',
  'yardsToGoal',
  'lead',
] as const

/** Further columns once the ball is snapped; all over the time from the snap to now (or the throw). */
export const coverageAfterColumns = [
  'secondsSinceSnap',
  'receiverToNearest',
  'receiverToNearestWorst',
  'pairDistanceNow',
  'pairDistanceGrowth',
  'velocityAgreement',
  'velocityAgreementWorst',
  'pathCorrelation',
  'facesReceiverNow',
  'facesQuarterbackNow',
  'facesQuarterbackMean',
  'deepNow',
  'deepestNow',
  'deepSpreadNow',
  'rushers',
  'backpedal',
  'samePairs',
  'defenderSpread',
] as const

/** A play's row before the snap as frame `index` shows it. */
export function coverageRow(play: PlayState, index: number): Float64Array {
  return Float64Array.from(beforeRow(play, formationAt(play, index)))
}

/** A play's row after the snap: how it stood at the snap, and what has happened from there to frame `index`. */
export function coverageAfterRow(play: PlayState, snapIndex: number, index: number): Float64Array {
  const atSnap = formationAt(play, snapIndex)
  return Float64Array.from([...beforeRow(play, atSnap), ...afterRow(play, atSnap, index)])
}

function meanOr(values: readonly number[], fallback: number): number {
  return values.length === 0 ? fallback : mean(values)
}

/** Cosine between where a player faces in a frame and another place. */
function faces(frame: readonly number[], from: number, to: number): number {
  const du = (frame[to * stride] as number) - (frame[from * stride] as number)
  const dv = (frame[to * stride + 1] as number) - (frame[from * stride + 1] as number)
  const length = Math.hypot(du, dv)
  if (length < 0.01) return 1
  const angle = ((frame[from * stride + 3] as number) * Math.PI) / 180
  return (du * Math.sin(angle) + dv * Math.cos(angle)) / length
}

function beforeRow(play: PlayState, formation: Formation): number[] {
  const { depth, lateral, defenders, receivers, defenderOf, receiverOf, quarterback, index } = formation
  const frame = play.frames[index] as number[]
  const older = play.frames[frameBefore(play, index, 1000)] as number[]
  const free = defenders.filter((place) => play.roster[place]?.group !== 'DL')
  const byDepth = free.toSorted((a, b) => (depth[b] as number) - (depth[a] as number))
  const [deepest, second, third] = byDepth
  const depthOf = (place: number | undefined): number => (place === undefined ? 8 : (depth[place] as number))
  const lateralOf = (place: number | undefined): number =>
    place === undefined ? 0 : (lateral[place] as number)
  const fallBack = (place: number | undefined): number =>
    place === undefined ? 0 : (frame[place * stride] as number) - (older[place * stride] as number)
  const paired = receivers.filter(
    (place) => (defenderOf[place] as number) >= 0 && play.roster[place]?.group !== 'RB',
  )
  const pairs = paired.map((receiver) => ({ receiver, defender: defenderOf[receiver] as number }))
  const wide = pairs.toSorted((a, b) => (lateral[a.receiver] as number) - (lateral[b.receiver] as number))
  const outside = wide.length < 2 ? wide : [wide[0]!, wide.at(-1)!]
  const slots = wide.slice(1, -1)
  const distance = (a: number, b: number): number =>
    Math.hypot((depth[a] as number) - (depth[b] as number), (lateral[a] as number) - (lateral[b] as number))
  const leverage = (pair: { receiver: number; defender: number }): number =>
    Math.abs(lateral[pair.defender] as number) - Math.abs(lateral[pair.receiver] as number)
  const facesQuarterback = (place: number): number => (quarterback < 0 ? 1 : faces(frame, place, quarterback))
  const corners = free.filter((place) => play.roster[place]?.position === 'CB')
  const cornerSides = corners.map((place) => Math.sign(lateral[place] as number))
  const sides = [-1, 1].map(
    (side) =>
      receivers.filter((place) => (lateral[place] as number) * side > 3).length -
      free.filter((place) => (lateral[place] as number) * side > 3).length,
  )
  const motion = motionOf(play, formation)
  const unpaired = free.filter((place) => (receiverOf[place] as number) < 0)
  const situation = play.situation
  const cornerDepths = outside.map((pair) => depth[pair.defender] as number)
  const lead = (situation.homeScore - situation.awayScore) * (situation.possession === 'home' ? 1 : -1)
  return [
    depthOf(deepest),
    depthOf(second),
    depthOf(third),
    Math.abs(lateralOf(deepest)),
    Math.abs(lateralOf(deepest) - lateralOf(second)),
    free.filter((place) => (depth[place] as number) > 9).length,
    fallBack(deepest),
    fallBack(second),
    meanOr(cornerDepths, 6),
    cornerDepths.length < 2 ? 0 : Math.abs(cornerDepths[0]! - cornerDepths[1]!),
    meanOr(
      outside.map((pair) => distance(pair.receiver, pair.defender)),
      7,
    ),
    meanOr(outside.map(leverage), 0),
    meanOr(
      outside.map((pair) => faces(frame, pair.defender, pair.receiver)),
      0.7,
    ),
    meanOr(
      outside.map((pair) => facesQuarterback(pair.defender)),
      0.7,
    ),
    meanOr(
      outside.map(
        (pair) =>
          -Math.sign(lateral[pair.defender] as number) *
          Math.cos(((frame[pair.defender * stride + 3] as number) * Math.PI) / 180),
      ),
      0,
    ),
    meanOr(
      pairs.map((pair) => distance(pair.receiver, pair.defender)),
      6,
    ),
    Math.max(0, ...pairs.map((pair) => distance(pair.receiver, pair.defender))),
    meanOr(
      pairs.map((pair) => Math.abs((lateral[pair.receiver] as number) - (lateral[pair.defender] as number))),
      2,
    ),
    meanOr(
      pairs.map((pair) => (depth[pair.defender] as number) - (depth[pair.receiver] as number)),
      6,
    ),
    meanOr(
      pairs.map((pair) => faces(frame, pair.defender, pair.receiver)),
      0.7,
    ),
    meanOr(
      pairs.map((pair) => facesQuarterback(pair.defender)),
      0.7,
    ),
    meanOr(
      slots.map((pair) => faces(frame, pair.defender, pair.receiver)),
      0.7,
    ),
    meanOr(
      slots.map((pair) => distance(pair.receiver, pair.defender)),
      6,
    ),
    corners.length > 1 && new Set(cornerSides).size === 1 ? 1 : 0,
    Math.max(Math.abs(sides[0]!), Math.abs(sides[1]!)),
    motion.yards,
    motion.followed,
    defenders.filter((place) => (depth[place] as number) < 6 && Math.abs(lateral[place] as number) < 7)
      .length,
    defenders.filter((place) => (depth[place] as number) < 2.5 && Math.abs(lateral[place] as number) < 10)
      .length,
    free.filter((place) => play.roster[place]?.group === 'DB').length,
    free.filter((place) => play.roster[place]?.group === 'LB').length,
    receivers.filter((place) => Math.abs(lateral[place] as number) > 8).length,
    meanOr(
      unpaired.map((place) => depth[place] as number),
      8,
    ),
    situation.down ?? 1,
    situation.yardsToGo ?? 10,
    situation.yardsToGoal ?? 50,
    lead,
  ]
}

/** The longest way that a receiver went across in the kept frames, and the share of it that a defender beside him went with him. */
function motionOf(play: PlayState, formation: Formation): { yards: number; followed: number } {
  const now = play.frames[formation.index] as number[]
  const then = play.frames[frameBefore(play, formation.index, 4000)] as number[]
  const moved = (place: number): number =>
    (now[place * stride + 1] as number) - (then[place * stride + 1] as number)
  let mover = -1
  for (const place of formation.receivers)
    if (mover < 0 || Math.abs(moved(place)) > Math.abs(moved(mover))) mover = place
  if (mover < 0) return { yards: 0, followed: 0 }
  const yards = moved(mover)
  if (Math.abs(yards) < 4) return { yards: Math.abs(yards), followed: 0 }
  const followed = formation.defenders.map((place) => moved(place) / yards)
  return { yards: Math.abs(yards), followed: Math.min(1, Math.max(0, ...followed)) }
}

function afterRow(play: PlayState, atSnap: Formation, index: number): number[] {
  const snapIndex = atSnap.index
  const frame = play.frames[index] as number[]
  const snapFrame = play.frames[snapIndex] as number[]
  const now = formationAt(play, index)
  const line = atSnap.spot[0]
  const rushers = atSnap.defenders.filter((place) => (frame[place * stride] as number) < line)
  const free = atSnap.defenders.filter(
    (place) => play.roster[place]?.group !== 'DL' && !rushers.includes(place),
  )
  const routes = atSnap.receivers.filter(
    (place) => (now.depth[place] as number) > 0.5 || Math.abs(now.lateral[place] as number) > 6,
  )
  const between = (at: readonly number[], a: number, b: number): number =>
    Math.hypot(
      (at[a * stride] as number) - (at[b * stride] as number),
      (at[a * stride + 1] as number) - (at[b * stride + 1] as number),
    )
  const nearest = routes
    .map((receiver) => {
      let best = -1
      for (const defender of free)
        if (best < 0 || between(frame, defender, receiver) < between(frame, best, receiver)) best = defender
      return { receiver, defender: best }
    })
    .filter(({ defender }) => defender >= 0)
  const pairs = routes
    .map((receiver) => ({ receiver, defender: atSnap.defenderOf[receiver] as number }))
    .filter(({ defender }) => defender >= 0 && free.includes(defender))
  const agreements = nearest.map((pair) => agreement(play, pair, snapIndex, index))
  const depthsNow = free.map((place) => now.depth[place] as number).toSorted((a, b) => b - a)
  const deep = free.toSorted((a, b) => (now.depth[b] as number) - (now.depth[a] as number))
  const facing: number[] = []
  for (let at = snapIndex; at <= index; at += 3)
    for (const place of free) facing.push(faces(play.frames[at] as number[], place, atSnap.quarterback))
  return [
    ((play.times[index] as number) - (play.times[snapIndex] as number)) / 1000,
    meanOr(
      nearest.map((pair) => between(frame, pair.defender, pair.receiver)),
      4,
    ),
    Math.max(0, ...nearest.map((pair) => between(frame, pair.defender, pair.receiver))),
    meanOr(
      pairs.map((pair) => between(frame, pair.defender, pair.receiver)),
      5,
    ),
    meanOr(
      pairs.map(
        (pair) =>
          between(frame, pair.defender, pair.receiver) - between(snapFrame, pair.defender, pair.receiver),
      ),
      0,
    ),
    meanOr(
      agreements.map(({ velocity }) => velocity),
      0,
    ),
    Math.min(1, ...agreements.map(({ velocity }) => velocity)),
    meanOr(
      agreements.map(({ path }) => path),
      0,
    ),
    meanOr(
      nearest.map((pair) => faces(frame, pair.defender, pair.receiver)),
      0,
    ),
    meanOr(
      free.map((place) => faces(frame, place, atSnap.quarterback)),
      0,
    ),
    meanOr(facing, 0),
    depthsNow.filter((depth) => depth > 12).length,
    depthsNow[0] ?? 10,
    deep.length < 2 ? 0 : Math.abs((now.lateral[deep[0]!] as number) - (now.lateral[deep[1]!] as number)),
    rushers.length,
    meanOr(
      free.map((place) => (frame[place * stride] as number) - (snapFrame[place * stride] as number)),
      0,
    ),
    nearest.length === 0
      ? 0
      : nearest.filter((pair) => atSnap.defenderOf[pair.receiver] === pair.defender).length / nearest.length,
    spreadOf(free.map((place) => now.lateral[place] as number)),
  ]
}

/** How a defender's movement goes with a receiver's since the snap: cosine of velocities, and of their moves over half seconds. */
function agreement(
  play: PlayState,
  pair: { receiver: number; defender: number },
  snapIndex: number,
  index: number,
): { velocity: number; path: number } {
  let dot = 0
  let length = 0
  let pathDot = 0
  let pathLength = 0
  for (let at = snapIndex + 3; at <= index; at++) {
    const frame = play.frames[at] as number[]
    const older = play.frames[Math.max(snapIndex, at - 5)] as number[]
    const a = velocity(frame, pair.receiver)
    const b = velocity(frame, pair.defender)
    dot += a[0] * b[0] + a[1] * b[1]
    length += Math.hypot(a[0], a[1]) * Math.hypot(b[0], b[1])
    const c = move(frame, older, pair.receiver)
    const d = move(frame, older, pair.defender)
    pathDot += c[1] * d[1]
    pathLength += Math.abs(c[1] * d[1])
  }
  return { velocity: length < 0.01 ? 0 : dot / length, path: pathLength < 0.01 ? 0 : pathDot / pathLength }
}

function velocity(frame: readonly number[], place: number): [number, number] {
  const speed = frame[place * stride + 2] as number
  const angle = ((frame[place * stride + 4] as number) * Math.PI) / 180
  return [speed * Math.sin(angle), speed * Math.cos(angle)]
}

function move(frame: readonly number[], older: readonly number[], place: number): [number, number] {
  const at = place * stride
  return [
    (frame[at] as number) - (older[at] as number),
    (frame[at + 1] as number) - (older[at + 1] as number),
  ]
}

function spreadOf(values: readonly number[]): number {
  const middle = meanOr(values, 0)
  return Math.sqrt(
    meanOr(
      values.map((value) => (value - middle) ** 2),
      0,
    ),
  )
}
