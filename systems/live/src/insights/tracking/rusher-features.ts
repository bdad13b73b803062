import { formationAt } from './formation.ts'
import type { Formation } from './formation.ts'
import { frameBefore, stride } from './play-state.ts'
import type { PlayState } from './play-state.ts'

/**
 * Columns of a rusher's row between snap and throw; yards, yards per second, seconds, cosines. Everything is relative to passer
 * and blocker, and the side of the field does not count, so that a rush from the left is the same row as its mirror.
 */
export const rusherColumns = [
  'distance',
  'closing',
  'closing03s',
  'closingGain03s',
  'arrival',
  'arrivalPerSecond',
  'speed',
  'heading',
  'facing',
  'blockerGap',
  'blockerAhead',
  'blockerOffset',
  'beaten',
  'beatenGain03s',
  'blockerClosing',
  'blockerSpeed',
  'secondBlockerGap',
  'isFree',
  'openPath',
  'offCentre',
  'startOffCentre',
  'isLineman',
  'isLinebacker',
  'rankByArrival',
  'othersSoonest',
  'rushers',
  'surplusBlockers',
  'secondsSinceSnap',
  'secondsSinceCrossing',
  'passerDepth',
  'passerSpeed',
  'passerRetreat',
  'passerOffCentre',
  'bestSeparation',
  'receiversOut',
  'down',
  'yardsToGo',
] as const

export interface RusherRows {
  /** Place in the roster of each row. */
  places: number[]
  /** Rows × columns. */
  features: Float64Array
  /** Place of the passer; -1 when there is none. */
  quarterback: number
}

/** Distance between two players, and how fast it shrinks. */
export function approach(
  formation: Formation,
  from: number,
  to: number,
): { distance: number; closing: number } {
  const { depth, lateral, velocityU, velocityV } = formation
  const du = depth[from]! - depth[to]!
  const dv = lateral[from]! - lateral[to]!
  const distance = Math.hypot(du, dv)
  if (distance < 0.01) return { distance, closing: 0 }
  const closing =
    -(du * (velocityU[from]! - velocityU[to]!) + dv * (velocityV[from]! - velocityV[to]!)) / distance
  return { distance, closing }
}

/** First kept frame since the snap in which the player is past the snap spot; -1 when there is none. */
function crossedAt(play: PlayState, index: number, place: number): number {
  const spot = play.snapSpot
  if (spot === null || play.snapMs === null) return -1
  for (let at = 0; at <= index; at++)
    if (play.times[at]! >= play.snapMs && play.frames[at]![place * stride]! <= spot[0]) return at
  return -1
}

interface Blocker {
  gap: number
  ahead: number
  offset: number
  beaten: number
  closing: number
  speed: number
  secondGap: number
  isFree: number
  openPath: number
}

/** A row for every defender who has crossed the line, as frame `index` shows him, knowing nothing later. */
export function rusherRows(play: PlayState, index: number): RusherRows {
  const formation = formationAt(play, index, { withPairs: false })
  const { quarterback, depth, lateral } = formation
  const width = rusherColumns.length
  if (quarterback < 0) return { places: [], features: new Float64Array(0), quarterback }
  const crossings = formation.defenders.map((place) => crossedAt(play, index, place))
  const places = formation.defenders.filter((_, at) => crossings[at]! >= 0)
  const before = formationAt(play, frameBefore(play, index, 300), { withPairs: false })
  const snapped = Math.max(
    0,
    play.times.findIndex((time) => time >= (play.snapMs ?? 0)),
  )
  const start = formationAt(play, snapped, { withPairs: false })
  const blockers = [
    ...formation.linemen,
    ...formation.receivers.filter((place) => depth[place]! < 1 && Math.abs(lateral[place]!) < 8),
  ]
  const approaches = places.map((place) => approach(formation, place, quarterback))
  const arrivals = approaches.map(({ distance, closing }) => arrivalOf(distance, closing))
  const now = play.times[index]!
  const frame = play.frames[index]!
  const features = new Float64Array(places.length * width)
  const bestSeparation = separationOf(formation)
  const receiversOut = formation.receivers.filter((place) => depth[place]! > 1).length
  const older = before.depth[quarterback]!
  for (const [row, place] of places.entries()) {
    const { distance, closing } = approaches[row]!
    const past = approach(before, place, quarterback)
    const at = place * stride
    const speed = frame[at + 2]!
    const orientation = (frame[at + 3]! * Math.PI) / 180
    const toU = (depth[quarterback]! - depth[place]!) / Math.max(distance, 0.01)
    const toV = (lateral[quarterback]! - lateral[place]!) / Math.max(distance, 0.01)
    const heading =
      speed < 0.3
        ? 0
        : (toU * formation.velocityU[place]! + toV * formation.velocityV[place]!) / Math.max(speed, 0.01)
    const blocker = blockerOf(formation, blockers, place, distance)
    const blockerBefore = blockerOf(before, blockers, place, past.distance)
    const arrival = arrivals[row]!
    const group = play.roster[place]?.group
    features.set(
      [
        distance,
        closing,
        (past.distance - distance) / 0.3,
        closing - past.closing,
        arrival,
        1 / (0.4 + arrival),
        speed,
        heading,
        toU * Math.sin(orientation) + toV * Math.cos(orientation),
        blocker.gap,
        blocker.ahead,
        blocker.offset,
        blocker.beaten,
        blocker.beaten - blockerBefore.beaten,
        blocker.closing,
        blocker.speed,
        blocker.secondGap,
        blocker.isFree,
        blocker.openPath,
        Math.abs(lateral[place]! - lateral[quarterback]!),
        Math.abs(start.lateral[place]!),
        group === 'DL' ? 1 : 0,
        group === 'LB' ? 1 : 0,
        arrivals.filter((other) => other < arrival).length,
        Math.min(9, ...arrivals.filter((_, other) => other !== row)),
        places.length,
        blockers.length - places.length,
        play.snapMs === null ? 0 : (now - play.snapMs) / 1000,
        (now - play.times[crossings[formation.defenders.indexOf(place)]!]!) / 1000,
        -depth[quarterback]!,
        frame[quarterback * stride + 2]!,
        (older - depth[quarterback]!) / 0.3,
        Math.abs(lateral[quarterback]!),
        bestSeparation,
        receiversOut,
        play.situation.down ?? 1,
        play.situation.yardsToGo ?? 10,
      ],
      row * width,
    )
  }
  return { places, features, quarterback }
}

