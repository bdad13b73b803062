import type { SoccerAction } from '../../../domain/feed-event.ts'
import { pitch } from '../../../feeds/soccer/pitch.ts'

/** Metres between the posts (IFAB Law 1). */
const goalWidth = 7.32

/** Columns of the model of expected goals: where from, with what, and what it came of. */
export const xgColumns = [
  'distance (m)',
  'log distance',
  'angle between the posts (rad)',
  'distance from the middle (m)',
  'header',
  'header × distance',
  'penalty',
  'direct free kick',
  'after a corner',
  'after a set piece',
  'from a cross',
  'from a through ball',
  'rebound',
  'no pass before it',
] as const

/** A shot with a place; only of such can a chance be told. */
export type PlacedShot = SoccerAction & { shot: NonNullable<SoccerAction['shot']>; x: number; y: number }

export const isPlacedShot = (action: SoccerAction): action is PlacedShot =>
  action.shot !== null && action.x !== null && action.y !== null

/** Metres to the middle of the goal, and the angle in which both posts are seen from there. */
export function goalView(x: number, y: number): { distance: number; angle: number } {
  const toLine = Math.max(0.3, pitch.length - x)
  const aside = Math.abs(y - pitch.width / 2)
  const distance = Math.hypot(toLine, aside)
  const angle = Math.atan2(goalWidth * toLine, toLine ** 2 + aside ** 2 - (goalWidth / 2) ** 2)
  return { distance, angle: angle < 0 ? angle + Math.PI : angle }
}

/** Writes the row of a shot at `at`. */
export function writeXgFeatures({ shot, x, y }: PlacedShot, out: Float64Array, at: number): void {
  const { bodyPart, situation, assist } = shot
  // A penalty is taken from the mark wherever a feed puts it.
  const isPenalty = situation === 'penalty'
  const aside = isPenalty ? 0 : Math.abs(y - pitch.width / 2)
  const { distance, angle } = goalView(isPenalty ? pitch.length - 11 : x, pitch.width / 2 + aside)
  const isHeader = bodyPart === 'head' ? 1 : 0
  const isFlag = (holds: boolean): number => (holds ? 1 : 0)
  out.set(
    [
      distance,
      Math.log(distance),
      angle,
      aside,
      isHeader,
      isHeader * distance,
      isFlag(isPenalty),
      isFlag(situation === 'direct-free-kick'),
      isFlag(situation === 'corner'),
      isFlag(situation === 'set-piece'),
      isFlag(assist === 'cross'),
      isFlag(assist === 'through-ball'),
      isFlag(assist === 'rebound'),
      isFlag(assist === 'none' && !isPenalty && situation !== 'direct-free-kick'),
    ],
    at,
  )
}
