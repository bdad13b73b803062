import { clamp } from '@heavylift/core/math'
import type { Side } from '../../../domain/match.ts'
import { otherSide } from '../../../domain/match.ts'
import { homeField } from '../team-strength.ts'

/** Columns of the model of the next minute's goal, from one side. */
export const goalColumns = [
  'at home',
  'share of the match played',
  'added time',
  'leads by one',
  'leads by two or more',
  'trails by one',
  'trails by two or more',
  'log of its expected goals per usual ones',
  'log of the other side’s',
  'goals by which past results favour it',
] as const

/** What one side's chances and results say of its goals to come; the same in each minute that is left. */
export interface GoalStrength {
  /** Expected goals so far. */
  xg: Record<Side, number>
  /** Minutes that they came in. */
  minutes: number
  /** Home side's, home field included; null where nothing is known. */
  homeEdge: number | null
}

/** Expected goals a side and minute of an ordinary match, and how many minutes of it stand for a match that has not begun. */
export const usualXgPerMinute = 1.35 / 94
export const priorMinutes = 60

const logXgRate = (xg: number, minutes: number): number =>
  Math.log((xg + priorMinutes * usualXgPerMinute) / ((minutes + priorMinutes) * usualXgPerMinute))

/** Minutes of an ordinary match, added time of its second half with it. */
export const matchMinutes = 94

/** Writes a side's row for a minute that begins at `minute` with the given lead of the side. */
export function writeGoalFeatures(
  side: Side,
  minute: number,
  lead: number,
  { xg, minutes, homeEdge }: GoalStrength,
  out: Float64Array,
  at: number,
): void {
  const sign = side === 'home' ? 1 : -1
  out.set(
    [
      side === 'home' ? 1 : 0,
      clamp(minute / 90, 0, 1),
      minute >= 90 ? 1 : 0,
      lead === 1 ? 1 : 0,
      lead >= 2 ? 1 : 0,
      lead === -1 ? 1 : 0,
      lead <= -2 ? 1 : 0,
      logXgRate(xg[side], minutes),
      logXgRate(xg[otherSide(side)], minutes),
      // Without results the home field, which every edge holds, is all there is.
      sign * ((homeEdge ?? homeFieldGoals) - homeFieldGoals),
    ],
    at,
  )
}

/** What the ratings give for playing at home, goals: it has its own column. */
export const homeFieldGoals = homeField('soccer')
