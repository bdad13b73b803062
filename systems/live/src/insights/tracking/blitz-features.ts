import { formationAt } from './formation.ts'
import type { Formation } from './formation.ts'
import { frameBefore, stride } from './play-state.ts'
import type { PlayState } from './play-state.ts'

/** Columns of a defender's row before the snap; yards, yards per second, seconds; angles as cosines. */
export const blitzColumns = [
  'depth',
  'absLateral',
  'beyondTackle',
  'distanceToQuarterback',
  'speed',
  'speedToLine',
  'speedToBall',
  'gainToLine05s',
  'facesQuarterback',
  'facesLine',
  'depthChange05s',
  'depthChange1s',
  'depthChange2s',
  'inwardChange1s',
  'inwardChange2s',
  'pathLength2s',
  'nearestReceiver',
  'pairedReceiverDistance',
  'pairedReceiverIsBack',
  'pairedReceiverIsWide',
  'isUnpaired',
  'unpairedRank',
  'depthRank',
  'freeDepthRank',
  'linemenOfDefence',
  'nearLine',
  'inBox',
  'linebackers',
  'backs',
  'deepSafeties',
  'deepestDepth',
  'isEdge',
  'nearestLineman',
  'frontOnHisSide',
  'isOutsideLinebacker',
  'isInsideLinebacker',
  'isCorner',
  'isSafety',
  'isEdgeOfThree',
  'down',
  'yardsToGo',
  'yardsToGoal',
  'leadOfOffence',
  'secondsOfHalf',
  'receiversOutside',
  'receiversInBackfield',
  'quarterbackDepth',
  'speedOfLine',
  'secondsSinceSet',
  'safetyOver',
  'safetyTowards1s',
  'safetyDrop1s',
  'coverBehind',
] as const

/** Groups of players who may blitz; a defender without a group counts by his place at the line. */
export function mayBlitz(group: string): boolean {
  return group === 'LB' || group === 'DB'
}

export interface BlitzRows {
  /** Place in the roster of each row. */
  places: number[]
  /** Rows × columns. */
  features: Float64Array
}

/** A row for every linebacker and defensive back as frame `index` shows them, knowing nothing later. */
export function blitzRows(play: PlayState, index: number): BlitzRows {
  const formation = formationAt(play, index)
  const places = formation.defenders.filter((place) => mayBlitz(play.roster[place]?.group ?? ''))
  const width = blitzColumns.length
  const features = new Float64Array(places.length * width)
  const front = frontOf(play, formation, places)
  for (const [row, place] of places.entries()) features.set(rowOf(play, formation, front, place), row * width)
  return { places, features }
}

interface Front {
  linemen: number[]
  tackleLow: number
  tackleHigh: number
  nearLine: number
  inBox: number
  /** Defenders by depth, and those who may blitz by depth. */
  byDepth: number[]
  freeByDepth: number[]
  unpairedByDepth: number[]
  deepSafeties: number
  linebackers: number
  backs: number
  edges: Set<number>
  speedOfLine: number
  receiversOutside: number
  receiversInBackfield: number
}