/** Seconds until he is there at this speed (at least a walking pace), 0..9. */
function arrivalOf(distance: number, closing: number): number {
  return Math.min(9, Math.max(0, distance - 1) / Math.max(1, closing))
}

/** Who stands in a rusher's way: the nearest of the protection, and how far the rusher is past him. */
function blockerOf(
  formation: Formation,
  blockers: readonly number[],
  place: number,
  distance: number,
): Blocker {
  const { depth, lateral, quarterback } = formation
  const toU = (depth[quarterback]! - depth[place]!) / Math.max(distance, 0.01)
  const toV = (lateral[quarterback]! - lateral[place]!) / Math.max(distance, 0.01)
  let nearest = -1
  let gap = 9
  let secondGap = 9
  let openPath = 5
  for (const blocker of blockers) {
    const bu = depth[blocker]! - depth[place]!
    const bv = lateral[blocker]! - lateral[place]!
    const apart = Math.hypot(bu, bv)
    const ahead = bu * toU + bv * toV
    // Whoever is between him and the passer narrows the path by how near its line he stands.
    if (ahead > -0.3 && ahead < distance) openPath = Math.min(openPath, Math.abs(bu * toV - bv * toU))
    if (apart < gap) {
      secondGap = gap
      gap = apart
      nearest = blocker
    } else if (apart < secondGap) secondGap = apart
  }
  if (nearest < 0)
    return { gap, ahead: -3, offset: 5, beaten: 5, closing: 0, speed: 0, secondGap, isFree: 1, openPath }
  const bu = depth[nearest]! - depth[place]!
  const bv = lateral[nearest]! - lateral[place]!
  const ahead = Math.max(-3, Math.min(3, bu * toU + bv * toV))
  const beaten =
    Math.hypot(depth[nearest]! - depth[quarterback]!, lateral[nearest]! - lateral[quarterback]!) - distance
  return {
    gap,
    ahead,
    offset: Math.min(5, Math.abs(bu * toV - bv * toU)),
    beaten: Math.max(-5, Math.min(5, beaten)),
    closing: approach(formation, place, nearest).closing,
    speed: Math.hypot(formation.velocityU[nearest]!, formation.velocityV[nearest]!),
    secondGap,
    isFree: gap > 2 || ahead < -0.5 ? 1 : 0,
    openPath,
  }
}

/** How far the most open receiver downfield is from the nearest defender: who is open is thrown to. */
function separationOf({ receivers, defenders, depth, lateral }: Formation): number {
  return receivers
    .filter((place) => depth[place]! > 1)
    .reduce(
      (best, place) =>
        Math.max(
          best,
          Math.min(
            15,
            ...defenders.map((other) =>
              Math.hypot(depth[place]! - depth[other]!, lateral[place]! - lateral[other]!),
            ),
          ),
        ),
      0,
    )
}
