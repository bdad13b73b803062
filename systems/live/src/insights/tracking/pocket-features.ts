import { formationAt } from './formation.ts'
import type { Formation } from './formation.ts'
import { frameBefore, stride } from './play-state.ts'
import type { PlayState } from './play-state.ts'

/** Columns of a play between snap and throw; yards, yards per second, seconds. */
export const pocketColumns = [
  'nearest',
  'secondNearest',
  'thirdNearest',
  'soonest',
  'secondSoonest',
  'fastestClosing',
  'nearestClosing',
  'freeRushers',
  'rushers',
  'blockers',
  'surplusBlockers',
  'nearestGain05s',
  'within3',
  'within5',
  'within7',
  'quarterbackSpeed',
  'quarterbackDepth',
  'quarterbackOffCentre',
  'pocketDepth',
  'pocketWidth',
  'linebackerRushers',
  'secondsSinceSnap',
  'secondsSinceThrow',
  'down',
  'yardsToGo',
  'yardsToGoal',
  'receiversWide',
  'nearestEdge',
  'bestSeparation',
] as const

/** A defender on his way to the quarterback. */
export interface Rusher {
  /** Place in the roster. */
  place: number
  distance: number
  /** Yards per second at which the distance shrinks. */
  closing: number
  /** Seconds until he is there at this speed (at least a walking pace), 0..9. */
  arrival: number
  /** Yards from the nearest blocker who stands between him and the quarterback; 9 when nobody does. */
  blocked: number
}

export interface Pocket {
  features: Float64Array
  /** Place of the quarterback in the roster; -1 when there is none. */
  quarterback: number
  /** By arrival, soonest first. */
  rushers: Rusher[]
}

/** The pocket as frame `index` shows it. */
export function pocketAt(play: PlayState, index: number): Pocket {
  const formation = formationAt(play, index)
  const rushers = rushersOf(play, formation)
  return {
    features: Float64Array.from(rowOf(play, formation, rushers)),
    quarterback: formation.quarterback,
    rushers,
  }
}

function rushersOf(play: PlayState, formation: Formation): Rusher[] {
  const { quarterback, depth, lateral, velocityU, velocityV } = formation
  if (quarterback < 0) return []
  const blockers = [
    ...formation.linemen,
    ...formation.receivers.filter(
      (place) => (depth[place] as number) < 1 && Math.abs(lateral[place] as number) < 8,
    ),
  ]
  const rushers: Rusher[] = []
  for (const place of formation.defenders) {
    const du = (depth[place] as number) - (depth[quarterback] as number)
    const dv = (lateral[place] as number) - (lateral[quarterback] as number)
    const distance = Math.hypot(du, dv)
    const isRushing =
      (depth[place] as number) < 0.5 ||
      (play.roster[place]?.group === 'DL' && (depth[place] as number) < 3) ||
      ((depth[place] as number) < 2.5 && (velocityU[place] as number) < -1.5)
    if (!isRushing) continue
    const closing =
      distance < 0.01
        ? 0
        : -(
            du * ((velocityU[place] as number) - (velocityU[quarterback] as number)) +
            dv * ((velocityV[place] as number) - (velocityV[quarterback] as number))
          ) / distance
    let blocked = 9
    for (const blocker of blockers) {
      const bu = (depth[place] as number) - (depth[blocker] as number)
      const bv = (lateral[place] as number) - (lateral[blocker] as number)
      // Only who is nearer to the quarterback's side stands in the way.
      if (du * bu + dv * bv > -0.3 * distance) blocked = Math.min(blocked, Math.hypot(bu, bv))
    }
    rushers.push({
      place,
      distance,
      closing,
      arrival: Math.min(9, Math.max(0, distance - 1) / Math.max(1, closing)),
      blocked,
    })
  }
  return rushers.sort((a, b) => a.arrival - b.arrival || a.place - b.place)
}

function rowOf(play: PlayState, formation: Formation, rushers: readonly Rusher[]): number[] {
  const { quarterback, depth, lateral, index } = formation
  const frame = play.frames[index] as number[]
  const older = play.frames[frameBefore(play, index, 500)] as number[]
  const now = play.times[index] as number
  const distances = rushers.map(({ distance }) => distance).toSorted((a, b) => a - b)
  const nearest = rushers.reduce<Rusher | null>(
    (best, rusher) => (best === null || rusher.distance < best.distance ? rusher : best),
    null,
  )
  const line = formation.linemen
  const lineDepths = line.map((place) => depth[place] as number)
  const lineLaterals = line.map((place) => lateral[place] as number)
  const blockers =
    line.length +
    formation.receivers.filter(
      (place) => (depth[place] as number) < 0.5 && Math.abs(lateral[place] as number) < 7,
    ).length
  const gain =
    nearest === null || quarterback < 0
      ? 0
      : Math.hypot(
          (older[nearest.place * stride] as number) - (older[quarterback * stride] as number),
          (older[nearest.place * stride + 1] as number) - (older[quarterback * stride + 1] as number),
        ) - nearest.distance
  const open = formation.receivers
    .filter((place) => (depth[place] as number) > 1)
    .map((place) =>
      Math.min(
        15,
        ...formation.defenders.map((other) =>
          Math.hypot(
            (depth[place] as number) - (depth[other] as number),
            (lateral[place] as number) - (lateral[other] as number),
          ),
        ),
      ),
    )
  const ended = Math.min(play.throwMs ?? Infinity, play.sackMs ?? Infinity)
  return [
    distances[0] ?? 10,
    distances[1] ?? 10,
    distances[2] ?? 10,
    rushers[0]?.arrival ?? 9,
    rushers[1]?.arrival ?? 9,
    Math.max(0, ...rushers.map(({ closing }) => closing)),
    nearest?.closing ?? 0,
    rushers.filter(({ blocked, distance }) => blocked > 1.8 && distance < 8).length,
    rushers.length,
    blockers,
    blockers - rushers.length,
    gain,
    distances.filter((distance) => distance < 3).length,
    distances.filter((distance) => distance < 5).length,
    distances.filter((distance) => distance < 7).length,
    quarterback < 0 ? 0 : (frame[quarterback * stride + 2] as number),
    quarterback < 0 ? 7 : -(depth[quarterback] as number),
    quarterback < 0 ? 0 : Math.abs(lateral[quarterback] as number),
    lineDepths.length === 0 ? 0 : -Math.min(...lineDepths),
    lineLaterals.length === 0 ? 8 : Math.max(...lineLaterals) - Math.min(...lineLaterals),
    rushers.filter(({ place }) => play.roster[place]?.group !== 'DL').length,
    play.snapMs === null ? 0 : (now - play.snapMs) / 1000,
    now >= ended ? (now - ended) / 1000 : -1,
    play.situation.down ?? 1,
    play.situation.yardsToGo ?? 10,
    play.situation.yardsToGoal ?? 50,
    formation.receivers.filter((place) => Math.abs(lateral[place] as number) > 8).length,
    nearest === null
      ? 0
      : Math.abs(
          (lateral[nearest.place] as number) - (quarterback < 0 ? 0 : (lateral[quarterback] as number)),
        ),
    Math.max(0, ...open),
  ]
}