function frontOf(play: PlayState, formation: Formation, free: readonly number[]): Front {
  const { depth, lateral, defenders, linemen, receivers } = formation
  const laterals = linemen.map((place) => lateral[place] as number)
  const tackleLow = Math.max(-7, Math.min(-2.5, ...laterals))
  const tackleHigh = Math.min(7, Math.max(2.5, ...laterals))
  const sorted = (places: readonly number[]): number[] =>
    [...places].sort((a, b) => (depth[a] as number) - (depth[b] as number))
  const group = (place: number): string => play.roster[place]?.group ?? ''
  const near = defenders.filter(
    (place) => (depth[place] as number) < 2.5 && Math.abs(lateral[place] as number) < 10,
  )
  const edges = new Set<number>()
  let low = -1
  let high = -1
  for (const place of near) {
    if (low < 0 || (lateral[place] as number) < (lateral[low] as number)) low = place
    if (high < 0 || (lateral[place] as number) > (lateral[high] as number)) high = place
  }
  edges.add(low)
  edges.add(high)
  const frame = play.frames[formation.index] as number[]
  const speeds = linemen.map((place) => frame[place * stride + 2] as number)
  return {
    linemen: defenders.filter((place) => group(place) === 'DL'),
    tackleLow,
    tackleHigh,
    nearLine: near.length,
    inBox: defenders.filter(
      (place) =>
        (depth[place] as number) < 6 &&
        (lateral[place] as number) > tackleLow - 2 &&
        (lateral[place] as number) < tackleHigh + 2,
    ).length,
    byDepth: sorted(defenders),
    freeByDepth: sorted(free),
    unpairedByDepth: sorted(free.filter((place) => (formation.receiverOf[place] as number) < 0)),
    deepSafeties: defenders.filter(
      (place) => (depth[place] as number) > 9 && Math.abs(lateral[place] as number) < 16,
    ).length,
    linebackers: free.filter((place) => group(place) === 'LB').length,
    backs: free.filter((place) => group(place) === 'DB').length,
    edges,
    speedOfLine: speeds.length === 0 ? 0 : speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length,
    receiversOutside: receivers.filter((place) => Math.abs(lateral[place] as number) > 6).length,
    receiversInBackfield: receivers.filter(
      (place) => (depth[place] as number) < -2.5 && Math.abs(lateral[place] as number) < 6,
    ).length,
  }
}

function rowOf(play: PlayState, formation: Formation, front: Front, place: number): number[] {
  const { depth, lateral, velocityU, velocityV, spot, quarterback, index } = formation
  const player = play.roster[place] as PlayState['roster'][number]
  const frame = play.frames[index] as number[]
  const at = place * stride
  const myDepth = depth[place] as number
  const myLateral = lateral[place] as number
  const speed = frame[at + 2] as number
  const orientation = ((frame[at + 3] as number) * Math.PI) / 180
  const side = Math.sign(myLateral) || 1
  const ago = (milliseconds: number): { depth: number; lateral: number; speedToLine: number } => {
    const older = play.frames[frameBefore(play, index, milliseconds)] as number[]
    const direction = ((older[at + 4] as number) * Math.PI) / 180
    return {
      depth: (older[at] as number) - spot[0],
      lateral: (older[at + 1] as number) - spot[1],
      speedToLine: -(older[at + 2] as number) * Math.sin(direction),
    }
  }
  const half = ago(500)
  const one = ago(1000)
  const two = ago(2000)
  let path = 0
  for (let step = frameBefore(play, index, 2000) + 1; step <= index; step++) {
    const to = play.frames[step] as number[]
    const from = play.frames[step - 1] as number[]
    path += Math.hypot(
      (to[at] as number) - (from[at] as number),
      (to[at + 1] as number) - (from[at + 1] as number),
    )
  }
  const distanceTo = (other: number): number =>
    other < 0 ? 20 : Math.hypot((depth[other] as number) - myDepth, (lateral[other] as number) - myLateral)
  const toQuarterback = distanceTo(quarterback)
  const facesQuarterback =
    quarterback < 0 || toQuarterback < 0.1
      ? 1
      : (((depth[quarterback] as number) - myDepth) * Math.sin(orientation) +
          ((lateral[quarterback] as number) - myLateral) * Math.cos(orientation)) /
        toQuarterback
  const receiver = formation.receiverOf[place] as number
  const receiverGroup = receiver < 0 ? '' : (play.roster[receiver]?.group ?? '')
  const isOutsideLinebacker = player.position === 'OLB'
  const isInside = player.group === 'LB' && !isOutsideLinebacker
  const beyondTackle = side > 0 ? myLateral - front.tackleHigh : front.tackleLow - myLateral
  const situation = play.situation
  const lead =
    situation.possession === 'home'
      ? situation.homeScore - situation.awayScore
      : situation.awayScore - situation.homeScore
  const period = play.period ?? 1
  const seconds = play.gameSeconds ?? 450
  return [
    myDepth,
    Math.abs(myLateral),
    beyondTackle,
    toQuarterback,
    speed,
    -(velocityU[place] as number),
    -side * (velocityV[place] as number),
    -(velocityU[place] as number) - half.speedToLine,
    facesQuarterback,
    -Math.sin(orientation),
    myDepth - half.depth,
    myDepth - one.depth,
    myDepth - two.depth,
    Math.abs(myLateral) - Math.abs(one.lateral),
    Math.abs(myLateral) - Math.abs(two.lateral),
    path,
    Math.min(25, ...formation.receivers.map(distanceTo)),
    receiver < 0 ? 25 : distanceTo(receiver),
    receiverGroup === 'RB' ? 1 : 0,
    receiverGroup === 'WR' ? 1 : 0,
    receiver < 0 ? 1 : 0,
    receiver < 0 ? front.unpairedByDepth.indexOf(place) : 6,
    front.byDepth.indexOf(place),
    front.freeByDepth.indexOf(place),
    front.linemen.length,
    front.nearLine,
    front.inBox,
    front.linebackers,
    front.backs,
    front.deepSafeties,
    Math.max(...front.byDepth.map((other) => depth[other] as number)),
    front.edges.has(place) ? 1 : 0,
    Math.min(25, ...formation.linemen.map((other) => Math.abs((lateral[other] as number) - myLateral))),
    front.linemen.filter((other) => (lateral[other] as number) * side > 0).length,
    isOutsideLinebacker ? 1 : 0,
    isInside ? 1 : 0,
    player.position === 'CB' ? 1 : 0,
    player.group === 'DB' && player.position !== 'CB' ? 1 : 0,
    isOutsideLinebacker && front.linemen.length <= 3 && myDepth < 2.5 ? 1 : 0,
    situation.down ?? 1,
    situation.yardsToGo ?? 10,
    situation.yardsToGoal ?? 50,
    lead,
    period === 2 || period >= 4 ? seconds : 900 + seconds,
    front.receiversOutside,
    front.receiversInBackfield,
    quarterback < 0 ? 5 : -(depth[quarterback] as number),
    front.speedOfLine,
    play.lineSetMs === null ? -1 : Math.min(15, ((play.times[index] as number) - play.lineSetMs) / 1000),
    ...slotCover(play, formation, place),
  ]
}

/** A defender this deep can cover for one who leaves. */
const deepYards = 7

/**
 * Whether somebody takes over a defender's receiver, as when the slot corner blitzes: how far across the field the nearest deep back
 * is from him, how much he has come across and down in the last second, and how much further another defender is from his receiver.
 */
function slotCover(play: PlayState, formation: Formation, place: number): number[] {
  const { depth, lateral, defenders, index } = formation
  const older = play.frames[frameBefore(play, index, 1000)] as number[]
  const frame = play.frames[index] as number[]
  const across = (from: number[], other: number) =>
    Math.abs((from[other * stride + 1] as number) - (from[place * stride + 1] as number))
  let over = -1
  for (const other of defenders)
    if (
      other !== place &&
      depth[other]! > Math.max(deepYards, depth[place]! + 3) &&
      (over < 0 || across(frame, other) < across(frame, over))
    )
      over = other
  const receiver = formation.receiverOf[place]!
  const to = (other: number) =>
    Math.hypot(depth[other]! - depth[receiver]!, lateral[other]! - lateral[receiver]!)
  const behind =
    receiver < 0
      ? 15
      : Math.min(15, ...defenders.filter((other) => other !== place).map(to)) - Math.min(15, to(place))
  if (over < 0) return [25, 0, 0, behind]
  return [
    across(frame, over),
    across(older, over) - across(frame, over),
    (older[over * stride] as number) - (frame[over * stride] as number),
    behind,
  ]
}
